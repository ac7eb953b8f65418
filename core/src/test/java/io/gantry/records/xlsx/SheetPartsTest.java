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
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

/** A table that goes on over several sheets is read as one, or not at all. */
class SheetPartsTest {

    private static final List<Field> COLUMNS = List.of(Field.of("n", FieldType.INTEGER));

    /** Changes a workbook as a spreadsheet program would. */
    private interface Edit {
        void apply(XSSFWorkbook book) throws IOException;
    }

    private static byte[] book(int rows, long mostRows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RecordWriter writer = new XlsxWriter(bytes, COLUMNS, FormatOptions.NONE, mostRows)) {
            RowBatch batch = new RowBatch(COLUMNS, rows);
            for (long i = 1; i <= rows; i++) {
                batch.add(i, i);
            }
            writer.write(batch);
        }
        return bytes.toByteArray();
    }

    private static byte[] edited(byte[] book, Edit edit) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (XSSFWorkbook opened = new XSSFWorkbook(new ByteArrayInputStream(book))) {
            edit.apply(opened);
            opened.write(bytes);
        }
        return bytes.toByteArray();
    }

    private static List<String> read(byte[] book, FormatOptions options) throws IOException {
        return Books.read(new Books.Memory("x", book), options, Limits.DEFAULT).stream()
                .map(row -> String.join(",", row.cells()))
                .toList();
    }

    private static List<String> numbers(int rows) {
        List<String> numbers = new ArrayList<>(List.of("n"));
        for (int i = 1; i <= rows; i++) {
            numbers.add(Integer.toString(i));
        }
        return numbers;
    }

    @Test
    void all_sheets_are_read_whatever_was_done_to_their_tabs() throws Exception {
        byte[] book = book(17, 6);
        assertThat(read(book, FormatOptions.NONE)).isEqualTo(numbers(17));
        assertThat(read(edited(book, opened -> opened.setSheetName(1, "Other")), FormatOptions.NONE))
                .isEqualTo(numbers(17));
        assertThat(read(edited(book, opened -> opened.setSheetOrder("Data", 2)), FormatOptions.NONE))
                .isEqualTo(numbers(17));
        FormatOptions found = new XlsxFormat()
                .detect(new Books.Memory("x", book), FormatOptions.NONE, Limits.DEFAULT)
                .options();
        assertThat(read(book, found)).isEqualTo(numbers(17));
    }

    @Test
    void a_sheet_that_is_named_is_read_alone_unless_it_is_the_first() throws Exception {
        byte[] book = book(17, 6);
        assertThat(read(book, FormatOptions.NONE.with("sheet", "Data"))).isEqualTo(numbers(17));
        assertThat(read(book, FormatOptions.NONE.with("sheet", "Data (2)")))
                .containsExactly("n", "6", "7", "8", "9", "10");
    }

    @Test
    void the_numbers_of_records_and_the_progress_go_on() throws Exception {
        byte[] book = book(10, 6);
        TextBatch batch = new TextBatch(4);
        long next = 1;
        long consumed = 0;
        try (RecordReader reader =
                new XlsxFormat().reader(new Books.Memory("x", book), FormatOptions.NONE, Limits.DEFAULT)) {
            while (reader.read(batch)) {
                assertThat(batch.number(0)).isEqualTo(next);
                assertThat(batch.text(0, 0)).isEqualTo(next == 1 ? "n" : Long.toString(next - 1));
                next += batch.size();
                assertThat(reader.consumed()).isBetween(consumed, (long) book.length);
                consumed = reader.consumed();
            }
        }
        assertThat(next).isEqualTo(12);
    }

    @Test
    void a_table_of_which_a_sheet_is_missing_or_changed_is_refused() throws Exception {
        byte[] book = book(17, 6);
        refused(edited(book, opened -> opened.removeSheetAt(1)), "sheet 2 of them is missing");
        refused(
                edited(book, opened -> {
                    var header = opened.getSheetAt(1).getRow(0);
                    header.removeCell(header.getCell(0));
                    header.createCell(0).setCellValue("m");
                }),
                "begins with another header");
    }

    private static void refused(byte[] book, String words) {
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> read(book, FormatOptions.NONE))
                .withMessageContaining(words)
                .satisfies(e -> assertThat(e.code()).isEqualTo("FILE_UNREADABLE"));
    }

    @Test
    void sheets_of_equal_names_that_are_no_parts_stay_apart() throws Exception {
        byte[] book = edited(book(3, 100), opened -> {
            var copy = opened.createSheet("Data (2)");
            copy.createRow(0).createCell(0).setCellValue("n");
            copy.createRow(1).createCell(0).setCellValue(9);
        });
        assertThat(read(book, FormatOptions.NONE)).isEqualTo(numbers(3));
    }
}
