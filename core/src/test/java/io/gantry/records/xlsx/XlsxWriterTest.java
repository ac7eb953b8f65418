// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gantry.spi.ProviderException;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.RecordWriter;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XlsxWriterTest {

    private static final List<Field> ALL = List.of(
            Field.of("text", FieldType.STRING),
            Field.of("whole", FieldType.INTEGER),
            Field.of("money", FieldType.DECIMAL).decimal(12, 2),
            Field.of("decimal", FieldType.DECIMAL),
            Field.of("float", FieldType.FLOAT),
            Field.of("flag", FieldType.BOOLEAN),
            Field.of("day", FieldType.DATE),
            Field.of("time", FieldType.TIME),
            Field.of("moment", FieldType.TIMESTAMP),
            Field.of("id", FieldType.UUID),
            Field.of("raw", FieldType.BYTES));

    private static final UUID ID = UUID.fromString("00000000-0000-0001-ffff-000000000002");
    private static final Object[] FIRST = {
        "=1+1",
        42L,
        new BigDecimal("-12.50"),
        new BigDecimal("0.001"),
        1.5,
        true,
        LocalDate.of(2024, 1, 5),
        LocalTime.of(9, 30),
        Instant.parse("2024-01-05T10:11:12.345678Z"),
        ID,
        new byte[] {1, 2, 3}
    };

    private static byte[] write(List<Field> fields, List<Object[]> rows, long mostRows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RecordWriter writer = new XlsxWriter(bytes, fields, FormatOptions.NONE, mostRows)) {
            RowBatch batch = new RowBatch(fields, 3);
            for (Object[] row : rows) {
                if (batch.isFull()) {
                    writer.write(batch);
                    batch.clear();
                }
                batch.add(1, row);
            }
            writer.write(batch);
        }
        return bytes.toByteArray();
    }

    private static byte[] write(List<Field> fields, Object[]... rows) throws IOException {
        return write(fields, List.of(rows), WorkbookFile.MOST_ROWS);
    }

    private static XSSFWorkbook opened(byte[] book) throws IOException {
        return new XSSFWorkbook(new ByteArrayInputStream(book));
    }

    private static List<Field> column(FieldType type) {
        return List.of(Field.of("c", type));
    }

    /** The only cell below the header. */
    private static Books.Row only(FieldType type, Object value) throws IOException {
        return Books.read(write(column(type), new Object[] {value})).get(1);
    }

    @Test
    void every_type_is_read_back() throws Exception {
        List<Books.Row> rows = Books.read(write(ALL, FIRST, new Object[ALL.size()], FIRST));
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).cells()).isEqualTo(ALL.stream().map(Field::name).toList());
        assertThat(rows.get(2).line()).isEqualTo(4);
        assertThat(rows.get(1).kinds()).isEqualTo("TNNNNBDDTTT");
        assertThat(rows.get(1).cells())
                .containsExactly(
                        "=1+1",
                        "42",
                        "-12.5",
                        "0.001",
                        "1.5",
                        "TRUE",
                        "2024-01-05",
                        "09:30:00",
                        "2024-01-05T10:11:12.345678Z",
                        ID.toString(),
                        "AQID");
    }

    @Test
    void spreadsheet_programs_find_types_formats_and_a_frozen_header() throws Exception {
        try (XSSFWorkbook book = opened(write(ALL, FIRST, FIRST))) {
            XSSFSheet sheet = book.getSheet("Data");
            assertThat(sheet.getPaneInformation().isFreezePane()).isTrue();
            assertThat(sheet.getPaneInformation().getHorizontalSplitTopRow()).isEqualTo((short) 1);
            assertThat(sheet.getRow(0).getCell(3).getCellStyle().getFont().getBold())
                    .isTrue();
            List<String> formats = new ArrayList<>();
            for (Cell cell : sheet.getRow(1)) {
                formats.add(cell.getCellStyle().getDataFormatString());
            }
            assertThat(formats)
                    .containsExactly(
                            "@",
                            "0",
                            "0.00",
                            "General",
                            "General",
                            "General",
                            "yyyy\\-mm\\-dd",
                            "hh:mm:ss",
                            "@",
                            "@",
                            "@");
            assertThat(sheet.getRow(1).getCell(0).getCellType()).isEqualTo(CellType.STRING);
            assertThat(sheet.getRow(1).getCell(0).getCellStyle().getFont().getBold())
                    .isFalse();
            assertThat(sheet.getRow(1).getCell(2).getNumericCellValue()).isEqualTo(-12.5);
            assertThat(sheet.getRow(1).getCell(5).getBooleanCellValue()).isTrue();
            assertThat(sheet.getRow(1).getCell(6).getLocalDateTimeCellValue())
                    .isEqualTo(LocalDate.of(2024, 1, 5).atStartOfDay());
            assertThat(sheet.getColumnWidth(9)).isGreaterThan(36 * 256);
        }
    }

    @Test
    void texts_are_never_formulas_and_lose_nothing() throws Exception {
        Random random = new Random(9);
        List<Object[]> rows = new ArrayList<>();
        String odd = "=+-@<>&\"'_x0D \t\n\r\u0000\u0001\u001f\u007fé日\uFFFE\uFFFF\uD83D\uDE00";
        int[] points = odd.codePoints().toArray();
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder("x".repeat(random.nextInt(2)));
            for (int length = 1 + random.nextInt(20); length > 0; length--) {
                text.append(random.nextInt(9) == 0 ? "_x00" : "")
                        .appendCodePoint(points[random.nextInt(points.length)]);
            }
            rows.add(new Object[] {text.toString()});
        }
        byte[] book = write(column(FieldType.STRING), rows, WorkbookFile.MOST_ROWS);
        List<Books.Row> read = Books.read(book);
        try (XSSFWorkbook opened = opened(book)) {
            for (int i = 0; i < rows.size(); i++) {
                assertThat(read.get(i + 1).cells()).containsExactly((String) rows.get(i)[0]);
                assertThat(opened.getSheetAt(0).getRow(i + 1).getCell(0).getCellType())
                        .isEqualTo(CellType.STRING);
            }
        }
    }

    @Test
    void bytes_that_are_no_text_are_shown_as_such() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RowBatch batch = new RowBatch(column(FieldType.STRING), 1);
        batch.add(1);
        byte[] latin = "caf\u00e9!".getBytes(StandardCharsets.ISO_8859_1);
        ((io.gantry.spi.records.SliceColumn) batch.column(0)).append(0, latin, 0, latin.length);
        try (RecordWriter writer = new XlsxFormat().writer(bytes, batch.fields(), FormatOptions.NONE)) {
            writer.write(batch);
        }
        assertThat(Books.read(bytes.toByteArray()).get(1).cells()).containsExactly("caf\uFFFD!");
    }

    @Test
    void numbers_a_spreadsheet_would_change_are_texts() throws Exception {
        assertThat(only(FieldType.INTEGER, 999_999_999_999_999L).kinds()).isEqualTo("N");
        for (long large : new long[] {
            9_007_199_254_741_000L, 1_000_000_000_000_000L, 1_234_567_890_123_456L, Long.MAX_VALUE, Long.MIN_VALUE
        }) {
            Books.Row row = only(FieldType.INTEGER, large);
            assertThat(row.kinds() + row.cells()).isEqualTo("T[" + large + "]");
        }
        assertThat(only(FieldType.DECIMAL, new BigDecimal("12345678901234.5")).kinds())
                .isEqualTo("N");
        for (String large : List.of("123456789012345.67", "0.1234567890123456", "123456789012345678901234567890.5")) {
            Books.Row row = only(FieldType.DECIMAL, new BigDecimal(large));
            assertThat(row.kinds() + row.cells()).isEqualTo("T[" + large + "]");
        }
        assertThat(only(FieldType.FLOAT, Double.NaN).kinds()).isEqualTo("T");
        assertThat(only(FieldType.FLOAT, -1e300).cells()).containsExactly("-1" + "0".repeat(300));
    }

    @Test
    void decimals_of_all_scales_are_written_right() throws Exception {
        Random random = new Random(6);
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            long unscaled = (random.nextLong() >> 14 + random.nextInt(50)) % 1_000_000_000_000_000L;
            rows.add(new Object[] {BigDecimal.valueOf(unscaled, random.nextInt(random.nextBoolean() ? 4 : 25))});
        }
        List<Books.Row> read = Books.read(write(column(FieldType.DECIMAL), rows, WorkbookFile.MOST_ROWS));
        for (int i = 0; i < rows.size(); i++) {
            assertThat(read.get(i + 1).kinds()).isEqualTo("N");
            assertThat(new BigDecimal(read.get(i + 1).cells().get(0)))
                    .isEqualByComparingTo((BigDecimal) rows.get(i)[0]);
        }
    }

    @Test
    void whole_numbers_of_all_sizes_are_written_right() throws Exception {
        Random random = new Random(2);
        List<Object[]> rows = new ArrayList<>();
        rows.add(new Object[] {0L});
        for (int i = 0; i < 5_000; i++) {
            rows.add(new Object[] {random.nextLong() >> random.nextInt(64)});
        }
        List<Books.Row> read = Books.read(write(column(FieldType.INTEGER), rows, WorkbookFile.MOST_ROWS));
        for (int i = 0; i < rows.size(); i++) {
            assertThat(read.get(i + 1).cells()).containsExactly(rows.get(i)[0].toString());
        }
    }

    @Test
    void dates_and_times_are_read_back_to_the_second() throws Exception {
        Random random = new Random(4);
        List<Field> fields = List.of(
                Field.of("d", FieldType.DATE), Field.of("t", FieldType.TIME), Field.of("m", FieldType.TIMESTAMP));
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            LocalDate day = LocalDate.of(1900, 1, 1).plusDays(random.nextInt(2_958_464));
            Instant moment = Instant.ofEpochSecond(random.nextInt());
            rows.add(new Object[] {day, LocalTime.ofSecondOfDay(random.nextInt(86_400)), moment});
        }
        List<Books.Row> read = Books.read(write(fields, rows, WorkbookFile.MOST_ROWS));
        for (int i = 0; i < rows.size(); i++) {
            String time = rows.get(i)[1].toString();
            assertThat(read.get(i + 1).kinds()).isEqualTo("DDT");
            assertThat(read.get(i + 1).cells())
                    .containsExactly(
                            rows.get(i)[0].toString(),
                            time.length() == 5 ? time + ":00" : time,
                            rows.get(i)[2].toString());
        }
    }

    @Test
    void dates_outside_the_calendar_of_spreadsheets_are_iso_texts() throws Exception {
        for (String day : List.of("1899-12-31", "0001-01-01", "+10000-01-01")) {
            Books.Row row = only(FieldType.DATE, LocalDate.parse(day));
            assertThat(row.kinds() + row.cells()).isEqualTo("T[" + day + "]");
        }
        assertThat(only(FieldType.TIMESTAMP, Instant.parse("1850-06-01T01:02:03Z"))
                        .cells())
                .containsExactly("1850-06-01T01:02:03Z");
        assertThat(only(FieldType.DATE, LocalDate.of(1900, 2, 28)).cells()).containsExactly("1900-02-28");
    }

    @Test
    void a_full_sheet_is_followed_by_another_with_the_same_header() throws Exception {
        List<Object[]> rows = new ArrayList<>();
        for (long i = 1; i <= 8; i++) {
            rows.add(new Object[] {i});
        }
        byte[] book = write(column(FieldType.INTEGER), rows, 5);
        assertThat(Books.cells(Books.read(book)))
                .isEqualTo(List.of(
                        List.of("c"),
                        List.of("1"),
                        List.of("2"),
                        List.of("3"),
                        List.of("4"),
                        List.of("5"),
                        List.of("6"),
                        List.of("7"),
                        List.of("8")));
        FormatOptions second = FormatOptions.NONE.with("sheet", "Data (2)");
        assertThat(Books.cells(Books.read(new Books.Memory("x", book), second, Limits.DEFAULT)))
                .isEqualTo(List.of(List.of("c"), List.of("5"), List.of("6"), List.of("7"), List.of("8")));
        try (XSSFWorkbook opened = opened(book)) {
            assertThat(opened.getNumberOfSheets()).isEqualTo(2);
        }
    }

    @Test
    void a_file_without_rows_has_its_header() throws Exception {
        assertThat(Books.cells(Books.read(write(column(FieldType.DATE))))).containsExactly(List.of("c"));
    }

    @Test
    void the_same_rows_give_the_same_bytes() throws Exception {
        assertThat(write(ALL, FIRST)).isEqualTo(write(ALL, FIRST));
    }

    @Test
    void what_no_sheet_can_hold_is_refused() {
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> only(FieldType.STRING, "x".repeat(32_768)))
                .satisfies(e -> assertThat(e.code()).isEqualTo("LIMIT_EXCEEDED"))
                .withMessageContaining("column 'c' in row 2")
                .withMessageContaining("32767 characters");
        List<Field> many = new ArrayList<>();
        for (int i = 0; i < 16_385; i++) {
            many.add(Field.of("c" + i, FieldType.STRING));
        }
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> write(many))
                .withMessageContaining("16385 columns")
                .withMessageContaining("at most 16384");
    }

    @Test
    void the_longest_text_and_the_last_column_are_written() throws Exception {
        assertThat(only(FieldType.STRING, "é".repeat(32_767)).cells().get(0)).hasSize(32_767);
        List<Field> many = new ArrayList<>();
        for (int i = 0; i < 16_384; i++) {
            many.add(Field.of("c" + i, FieldType.BOOLEAN));
        }
        Object[] row = new Object[many.size()];
        Arrays.fill(row, true);
        assertThat(Books.read(write(many, row)).get(1).cells()).isEqualTo(Collections.nCopies(16_384, "TRUE"));
    }

    @Test
    void sheet_names_are_made_fit() {
        FormatOptions odd = FormatOptions.NONE.with("sheet", " 'a[b]:c*d?e/f\\g' and much much more than fits ");
        assertThat(SheetNames.of(odd).get(1))
                .isEqualTo("a b  c d e f g' and much much m")
                .hasSize(31);
        assertThat(SheetNames.of(odd).get(12)).endsWith(" (12)").hasSize(31);
        assertThat(SheetNames.of(FormatOptions.NONE.with("sheet", "''")).get(1)).isEqualTo("Data");
        assertThat(SheetNames.of(FormatOptions.NONE.with("sheet", "2")).get(1)).isEqualTo("2");
    }

    @Test
    void sheet_names_with_marks_of_xml_are_read_back() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FormatOptions options = FormatOptions.NONE.with("sheet", "A&B <\"C\"> é");
        new XlsxFormat().writer(bytes, column(FieldType.DATE), options).close();
        assertThat(Books.read(new Books.Memory("x", bytes.toByteArray()), options, Limits.DEFAULT))
                .hasSize(1);
        try (XSSFWorkbook opened = opened(bytes.toByteArray())) {
            assertThat(opened.getSheetName(0)).isEqualTo("A&B <\"C\"> é");
        }
    }

    @Test
    void a_million_rows_are_written_and_read_in_a_small_heap(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("million.xlsx");
        List<Field> fields = List.of(Field.of("id", FieldType.INTEGER), Field.of("name", FieldType.STRING));
        RowBatch batch = new RowBatch(fields, 5_000);
        try (OutputStream out = Files.newOutputStream(file);
                RecordWriter writer = new XlsxFormat().writer(out, fields, FormatOptions.NONE)) {
            for (long row = 1; row <= 1_000_000; row++) {
                batch.add(row, row, "name of a person with number " + row);
                if (batch.isFull()) {
                    writer.write(batch);
                    batch.clear();
                }
            }
        }
        long records = 0;
        TextBatch records4096 = new TextBatch(4096);
        try (RecordReader reader =
                new XlsxFormat().reader(new Books.OnDisk(file), FormatOptions.NONE, Limits.DEFAULT)) {
            while (reader.read(records4096)) {
                records += records4096.size();
            }
        }
        assertThat(records).isEqualTo(1_000_001);
    }
}
