// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gantry.spi.ProviderException;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordFormat;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class SheetChoiceTest {

    private final XlsxFormat format = new XlsxFormat();

    /** A hidden sheet, a chart, an empty sheet, one named 2 and one named Grades. */
    static byte[] book() {
        Map<String, String> parts = Books.parts("");
        StringBuilder sheets = new StringBuilder();
        StringBuilder relations = new StringBuilder();
        List<String> names = List.of("Lists", "Chart", "Empty", "2", "Grades");
        for (int i = 1; i <= names.size(); i++) {
            sheets.append("<sheet name='")
                    .append(names.get(i - 1))
                    .append("' sheetId='")
                    .append(i);
            sheets.append(i == 1 ? "' state='hidden' r:id='s" : "' r:id='s")
                    .append(i)
                    .append("'/>");
            relations.append("<Relationship Id='s").append(i).append("' Type='").append(Books.RELATIONS);
            relations.append(i == 2 ? "/chartsheet" : "/worksheet").append("' Target='worksheets/sheet");
            relations.append(i).append(".xml'/>");
            String row = i == 3 ? "<row><c s='1'/></row>" : "<row><c><v>" + i + "</v></c></row>";
            parts.put("xl/worksheets/sheet" + i + ".xml", Books.worksheet(row));
        }
        parts.put(
                "xl/workbook.xml",
                "<workbook xmlns='" + Books.MAIN + "' xmlns:r='" + Books.RELATIONS + "'><sheets>" + sheets
                        + "</sheets></workbook>");
        parts.put("xl/_rels/workbook.xml.rels", Books.relations(relations.toString()));
        return Books.zip(parts);
    }

    private static String chosen(FormatOptions options) throws IOException {
        List<Books.Row> rows = Books.read(new Books.Memory("book.xlsx", book()), options, Limits.DEFAULT);
        return String.valueOf(Books.cells(rows));
    }

    @Test
    void by_default_the_first_visible_sheet_with_rows_is_read() throws Exception {
        assertThat(chosen(FormatOptions.NONE)).isEqualTo("[[4]]");
    }

    @Test
    void a_sheet_is_chosen_by_name_or_number() throws Exception {
        assertThat(chosen(FormatOptions.NONE.with("sheet", "Grades"))).isEqualTo("[[5]]");
        assertThat(chosen(FormatOptions.NONE.with("sheet", "grades"))).isEqualTo("[[5]]");
        assertThat(chosen(FormatOptions.NONE.with("sheet", "Lists"))).isEqualTo("[[1]]");
        assertThat(chosen(FormatOptions.NONE.with("sheet", "1"))).isEqualTo("[[1]]");
        assertThat(chosen(FormatOptions.NONE.with("sheet", "2"))).isEqualTo("[[4]]");
        assertThat(chosen(FormatOptions.NONE.with("sheet", "3"))).isEqualTo("[]");
        assertThat(chosen(FormatOptions.NONE.with("sheet", "5"))).isEqualTo("[[5]]");
    }

    @Test
    void a_sheet_that_is_not_there_is_answered_with_those_that_are() {
        for (String wrong : List.of("Chart", "9", "Grade", "0")) {
            assertThatExceptionOfType(ProviderException.class)
                    .isThrownBy(() -> chosen(FormatOptions.NONE.with("sheet", wrong)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo("INVALID_OPTION"))
                    .withMessageContaining("Option 'sheet' is '" + wrong + "'")
                    .withMessageContaining("[1 'Lists', 3 'Empty', 4 '2', 5 'Grades']");
        }
    }

    @Test
    void a_blank_sheet_makes_no_sense() {
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> format.check(FormatOptions.NONE.with("sheet", " ")))
                .withMessage("Option 'sheet' is ' '; it must be the name of a sheet, or its number from 1");
        assertThat(format.optionNames()).contains("sheet");
    }

    @Test
    void the_format_is_found_as_a_service() {
        assertThat(ServiceLoader.load(RecordFormat.class).stream().map(ServiceLoader.Provider::type))
                .anyMatch(XlsxFormat.class::equals);
        assertThat(format.name()).isEqualTo("xlsx");
    }

    @Test
    void reading_tells_how_far_it_has_come() throws Exception {
        byte[] book = Books.sheet("<row><c><v>1</v></c><c><v>2.5</v></c></row>".repeat(50_000));
        TextBatch batch = new TextBatch(1000);
        try (RecordReader reader = format.reader(
                new Books.Memory("x", book), FormatOptions.NONE, Limits.DEFAULT.inflated(1L << 30, 5000))) {
            assertThat(reader.consumed()).isZero();
            long last = 0;
            while (reader.read(batch)) {
                assertThat(reader.consumed()).isBetween(last, (long) book.length);
                last = reader.consumed();
            }
            assertThat(last).isGreaterThan(book.length / 2);
            assertThat(reader.consumed()).isEqualTo(book.length);
            assertThat(reader.read(batch)).isFalse();
        }
    }

    @Test
    void a_workbook_without_rows_has_no_records() throws Exception {
        assertThat(Books.read(Books.sheet(""))).isEmpty();
    }
}
