// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gantry.spi.ProviderException;
import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.DetectingFormat.Detection;
import io.gantry.spi.records.DetectingFormat.Evidence;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionTest {

    private static Detection detect(FileContent file) throws IOException {
        return new XlsxFormat().detect(file, FormatOptions.NONE, Limits.DEFAULT);
    }

    /** A sheet from lines of cells between bars; numbers are numbers, all else is text. */
    private static Detection sheet(String... lines) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (String line : lines) {
            rows.append("<row>");
            for (String cell : line.split("\\|", -1)) {
                String text = cell.strip();
                rows.append(
                        text.isEmpty()
                                ? "<c/>"
                                : text.matches("[0-9.]+")
                                        ? "<c><v>" + text + "</v></c>"
                                        : "<c t='inlineStr'><is><t>" + text + "</t></is></c>");
            }
            rows.append("</row>");
        }
        return detect(new Books.Memory("book.xlsx", Books.sheet(rows.toString())));
    }

    private static Evidence header(Detection detection) {
        return detection.evidence().stream()
                .filter(evidence -> evidence.option().equals("headerRow"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "datasets/real-estate-valuation.xlsx, 1, 工作表1",
        "edge-xlsx/issue-313.xlsx, 1, Sheet1",
        "edge-xlsx/multiline-headers.xlsx, 1, Лист1",
        "edge-xlsx/preserve-formatting-percentage.xlsx, 1, Sheet1",
        "edge-xlsx/skip-rows.xlsx, 2, Sheet 1",
        "edge-xlsx/table-infer-boolean.xlsx, 1, Sheet1"
    })
    void the_headers_of_real_workbooks_are_found(String file, int row, String sheet) throws Exception {
        Detection detection = detect(new Books.OnDisk(Path.of("..", "testdata", file)));
        assertThat(detection.headerRow()).isEqualTo(row);
        assertThat(detection.options().get("sheet")).isEqualTo(sheet);
        assertThat(header(detection).value()).isEqualTo(Integer.toString(row));
    }

    @Test
    void a_header_stands_above_numbers() throws Exception {
        Detection detection = sheet("id|name|score", "1|Ana|7.5", "2|Ben|8");
        assertThat(detection.headerRow()).isEqualTo(1);
        assertThat(header(detection).confidence()).isGreaterThan(0.9);
        assertThat(header(detection).reason())
                .isEqualTo("row 1 holds 3 distinct labels; from row 2 on there are numbers or dates in 2 columns");
    }

    @Test
    void titles_above_the_header_are_left_out() throws Exception {
        Detection detection =
                sheet("Report of the year", "", "made on|45296", "id|name|score|note", "1|Ana|7.5|x", "2|Ben|8|y");
        assertThat(detection.headerRow()).isEqualTo(3);
        assertThat(header(detection).reason())
                .contains("row 4 holds 4 distinct labels")
                .contains("2 rows before it");
    }

    @Test
    void of_a_header_of_several_rows_the_fullest_counts() throws Exception {
        Detection groups = sheet("who||result|", "id|name|score|grade", "1|Ana|7.5|A", "2|Ben|8|B");
        assertThat(groups.headerRow()).isEqualTo(2);
        Detection units = sheet("id|name|length|weight", "(none)|(text)|(m)|(kg)", "1|a|2|3", "2|b|3|4");
        assertThat(units.headerRow()).isEqualTo(1);
        assertThat(header(units).reason()).contains("2 rows may be a header together");
        assertThat(header(units).confidence()).isLessThan(0.8);
    }

    @Test
    void a_sheet_that_begins_with_numbers_has_no_header() throws Exception {
        Detection detection = sheet("1|Ana|7.5", "2|Ben|8");
        assertThat(detection.headerRow()).isZero();
        assertThat(header(detection).reason()).contains("row 1").contains("holds numbers or dates already");
    }

    @Test
    void numbers_and_dates_kept_as_text_count_as_such() throws Exception {
        assertThat(sheet("id|born", "a1|1990-01-02x", "a2|1991-05-06").headerRow())
                .isEqualTo(1);
        assertThat(header(sheet("id|born", "'1'|02.01.1990", "'2'|06.05.1991")).reason())
                .contains("in 1 columns");
    }

    @Test
    void where_all_is_words_the_first_full_row_is_a_weak_guess() throws Exception {
        Detection detection = sheet("title", "name|city", "Ana|Bonn", "Ben|Rome");
        assertThat(detection.headerRow()).isEqualTo(2);
        assertThat(header(detection).confidence()).isLessThan(0.7);
        assertThat(sheet("a|a", "b|c").headerRow()).isZero();
        assertThat(sheet("id|name").headerRow()).isEqualTo(1);
        assertThat(sheet().headerRow()).isZero();
    }

    @Test
    void a_cover_sheet_is_passed_over() throws Exception {
        var parts = Books.parts("<row><c t='inlineStr'><is><t>Please fill in</t></is></c></row>");
        parts.computeIfPresent(
                "xl/workbook.xml",
                (path, xml) -> xml.replace("</sheets>", "<sheet name='Grades' sheetId='2' r:id='s9'/></sheets>"));
        parts.computeIfPresent(
                "xl/_rels/workbook.xml.rels",
                (path, xml) -> xml.replace(
                        "</Relationships>",
                        "<Relationship Id='s9' Type='" + Books.RELATIONS
                                + "/worksheet' Target='worksheets/sheet2.xml'/></Relationships>"));
        parts.put(
                "xl/worksheets/sheet2.xml",
                Books.worksheet("<row><c t='inlineStr'><is><t>id</t></is></c></row><row><c><v>1</v></c></row>"));
        Detection detection = detect(new Books.Memory("book.xlsx", Books.zip(parts)));
        assertThat(detection.options().get("sheet")).isEqualTo("Grades");
        assertThat(detection.evidence().get(0).reason())
                .isEqualTo("it is the first visible sheet that looks like a table;"
                        + " the workbook has 'Data' (1 rows), 'Grades' (2 rows)");
    }

    @Test
    void sheets_are_named_with_what_was_seen_of_them() throws Exception {
        Detection detection = detect(new Books.Memory("book.xlsx", SheetChoiceTest.book()));
        assertThat(detection.options().get("sheet")).isEqualTo("2");
        assertThat(detection.evidence().get(0).reason())
                .endsWith("the workbook has 'Lists' (hidden), 'Chart' (no cells), 'Empty' (0 rows), '2' (1 rows),"
                        + " 'Grades' (1 rows)");
    }

    @Test
    void a_given_sheet_is_kept() throws Exception {
        FormatOptions given = FormatOptions.NONE.with("sheet", "1");
        Detection detection =
                new XlsxFormat().detect(new Books.Memory("book.xlsx", SheetChoiceTest.book()), given, Limits.DEFAULT);
        assertThat(detection.options()).isEqualTo(given);
        assertThat(detection.evidence().get(0)).isEqualTo(new Evidence("sheet", "Lists", 1, "it was given"));
    }

    @Test
    void what_is_no_workbook_is_refused() {
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> detect(new Books.Memory("data.xlsx", "a,b\n1,2\n".getBytes())))
                .withMessageContaining("looks like plain text, such as CSV");
    }
}
