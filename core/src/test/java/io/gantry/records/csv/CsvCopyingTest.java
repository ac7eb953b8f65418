// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.records.CopyingFormat.RecordCopier;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CsvCopyingTest {

    @Test
    void a_record_is_copied_byte_for_byte_behind_the_new_cells() throws IOException {
        String record = " a ,\"b \"\"c\"\"\r\nd\"x,,5\" pipe";
        byte[] copies = copies(MemoryFile.of(record + "\r\n\r\n" + record), FormatOptions.NONE);
        assertThat(new String(copies, StandardCharsets.UTF_8))
                .isEqualTo("line,error\n1,\"a, \"\"b\"\"\"," + record + "\n4,\"a, \"\"b\"\"\"," + record + "\n");
    }

    @Test
    void the_dialect_is_that_of_the_input() throws IOException {
        FormatOptions options = FormatOptions.NONE
                .with("delimiter", "||")
                .with("quote", "'")
                .with("escape", "\\")
                .with("comment", "#")
                .with("lineEnd", "crlf");
        byte[] copies = copies(MemoryFile.of("# no record\na||'b\\'c'||d\\||e\n"), options);
        assertThat(new String(copies, StandardCharsets.UTF_8))
                .isEqualTo("'line'||'error'\r\n'2'||'a, \"b\"'||a||'b\\'c'||d\\||e\r\n");
    }

    @Test
    void malformed_bytes_are_copied_as_they_were() throws IOException {
        Random random = new Random(5);
        byte[] record = new byte[200];
        for (int i = 0; i < record.length; i++) {
            record[i] = (byte) (0x80 + random.nextInt(0x7F)); // no line ends, and no UTF-8
        }
        for (String encoding : List.of("UTF-8", "windows-1252", "US-ASCII", "windows-1255")) {
            for (FormatOptions options : List.of(FormatOptions.NONE, FormatOptions.NONE.with("escape", "\\"))) {
                byte[] copies = copies(MemoryFile.of(record), options.with("encoding", encoding));
                String text = new String(copies, StandardCharsets.ISO_8859_1);
                assertThat(text).as(encoding).endsWith("," + new String(record, StandardCharsets.ISO_8859_1) + "\n");
            }
        }
    }

    @Test
    void copies_are_in_the_encoding_of_the_input() throws IOException {
        for (String encoding : List.of("UTF-16LE", "windows-1252", "UTF-8")) {
            Charset charset = Charset.forName(encoding);
            byte[] copies = copies(MemoryFile.of("Zoë,€\n", charset), FormatOptions.NONE.with("encoding", encoding));
            assertThat(new String(copies, charset)).endsWith("\"a, \"\"b\"\"\",Zoë,€\n");
        }
    }

    @Test
    void new_cells_with_characters_the_encoding_lacks_are_written_with_replacements() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordCopier copier = new CsvFormat().copier(out, FormatOptions.NONE.with("encoding", "ISO-8859-1"))) {
            copier.write(List.of("日本", "ß"));
        }
        assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo("??,ß\n");
    }

    @Test
    void a_record_without_raw_bytes_is_written_anew() throws IOException {
        TextBatch batch = new TextBatch(1);
        byte[] bytes = batch.ensure(3);
        bytes[0] = 'a';
        bytes[1] = ',';
        bytes[2] = 'b';
        batch.cell(0, 3);
        batch.cell(0, 0);
        batch.cell(2, 1);
        batch.endRecord(1, 0, 0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordCopier copier = new CsvFormat().copier(out, FormatOptions.NONE)) {
            copier.copy(List.of("1"), batch, 0, 0);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("1,\"a,b\",,b\n");
    }

    @Test
    void the_cells_of_a_copy_are_those_of_the_record_whatever_it_is() throws IOException {
        List<FormatOptions> dialects = List.of(
                FormatOptions.NONE,
                FormatOptions.NONE.with("comment", "#"),
                FormatOptions.NONE.with("trim", "true"),
                FormatOptions.NONE.with("delimiter", ";").with("quote", "'"));
        int compared = 0;
        for (int seed = 0; seed < 5_000; seed++) {
            FormatOptions options = dialects.get(seed % dialects.size());
            MemoryFile file = MemoryFile.of(GeneratedText.bytes(new Random(seed), options));
            List<Found> records;
            try {
                records = Found.in(file, options);
            } catch (io.gantry.spi.ProviderException unclosed) {
                continue;
            }
            List<Found> copied = Found.in(MemoryFile.of(copies(file, options)), options);
            assertThat(copied).as("seed %d", seed).hasSize(records.size() + 1);
            for (int i = 0; i < records.size(); i++) {
                List<String> cells = copied.get(i + 1).cells();
                assertThat(cells.subList(2, cells.size()))
                        .as("seed %d, %s", seed, options)
                        .isEqualTo(records.get(i).cells());
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(5_000);
    }

    private static byte[] copies(MemoryFile file, FormatOptions options) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordCopier copier = new CsvFormat().copier(out, options);
                RecordReader reader = new CsvFormat().reader(file, options, Limits.DEFAULT)) {
            copier.write(List.of("line", "error"));
            TextBatch batch = new TextBatch(7);
            while (reader.read(batch)) {
                for (int record = 0; record < batch.size(); record++) {
                    copier.copy(List.of(String.valueOf(batch.line(record)), "a, \"b\""), batch, record, 0);
                }
            }
        }
        return out.toByteArray();
    }
}
