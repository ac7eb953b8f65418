// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gantry.spi.ProviderException;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.LongColumn;
import io.gantry.spi.records.RecordWriter;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvWritingTest {

    private static final List<Field> TWO_TEXTS =
            List.of(Field.of("name", FieldType.STRING), Field.of("note", FieldType.STRING));

    @Test
    void every_type_has_its_form() throws IOException {
        List<Field> fields = List.of(
                Field.of("i", FieldType.INTEGER),
                Field.of("c", FieldType.DECIMAL),
                Field.of("f", FieldType.FLOAT),
                Field.of("b", FieldType.BOOLEAN),
                Field.of("d", FieldType.DATE),
                Field.of("t", FieldType.TIME),
                Field.of("ts", FieldType.TIMESTAMP),
                Field.of("u", FieldType.UUID),
                Field.of("x", FieldType.BYTES),
                Field.of("s", FieldType.STRING));
        UUID uuid = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
        RowBatch rows = new RowBatch(fields, 3);
        rows.add(
                1,
                Long.MIN_VALUE,
                new BigDecimal("-0.050"),
                -1.5,
                true,
                LocalDate.of(2024, 2, 29),
                LocalTime.of(7, 5),
                Instant.parse("1969-12-31T23:59:59.250Z"),
                uuid,
                new byte[] {-1, 0, 1, 2},
                "Zoë");
        rows.add(
                2,
                42L,
                new BigDecimal("123456789012345678901234567890.5"),
                1e20,
                false,
                LocalDate.of(-1, 1, 1),
                LocalTime.of(23, 59, 59, 1_000),
                Instant.EPOCH,
                uuid,
                new byte[0],
                "");
        ((LongColumn) rows.column(6)).set(1, LocalDate.of(12345, 1, 1).toEpochDay() * 86_400_000_000L);
        rows.add(3, null, null, null, null, null, null, null, null, null, null);
        assertThat(text(fields, FormatOptions.NONE, rows)).isEqualTo("""
                        i,c,f,b,d,t,ts,u,x,s
                        -9223372036854775808,-0.050,-1.5,true,2024-02-29,07:05:00,1969-12-31T23:59:59.250Z,01234567-89ab-cdef-0123-456789abcdef,/wABAg==,Zoë
                        42,123456789012345678901234567890.5,1.0E20,false,-0001-01-01,23:59:59.000001,+12345-01-01T00:00:00Z,01234567-89ab-cdef-0123-456789abcdef,,""
                        ,,,,,,,,,""
                        """);
    }

    @Test
    void cells_are_quoted_where_they_must_be_and_null_differs_from_empty() throws IOException {
        assertThat(text(FormatOptions.NONE, "a,b", "say \"hi\"", "line\nend", "cr\rend", null, "", " blank ", ";"))
                .isEqualTo("name,note\n\"a,b\",\"say \"\"hi\"\"\"\n\"line\nend\",\"cr\rend\"\n,\"\"\n blank ,;\n");
    }

    @Test
    void a_record_of_one_null_is_no_blank_line() throws IOException {
        List<Field> one = TWO_TEXTS.subList(0, 1);
        RowBatch rows = new RowBatch(one, 2);
        rows.add(1, (Object) null);
        rows.add(2, "x");
        String text = text(one, FormatOptions.NONE, rows);
        assertThat(text).isEqualTo("name\n\"\"\nx\n");
        assertThat(Found.cells(text)).hasSize(3);
    }

    @Test
    void texts_that_may_be_formulas_are_neutralised_unless_they_shall_be_kept() throws IOException {
        assertThat(text(FormatOptions.NONE, "=1+1", "-5", "@x,y", "+a\"b"))
                .isEqualTo("name,note\n'=1+1,-5\n\"'@x,y\",\"'+a\"\"b\"\n");
        assertThat(text(FormatOptions.NONE.with("formulas", "keep"), "=1+1", "-x"))
                .isEqualTo("name,note\n=1+1,-x\n");
    }

    @Test
    void delimiter_quote_and_line_end_are_those_of_the_options() throws IOException {
        FormatOptions options =
                FormatOptions.NONE.with("delimiter", ";").with("quote", "'").with("lineEnd", "crlf");
        assertThat(text(options, "a;b", "it's", "x,y", "\"")).isEqualTo("name;note\r\n'a;b';'it''s'\r\nx,y;\"\r\n");
        assertThat(text(FormatOptions.NONE.with("delimiter", "||"), "a|b", "c")).isEqualTo("name||note\n\"a|b\"||c\n");
    }

    @Test
    void a_first_cell_that_looks_like_a_comment_is_quoted() throws IOException {
        assertThat(text(FormatOptions.NONE.with("comment", "#"), "#1", "#2")).isEqualTo("name,note\n\"#1\",#2\n");
    }

    @Test
    void numbers_are_quoted_where_the_delimiter_is_part_of_them() throws IOException {
        List<Field> fields = List.of(Field.of("d", FieldType.DATE), Field.of("n", FieldType.INTEGER));
        RowBatch rows = new RowBatch(fields, 1);
        rows.add(1, LocalDate.of(2024, 1, 31), -1L);
        assertThat(text(fields, FormatOptions.NONE.with("delimiter", "-"), rows))
                .isEqualTo("d-n\n\"2024-01-31\"-\"-1\"\n");
    }

    @Test
    void dialects_without_quotes_escape() throws IOException {
        FormatOptions options = FormatOptions.NONE.with("quote", "none").with("escape", "\\");
        String text = text(options, "a,b", "c\\d", "line\nend", "\"");
        assertThat(text).isEqualTo("name,note\na\\,b,c\\\\d\nline\\\nend,\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "line\nend", "cr\r"})
    void what_a_dialect_cannot_hold_fails(String text) {
        ProviderException failure = catchThrowableOfType(
                ProviderException.class, () -> text(FormatOptions.NONE.with("quote", "none"), text, "x"));
        assertThat(failure.code()).isEqualTo("VALUE_NOT_WRITABLE");
        assertThat(failure).hasMessageContaining("set option 'quote' or 'escape'");
    }

    @ParameterizedTest
    @CsvSource({"||,x|,part of the delimiter", "';',#x,would be a comment", "';','',blank line"})
    void what_would_be_read_as_something_else_fails(String delimiter, String text, String reason) {
        FormatOptions options = FormatOptions.NONE
                .with("delimiter", delimiter)
                .with("quote", "none")
                .with("comment", "#");
        List<Field> one = TWO_TEXTS.subList(0, 1);
        RowBatch rows = new RowBatch(one, 1);
        rows.add(1, text);
        ProviderException failure = catchThrowableOfType(ProviderException.class, () -> text(one, options, rows));
        assertThat(failure.code()).isEqualTo("VALUE_NOT_WRITABLE");
        assertThat(failure).hasMessageContaining(reason);
    }

    @Test
    void what_an_encoding_cannot_hold_fails_and_names_the_character() {
        ProviderException failure = catchThrowableOfType(
                ProviderException.class, () -> text(FormatOptions.NONE.with("encoding", "ISO-8859-1"), "Zoë", "€"));
        assertThat(failure.code()).isEqualTo("VALUE_NOT_WRITABLE");
        assertThat(failure).hasMessageContaining("ISO-8859-1 has no character U+20AC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-16", "windows-1252", "Shift_JIS", "ISO-2022-JP"})
    void a_file_is_written_in_the_encoding_of_the_options_with_a_mark_where_wanted(String encoding) throws IOException {
        String note = encoding.equals("windows-1252")
                ? "€"
                : encoding.endsWith("JP") || encoding.startsWith("S") ? "日本" : "😀";
        FormatOptions options = FormatOptions.NONE.with("encoding", encoding).with("bom", "true");
        byte[] bytes = bytes(TWO_TEXTS, options, twoTexts("x", note));
        boolean marked = encoding.startsWith("UTF");
        assertThat(new String(bytes, Charset.forName(encoding.equals("UTF-16") ? "UTF-16BE" : encoding)))
                .isEqualTo((marked ? "\uFEFF" : "") + "name,note\nx," + note + "\n");
        assertThat(Found.cells(MemoryFile.of(bytes), options)).contains(List.of("x", note));
    }

    @Test
    void large_files_are_whole() throws IOException {
        RowBatch rows = new RowBatch(TWO_TEXTS, 20_000);
        for (int i = 0; i < 20_000; i++) {
            rows.add(i + 1, "name " + i, "note, " + i);
        }
        for (String encoding : List.of("UTF-8", "windows-1252")) {
            List<List<String>> found = Found.cells(
                    MemoryFile.of(bytes(TWO_TEXTS, FormatOptions.NONE.with("encoding", encoding), rows)),
                    FormatOptions.NONE);
            assertThat(found).hasSize(20_001).last().isEqualTo(List.of("name 19999", "note, 19999"));
        }
    }

    private static String text(FormatOptions options, @Nullable String... cells) throws IOException {
        return text(TWO_TEXTS, options, twoTexts(cells));
    }

    private static RowBatch twoTexts(@Nullable String... cells) {
        RowBatch rows = new RowBatch(TWO_TEXTS, cells.length);
        for (int i = 0; i < cells.length; i += 2) {
            rows.add(i + 1, cells[i], cells[i + 1]);
        }
        return rows;
    }

    private static String text(List<Field> fields, FormatOptions options, RowBatch rows) throws IOException {
        return new String(bytes(fields, options, rows), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(List<Field> fields, FormatOptions options, RowBatch rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordWriter writer = new CsvFormat().writer(out, fields, options)) {
            writer.write(rows);
        }
        return out.toByteArray();
    }
}
