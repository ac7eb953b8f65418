// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

/** Names that no server sends over the wire of a test, but that may come about. */
class FileNameTest {
    private static final HttpUrl URL = HttpUrl.get("http://h/a");

    @Test
    void what_the_platform_cannot_write_is_written_in_ascii() {
        String half = "filename=\"a\uD83D-ü.zip\"";
        assertThat(FileName.choose(half, URL, "x.zip")).isEqualTo("a_-_.zip");
    }

    @Test
    void a_name_cut_in_the_middle_of_a_character_is_still_a_name() {
        String name = FileName.choose("filename=\"" + "😀".repeat(60) + "a.zip\"", URL, "x.zip");
        assertThat(name).matches("_{30,}a\\.zip");
    }
}
