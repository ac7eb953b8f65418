// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gantry.spi.ProviderException;
import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files nobody should have sent. The heap these tests run in is small: see the build. */
class BadFileTest {

    private static final FormatOptions PLAIN = FormatOptions.NONE;
    /** Not read by the reader of plain dialects. */
    private static final FormatOptions RARE = FormatOptions.NONE.with("escape", "\\");

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_quote_that_is_never_closed_fails_with_the_line_it_is_on(boolean rare) {
        ProviderException failure =
                failure(MemoryFile.of("a,b\n\"1\n2\",\"x\ny\n"), rare ? RARE : PLAIN, Limits.DEFAULT);
        assertThat(failure.code()).isEqualTo("QUOTE_UNCLOSED");
        assertThat(failure).hasMessageContaining("line 3").hasMessageContaining("never closed");
        assertThat(failure.details()).containsEntry("line", 3L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "ar-EG"})
    void a_quote_that_is_never_closed_far_down_fails_with_the_line_it_is_on_in_every_locale(String locale) {
        MemoryFile file = MemoryFile.of("a,b\n".repeat(1_233) + "\"1,2\n3,4\n");
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(locale));
        try {
            for (FormatOptions options : List.of(PLAIN, RARE)) {
                assertThat(failure(file, options, Limits.DEFAULT).details()).containsEntry("line", 1_234L);
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void an_escape_at_the_very_end_fails_with_the_line_it_is_on() {
        ProviderException failure =
                failure(MemoryFile.of("a,b\n\nc,d\\"), FormatOptions.NONE.with("escape", "\\"), Limits.DEFAULT);
        assertThat(failure.code()).isEqualTo("ESCAPE_UNFINISHED");
        assertThat(failure).hasMessageContaining("escape sequence").hasMessageContaining("line 3");
    }

    @ParameterizedTest
    @CsvSource({"columns,'a,b,c,d,e'", "cellBytes,'12345678901,b'", "recordBytes,'1234567890,1234567890,1'"})
    void a_record_beyond_a_limit_fails_with_its_line_and_the_name_of_the_limit(String limit, String record) {
        Limits limits = Limits.DEFAULT.columns(4).sizes(10, 20);
        for (FormatOptions options : List.of(PLAIN, RARE)) {
            ProviderException failure = failure(MemoryFile.of("a,b\n\n" + record + "\n"), options, limits);
            assertThat(failure.code()).isEqualTo("LIMIT_EXCEEDED");
            assertThat(failure)
                    .hasMessageContaining("line 3")
                    .hasMessageContaining(
                            "'" + limit + "' of " + failure.details().get("allowed"));
            assertThat(failure.details()).containsEntry("line", 3L).containsEntry("limit", limit);
        }
    }

    @Test
    void records_at_the_limits_pass() throws IOException {
        Limits limits = Limits.DEFAULT.columns(4).sizes(10, 20).bytes(42);
        MemoryFile file = MemoryFile.of("1234567890,123456789\na,b,c,\"1234567890\"");
        for (FormatOptions options : List.of(PLAIN, RARE)) {
            try (RecordReader reader = new CsvFormat().reader(file, options, limits)) {
                assertThat(Found.all(reader, new TextBatch(9), StandardCharsets.UTF_8))
                        .hasSize(2);
            }
        }
    }

    @Test
    void a_file_beyond_the_limit_of_bytes_fails_even_when_its_length_was_given_wrong() {
        MemoryFile file = MemoryFile.of("a,b\n".repeat(100_000));
        FileContent liar = new Endless("a,b\n", 400_000) {
            @Override
            public long length() {
                return 10;
            }
        };
        for (FileContent content : List.of(file, liar)) {
            ProviderException failure = failure(content, PLAIN, Limits.DEFAULT.bytes(300_000));
            assertThat(failure.code()).isEqualTo("LIMIT_EXCEEDED");
            assertThat(failure).hasMessageContaining("'bytes' of 300000");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\"x", "\"\"", "é "})
    void a_line_of_a_gigabyte_ends_quickly(String piece) {
        for (FormatOptions options : List.of(PLAIN, RARE, PLAIN.with("encoding", "ISO-8859-1"))) {
            ProviderException failure = Assertions.assertTimeout(
                    Duration.ofSeconds(30), () -> failure(new Endless(piece, 1L << 30), options, Limits.DEFAULT));
            assertThat(failure.code()).isEqualTo("LIMIT_EXCEEDED");
            assertThat(failure.details()).containsEntry("line", 1L);
        }
    }

    @Test
    void a_million_columns_end_quickly() {
        for (FormatOptions options : List.of(PLAIN, RARE, PLAIN.with("delimiter", "||"))) {
            String cell = "1\"" + options.get("delimiter", ",");
            ProviderException failure = Assertions.assertTimeout(
                    Duration.ofSeconds(30),
                    () -> failure(new Endless(cell, 1_000_000L * cell.length()), options, Limits.DEFAULT));
            assertThat(failure.details()).containsEntry("limit", "columns");
        }
    }

    @Test
    void a_gigabyte_of_delimiters_ends_quickly() {
        for (FormatOptions options : List.of(PLAIN, RARE)) {
            ProviderException failure = Assertions.assertTimeout(
                    Duration.ofSeconds(30), () -> failure(new Endless(",", 1L << 30), options, Limits.DEFAULT));
            assertThat(failure.details()).containsEntry("limit", "columns").containsEntry("line", 1L);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "89504E470D0A1A0A0000000D49484452, PNG picture",
        "FFD8FFE000104A46494600, JPEG picture",
        "474946383961010001, GIF picture",
        "255044462D312E370A, PDF document",
        "1F8B0800000000000003, gzip",
        "28B52FFD0458, Zstandard",
        "FD377A585A000004, xz",
        "377ABCAF271C0004, 7z archive",
        "D0CF11E0A1B11AE1, old or encrypted Office document",
        "5041523115041500, Parquet",
        "504B0304140000000000746573742E747874, ZIP archive",
        "504B03041400000008005B436F6E74656E745F54797065735D2E786D6C, Excel workbook",
    })
    void a_file_that_is_no_text_fails_saying_what_it_looks_like(String hex, String looks) {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex);
        ProviderException failure = failure(MemoryFile.of(bytes), PLAIN, Limits.DEFAULT);
        assertThat(failure.code()).isEqualTo("WRONG_FORMAT");
        assertThat(failure).hasMessageContaining("test.csv").hasMessageContaining(looks);
    }

    @Test
    void many_nul_bytes_fail_the_file() {
        byte[] bytes = new byte[4096];
        new java.util.Random(3).nextBytes(bytes);
        for (int i = 0; i < bytes.length; i += 4) {
            bytes[i] = 0;
            bytes[i + 1] = 0;
        }
        bytes[0] = 1;
        assertThat(failure(MemoryFile.of(bytes), PLAIN, Limits.DEFAULT))
                .hasMessageContaining("a binary file (many NUL bytes)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void utf16_without_a_mark_fails_saying_how_to_read_it(String encoding) throws IOException {
        MemoryFile file = MemoryFile.of("id,name\n1,Anna\n2,Zoë\n", Charset.forName(encoding));
        assertThat(failure(file, PLAIN, Limits.DEFAULT))
                .hasMessageContaining("set option 'encoding' to '" + encoding + "'");
        assertThat(Found.cells(file, PLAIN.with("encoding", encoding))).hasSize(3);
    }

    @Test
    void a_byte_order_mark_that_says_otherwise_than_the_option_fails() {
        assertThat(failure(MemoryFile.of("\uFEFFa,b\n"), PLAIN.with("encoding", "windows-1252"), Limits.DEFAULT))
                .hasMessageContaining("mark of UTF-8, but option 'encoding' is 'windows-1252'");
    }

    @Test
    void an_error_of_the_storage_is_passed_on() {
        FileContent broken = new Endless("a,b\n", 1 << 20) {
            @Override
            public InputStream open() {
                return new java.io.SequenceInputStream(
                        new java.io.ByteArrayInputStream("a,b\n".repeat(5_000).getBytes(StandardCharsets.UTF_8)),
                        new InputStream() {
                            @Override
                            public int read() throws IOException {
                                throw new IOException("disk on fire");
                            }
                        });
            }
        };
        for (FormatOptions options : List.of(PLAIN, RARE)) {
            IOException failure =
                    catchThrowableOfType(IOException.class, () -> readAll(broken, options, Limits.DEFAULT));
            assertThat(failure).hasMessage("disk on fire");
        }
    }

    private static ProviderException failure(FileContent file, FormatOptions options, Limits limits) {
        ProviderException failure = catchThrowableOfType(ProviderException.class, () -> readAll(file, options, limits));
        assertThat(failure).as("failure").isNotNull();
        return failure;
    }

    private static void readAll(FileContent file, FormatOptions options, Limits limits) throws IOException {
        try (RecordReader reader = new CsvFormat().reader(file, options, limits)) {
            TextBatch batch = new TextBatch(1000);
            while (reader.read(batch)) {
                assertThat(batch.size()).isPositive();
            }
        }
    }

    /** A file that says the same again and again. */
    private static class Endless implements FileContent {
        private final byte[] piece;
        private final long length;

        Endless(String piece, long length) {
            this.piece = piece.getBytes(StandardCharsets.UTF_8);
            this.length = length;
        }

        @Override
        public String name() {
            return "endless.csv";
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public InputStream open() {
            return new InputStream() {
                private long at;

                @Override
                public int read() {
                    return at == length ? -1 : piece[(int) (at++ % piece.length)] & 0xFF;
                }
            };
        }
    }
}
