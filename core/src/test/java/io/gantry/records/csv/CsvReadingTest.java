// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordFormat;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReadingTest {

    private static final FormatOptions ESCAPES = FormatOptions.NONE.with("escape", "\\");

    @Test
    void is_found_by_the_service_loader() {
        assertThat(ServiceLoader.load(RecordFormat.class))
                .anySatisfy(format -> assertThat(format.name()).isEqualTo("csv"));
    }

    @Test
    void cells_are_what_stands_between_delimiters() throws IOException {
        assertThat(Found.cells("a,b,,\n,c, d ,\n"))
                .containsExactly(List.of("a", "b", "", ""), List.of("", "c", " d ", ""));
    }

    @Test
    void the_last_record_needs_no_line_end() throws IOException {
        assertThat(Found.cells("a,b\nc,")).containsExactly(List.of("a", "b"), List.of("c", ""));
    }

    @Test
    void all_line_ends_are_understood_and_blank_lines_are_no_records() throws IOException {
        List<Found> found = Found.in(MemoryFile.of("a\n\nb\r\n\r\n\r\nc\rd\r\r \ne"), FormatOptions.NONE);
        assertThat(found)
                .extracting(Found::cells)
                .extracting(cells -> cells.get(0))
                .containsExactly("a", "b", "c", "d", "e");
        assertThat(found).extracting(Found::line).containsExactly(1L, 3L, 6L, 7L, 10L);
        assertThat(found).extracting(Found::number).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void quoted_cells_hold_delimiters_line_ends_and_doubled_quotes() throws IOException {
        List<Found> found =
                Found.in(MemoryFile.of("\"a,\"\"b\"\"\r\nc\",\"\",\"\"\"\"\nnext,\"\",x\n"), FormatOptions.NONE);
        assertThat(found)
                .extracting(Found::cells)
                .containsExactly(List.of("a,\"b\"\r\nc", "", "\""), List.of("next", "", "x"));
        assertThat(found).extracting(Found::line).containsExactly(1L, 3L);
        assertThat(found.get(0).raw()).isEqualTo("\"a,\"\"b\"\"\r\nc\",\"\",\"\"\"\"");
    }

    @Test
    void text_behind_a_closing_quote_belongs_to_its_cell() throws IOException {
        assertThat(Found.cells("\"a\"b\"c\",\"d\" ,\"e\"\"f\"g\n")).containsExactly(List.of("ab\"c\"", "d ", "e\"fg"));
    }

    @Test
    void a_quote_in_a_cell_that_does_not_begin_with_one_is_a_character() throws IOException {
        assertThat(Found.cells("5\" pipe, \"x\",y\n")).containsExactly(List.of("5\" pipe", " \"x\"", "y"));
    }

    @Test
    void without_quotes_every_quote_is_a_character() throws IOException {
        assertThat(Found.cells(MemoryFile.of("\"a\tb\"\n"), tabs().with("quote", "none")))
                .containsExactly(List.of("\"a", "b\""));
    }

    private static FormatOptions tabs() {
        return FormatOptions.NONE.with("delimiter", "\\t");
    }

    @Test
    void the_byte_order_mark_is_dropped_and_tells_the_encoding() throws IOException {
        String text = "\uFEFFid,näme\n1,\uD83D\uDE00\n";
        for (Charset charset : List.of(
                StandardCharsets.UTF_8,
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE,
                Charset.forName("UTF-32LE"),
                Charset.forName("UTF-32BE"))) {
            assertThat(Found.cells(MemoryFile.of(text, charset).inPieces(3), FormatOptions.NONE))
                    .as(charset.name())
                    .containsExactly(List.of("id", "näme"), List.of("1", "\uD83D\uDE00"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-8859-15", "windows-1252", "UTF-16LE", "UTF-16", "UTF-32", "GB18030"})
    void every_character_set_is_read_in_every_dialect(String encoding) throws IOException {
        String text = "\"Zoë\",€,ß\n".repeat(20_000);
        MemoryFile file = MemoryFile.of(text, Charset.forName(encoding)).inPieces(11);
        FormatOptions options = FormatOptions.NONE.with("encoding", encoding);
        assertThat(Found.cells(file, options)).hasSize(20_000).containsOnly(List.of("Zoë", "€", "ß"));
        assertThat(Found.in(file, options.with("escape", "\\")))
                .hasSize(20_000)
                .allSatisfy(found -> assertThat(found.raw()).isEqualTo("\"Zoë\",€,ß"));
    }

    @Test
    void malformed_utf8_reaches_the_mapping_as_it_is_in_every_dialect() throws IOException {
        MemoryFile file =
                MemoryFile.of(new byte[] {'a', (byte) 0xC3, ',', (byte) 0xFF, (byte) 0xE2, (byte) 0x82, '\n'});
        for (FormatOptions options : List.of(FormatOptions.NONE, FormatOptions.NONE.with("escape", "\\"))) {
            try (RecordReader reader = new CsvFormat().reader(file, options, Limits.DEFAULT)) {
                List<Found> found = Found.all(reader, new TextBatch(3), StandardCharsets.ISO_8859_1);
                assertThat(found).extracting(Found::cells).containsExactly(List.of("a\u00C3", "\u00FF\u00E2\u0082"));
            }
        }
    }

    @Test
    void bytes_an_encoding_does_not_know_become_malformed_text_and_are_not_replaced() throws IOException {
        MemoryFile file = MemoryFile.of(new byte[] {'a', (byte) 0x81, 'b', ',', (byte) 0x80, '\n'});
        FormatOptions options = FormatOptions.NONE.with("encoding", "windows-1252");
        try (RecordReader reader = new CsvFormat().reader(file, options, Limits.DEFAULT)) {
            TextBatch batch = new TextBatch(3);
            reader.read(batch);
            byte[] stray = new byte[batch.length(0)];
            System.arraycopy(batch.buffer(), batch.start(0), stray, 0, stray.length);
            assertThat(stray).containsExactly('a', 0xED, 0xB2, 0x81, 'b');
            assertThat(batch.text(0, 1)).isEqualTo("€");
        }
    }

    @Test
    void nul_bytes_are_bytes() throws IOException {
        assertThat(Found.cells("a\0b,\0\n")).containsExactly(List.of("a\0b", "\0"));
    }

    @Test
    void escapes_take_the_meaning_from_the_next_character() throws IOException {
        assertThat(Found.cells(MemoryFile.of("a\\,b,\"c\\\"d\",e\\nf\n"), ESCAPES))
                .containsExactly(List.of("a,b", "c\"d", "enf"));
    }

    @Test
    void several_characters_may_be_the_delimiter() throws IOException {
        assertThat(Found.cells(MemoryFile.of("a||b|c||\"d||e\"\n"), FormatOptions.NONE.with("delimiter", "||")))
                .containsExactly(List.of("a", "b|c", "d||e"));
        assertThat(Found.cells(MemoryFile.of("a§b\n"), FormatOptions.NONE.with("delimiter", "§")))
                .containsExactly(List.of("a", "b"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void comment_lines_are_no_records_and_count_as_lines(boolean rare) throws IOException {
        FormatOptions options = FormatOptions.NONE.with("comment", "#");
        List<Found> found = Found.in(
                MemoryFile.of("# one\n\na,\"b\n# no comment\"\r\n#two\n#three\nc,d\n\n# end"),
                rare ? options.with("escape", "\\") : options);
        assertThat(found)
                .containsExactly(
                        new Found(1, 3, List.of("a", "b\n# no comment"), "a,\"b\n# no comment\""),
                        new Found(2, 7, List.of("c", "d"), "c,d"));
    }

    @Test
    void trimming_drops_blanks_around_cells() throws IOException {
        assertThat(Found.cells(MemoryFile.of(" a , b c\t,\" d \" , \n"), FormatOptions.NONE.with("trim", "true")))
                .containsExactly(List.of("a", "b c", "d", ""));
    }

    @Test
    void an_empty_file_and_one_of_blank_lines_have_no_records() throws IOException {
        for (String text : List.of("", "\n", "\r\n\n\r", "\uFEFF", "\n".repeat(600_000))) {
            assertThat(Found.cells(text)).isEmpty();
            assertThat(Found.cells(MemoryFile.of(text), ESCAPES)).isEmpty();
        }
    }

    @Test
    void a_batch_ends_by_bytes_too() throws IOException {
        MemoryFile file = MemoryFile.of("x".repeat(999) + "\n" + ("y".repeat(999) + "\n").repeat(3_000));
        for (FormatOptions options : List.of(FormatOptions.NONE, FormatOptions.NONE.with("escape", "\\"))) {
            try (RecordReader reader = new CsvFormat().reader(file, options, Limits.DEFAULT)) {
                TextBatch batch = new TextBatch(100_000);
                int records = 0;
                while (reader.read(batch)) {
                    assertThat(batch.size()).isBetween(1, 1_049);
                    assertThat(batch.number(0)).isEqualTo(records + 1);
                    records += batch.size();
                    assertThat(reader.consumed()).isLessThanOrEqualTo(file.length());
                }
                assertThat(records).isEqualTo(3_001);
                assertThat(reader.consumed()).isEqualTo(file.length());
            }
        }
    }

    @Test
    void a_record_larger_than_a_window_is_read_whole() throws IOException {
        String large = "\"" + "say \"\"hello\"\", \n".repeat(60_000) + "\"";
        List<Found> found = Found.in(MemoryFile.of("a," + large + "\nb,c\n").inPieces(1), FormatOptions.NONE);
        assertThat(found).hasSize(2);
        assertThat(found.get(0).cells().get(1)).isEqualTo("say \"hello\", \n".repeat(60_000));
        assertThat(found.get(0).raw()).isEqualTo("a," + large);
        assertThat(found.get(1).line()).isEqualTo(60_002);
    }

    @Test
    void a_warm_reader_allocates_nothing_for_rows_or_cells() throws IOException {
        byte[] bytes = "1,anna@example.org,\"quoted, text\",\"say \"\"hi\"\"\",2024-01-31\n"
                .repeat(100_000)
                .getBytes(StandardCharsets.UTF_8);
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        TextBatch batch = new TextBatch(4096);
        long records = 0;
        long before = 0;
        for (int round = 0; round < 2; round++) {
            before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            try (RecordReader reader =
                    new CsvFormat().reader(MemoryFile.of(bytes), FormatOptions.NONE, Limits.DEFAULT)) {
                while (reader.read(batch)) {
                    records += batch.size();
                }
            }
        }
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(records).isEqualTo(200_000);
        assertThat(allocated).isLessThan(1 << 20); // less than a byte per cell: what is kept between batches
    }
}
