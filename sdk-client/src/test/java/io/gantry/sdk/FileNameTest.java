// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that no server sends over the wire of a test, but that may come about. */
class FileNameTest {
    private static final HttpUrl URL = HttpUrl.get("http://h/a");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "invoice\u202Egpj.exe,invoicegpj.exe",
                "\u200F\u200Eabc.zip,abc.zip",
                "a\u2066b\u2069c.zip,abc.zip",
                "a\u200Bb\uFEFF.zip,ab.zip",
                "a\u2028b\u2029c.zip,abc.zip",
                "a\u0085b.zip,a_b.zip",
                "CON,_CON",
                "nul.tar.gz,_nul.tar.gz",
                "aux .txt,_aux .txt",
                "com1.zip,_com1.zip",
                "LPT\u00B9.zip,_LPT\u00B9.zip",
                "conin$,_conin$",
                "co\u200Bn.zip,_con.zip",
                "console.zip,console.zip",
                "\u00A0.profile,profile",
                "a.zip\u00A0.,a.zip",
                "\u202E,fallback.zip",
                "\u202E..,fallback.zip"
            })
    void marks_that_are_not_seen_and_words_of_systems_are_no_names(String wish, String name) {
        assertThat(FileName.choose("filename=\"" + wish + "\"", URL, "fallback.zip"))
                .isEqualTo(name);
    }

    @Test
    void a_long_name_is_still_harmless_after_it_was_cut() {
        assertThat(FileName.choose("filename=\"" + "x".repeat(90) + " ." + "y".repeat(78) + "\"", URL, "f.zip"))
                .isEqualTo("y".repeat(78));
        assertThat(FileName.choose("filename=\"" + "x".repeat(40) + "nul." + "y".repeat(76) + "\"", URL, "f.zip"))
                .isEqualTo("_nul." + "y".repeat(76));
    }

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
