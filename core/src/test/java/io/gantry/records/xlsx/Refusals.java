// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What fails, and how. */
final class Refusals {

    private Refusals() {}

    static ProviderException failure(byte[] file, Limits limits) {
        ProviderException[] failure = new ProviderException[1];
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> Books.read(new Books.Memory("data.xlsx", file), FormatOptions.NONE, limits))
                .satisfies(e -> failure[0] = e);
        assertThat(failure[0].kind()).isEqualTo(FailureKind.DATA);
        assertThat(failure[0].details()).containsEntry("file", "data.xlsx");
        return failure[0];
    }

    static void unreadable(byte[] file, String... words) {
        ProviderException failure = failure(file, Limits.DEFAULT);
        assertThat(failure.code()).isEqualTo("FILE_UNREADABLE");
        assertThat(failure.getMessage()).contains("'data.xlsx'").contains(words);
    }

    static ProviderException beyond(String limit, byte[] file, Limits limits, String... words) {
        ProviderException failure = failure(file, limits);
        assertThat(failure.code()).isEqualTo("LIMIT_EXCEEDED");
        assertThat(failure.getMessage()).contains("the limit '" + limit + "'").contains(words);
        assertThat(failure.details()).containsEntry("limit", limit);
        return failure;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] part(String path, String xml) {
        Map<String, String> parts = Books.parts("");
        parts.put(path, xml);
        return Books.zip(parts);
    }
}
