// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gantry.spi.ProviderException;
import io.gantry.spi.records.DetectingFormat.Evidence;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Merged cells, and headers of several rows. */
class MergedCellsTest {

    private static final FormatOptions FILL = FormatOptions.NONE.with("merged", "fill");

    private static String cell(String reference, String text) {
        return "<c r='" + reference + "' t='inlineStr'><is><t>" + text + "</t></is></c>";
    }

    private static byte[] book(String rows, String... merged) {
        StringBuilder list = new StringBuilder("<mergeCells>");
        for (String range : merged) {
            list.append("<mergeCell ref='").append(range).append("'/>");
        }
        Map<String, String> parts = Books.parts("");
        parts.put(
                "xl/worksheets/sheet1.xml",
                Books.worksheet(rows).replace("</sheetData>", "</sheetData>" + list + "</mergeCells>"));
        return Books.zip(parts);
    }

    private static List<List<String>> read(byte[] book, FormatOptions options) throws IOException {
        return Books.cells(Books.read(new Books.Memory("x", book), options, Limits.DEFAULT));
    }

    private static List<Evidence> evidence(byte[] book, FormatOptions options) throws IOException {
        return new XlsxFormat()
                .detect(new Books.Memory("x", book), options, Limits.DEFAULT).evidence().stream()
                        .filter(found -> found.option().equals("merged"))
                        .toList();
    }

    private static byte[] groups() {
        return book(
                "<row r='1'>" + cell("A1", "group") + cell("B1", "n") + "</row><row r='2'>" + cell("A2", "x")
                        + cell("B2", "1") + "</row><row r='3'><c r='A3'/>" + cell("B3", "2") + "</row>"
                        + "<row r='4'>" + cell("B4", "3") + cell("C4", "wide") + "</row><row r='5'/><row r='6'>"
                        + cell("B6", "4") + "</row>",
                "A2:A5",
                "C4:D4");
    }

    @Test
    void only_the_first_cell_has_the_value_and_the_ranges_are_named() throws Exception {
        assertThat(read(groups(), FormatOptions.NONE))
                .containsExactly(
                        List.of("group", "n"),
                        List.of("x", "1"),
                        List.of("", "2"),
                        List.of("", "3", "wide"),
                        List.of("", "4"));
        assertThat(evidence(groups(), FormatOptions.NONE)).singleElement().satisfies(found -> {
            assertThat(found.value()).isEqualTo("first");
            assertThat(found.reason()).contains("A2:A5, C4:D4", "merged=fill");
        });
        assertThat(evidence(groups(), FILL)).isEmpty();
        assertThat(evidence(Books.sheet("<row><c><v>1</v></c></row>"), FormatOptions.NONE))
                .isEmpty();
    }

    @Test
    void all_cells_have_the_value_when_that_is_wanted() throws Exception {
        assertThat(read(groups(), FILL))
                .containsExactly(
                        List.of("group", "n"),
                        List.of("x", "1"),
                        List.of("x", "2"),
                        List.of("x", "3", "wide", "wide"),
                        List.of("", "4"));
    }

    @Test
    void numbers_keep_their_kind_and_forms_when_they_are_filled_in() throws Exception {
        byte[] book = book(
                "<row r='1'><c r='A1'><v>0.1234567890123456</v></c>" + cell("B1", "a") + "</row><row r='2'>"
                        + cell("B2", "b") + "</row>",
                "A1:A2");
        assertThat(Books.read(new Books.Memory("x", book), FILL, Limits.DEFAULT)
                        .get(1)
                        .kinds())
                .isEqualTo("LT");
    }

    private static byte[] header() {
        return book(
                "<row r='1'>" + cell("A1", "Report") + "</row>" + "<row r='3'>" + cell("A3", "id") + cell("B3", "2024")
                        + cell("D3", "2025") + "</row><row r='4'>" + cell("B4", "min") + cell("C4", "max")
                        + cell("D4", "min") + "</row><row r='5'>" + cell("A5", "a") + cell("B5", "1") + "</row>",
                "A3:A4",
                "B3:C3");
    }

    @Test
    void the_rows_of_a_header_are_joined_when_that_is_wanted() throws Exception {
        FormatOptions rows = FormatOptions.NONE.with("headerRows", "3-4");
        assertThat(read(header(), rows))
                .containsExactly(
                        List.of("Report"), List.of("id", "2024 / min", "2024 / max", "2025 / min"), List.of("a", "1"));
        assertThat(evidence(header(), rows)).isEmpty();
        assertThat(evidence(header(), FormatOptions.NONE)).hasSize(1);
    }

    @Test
    void options_that_make_no_sense_are_refused() {
        for (Map.Entry<String, String> option : Map.of(
                        "merged", "yes", "headerRows", "2-1", "zone", "Nowhere", "dateFormat", "0.00")
                .entrySet()) {
            assertThatExceptionOfType(ProviderException.class)
                    .isThrownBy(
                            () -> new XlsxFormat().check(FormatOptions.NONE.with(option.getKey(), option.getValue())))
                    .satisfies(e -> assertThat(e.code()).isEqualTo("INVALID_OPTION"))
                    .withMessageContaining(option.getKey());
        }
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> read(header(), FormatOptions.NONE.with("headerRows", "1-2")))
                .withMessageContaining("names row 2, which has no cells");
    }

    @Test
    void overlapping_and_giant_ranges_are_refused() {
        StringBuilder row = new StringBuilder("<row r='1'>" + cell("A1", "x".repeat(1000)) + "</row>");
        byte[] wide = book(row.toString(), "A1:XFD1048576");
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> read(wide, FILL))
                .satisfies(e -> assertThat(e.code()).isEqualTo("LIMIT_EXCEEDED"));
        byte[] twice = book(row.toString(), "A1:XFD9", "A1:XFD8");
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> read(twice, FILL))
                .withMessageContaining("overlap");
    }

    @Test
    void results_that_may_be_out_of_date_are_told() throws Exception {
        Map<String, String> parts = Books.parts("<row><c><f>A2</f><v>0</v></c></row>");
        parts.computeIfPresent(
                "xl/workbook.xml", (path, xml) -> xml.replace("</sheets>", "</sheets><calcPr fullCalcOnLoad='1'/>"));
        assertThat(new XlsxFormat()
                        .detect(new Books.Memory("x", Books.zip(parts)), FormatOptions.NONE, Limits.DEFAULT)
                        .evidence())
                .extracting(Evidence::option)
                .contains("formulas");
    }
}
