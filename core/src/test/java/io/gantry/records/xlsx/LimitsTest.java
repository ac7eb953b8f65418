// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import static io.gantry.records.xlsx.Refusals.beyond;
import static io.gantry.records.xlsx.Refusals.part;
import static io.gantry.records.xlsx.Refusals.unreadable;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bombs and giants: each goes off at a limit, in bounded time and a small heap. */
@Timeout(60)
class LimitsTest {

    @Test
    void zip_bombs_go_off_at_the_limits() throws Exception {
        byte[] spaces = Books.bomb("xl/worksheets/sheet1.xml", "<worksheet><sheetData>", ' ', 100L << 20);
        beyond("inflateRatio", spaces, Limits.DEFAULT, "sheet 'Data'", "of 200");
        beyond("inflatedBytes", spaces, Limits.DEFAULT.inflated(5 << 20, 5000), "sheet 'Data'", "of 5242880");

        byte[] text = Books.bomb(
                "xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r='4'><c r='B4' t='str'><v>", 'x', 100L << 20);
        beyond("cellBytes", text, Limits.DEFAULT, "sheet 'Data', row 4", "of 1048576");

        beyond(
                "inflateRatio",
                Books.bomb("xl/workbook.xml", "<workbook>", ' ', 100L << 20),
                Limits.DEFAULT,
                "'xl/workbook.xml'");
        unreadable(Books.bomb("xl/workbook.xml", "<workbook a='", 'x', 3 << 20), "a tag has more than 1048576 bytes");
    }

    @Test
    void a_long_text_in_every_cell_counts_as_often_as_it_is_used() {
        Map<String, String> parts = Books.parts("<row><c t='s'><v>0</v></c></row>".repeat(2_000));
        parts.put("xl/sharedStrings.xml", "<sst><si><t>" + "x".repeat(100_000) + "</t></si></sst>");
        beyond(
                "inflatedBytes",
                Books.zip(parts),
                Limits.DEFAULT.inflated(100 << 20, 1_000_000),
                "sheet 'Data', row 10");
    }

    @Test
    void a_small_file_that_comes_to_a_lot_of_text_is_refused() {
        Map<String, String> parts = Books.parts("<row><c t='s'><v>0</v></c></row>".repeat(600));
        parts.put("xl/sharedStrings.xml", "<sst><si><t>" + "x".repeat(1 << 20) + "</t></si></sst>");
        beyond("inflateRatio", Books.zip(parts), Limits.DEFAULT.inflated(64L << 30, 2_000), "sheet 'Data', row ");
    }

    @Test
    void lists_without_end_are_refused() {
        String relation = "<Relationship Id='%d' Type='t' Target='x'/>";
        String sheets = "<workbook><sheets>" + "<sheet/>".repeat(100_000) + "</sheets></workbook>";
        Map<String, String> parts = Books.parts("");
        parts.put("xl/workbook.xml", sheets);
        unreadable(Books.zip(parts), "more than 5000 sheets");
        StringBuilder relations = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            relations.append(String.format(relation, i));
        }
        unreadable(part("xl/_rels/workbook.xml.rels", Books.relations(relations.toString())), "more than 5000 others");
        String name = "<workbook><sheets><sheet name='" + "x".repeat(5_000) + "'/></sheets></workbook>";
        unreadable(part("xl/workbook.xml", name), "an attribute has more than 2048 bytes");
    }

    @Test
    void workbooks_of_repeated_rows_are_no_bombs() throws Exception {
        byte[] book = Books.sheet("<row><c t='b'><v>1</v></c><c><v>7</v></c></row>".repeat(100_000));
        assertThat(Books.read(new Books.Memory("x", book), FormatOptions.NONE, Limits.DEFAULT.inflated(1L << 30, 1000)))
                .hasSize(100_000);
    }

    @Test
    void a_dimension_of_a_billion_rows_costs_nothing() throws Exception {
        Map<String, String> parts = Books.parts("");
        parts.put(
                "xl/worksheets/sheet1.xml",
                "<worksheet xmlns='" + Books.MAIN + "'><dimension ref='A1:XFD1000000000'/><sheetData>"
                        + "<row r='1'><c r='A1'><v>1</v></c></row><row r='500000000'><c r='C500000000'><v>2</v></c></row>"
                        + "<row r='1000000000'><c r='B1000000000'><v>3</v></c></row></sheetData></worksheet>");
        var rows = Books.read(Books.zip(parts));
        assertThat(rows).extracting(Books.Row::line).containsExactly(1L, 500_000_000L, 1_000_000_000L);
        assertThat(rows).extracting(Books.Row::cells).last().asString().isEqualTo("[, 3]");
    }

    @Test
    void links_in_every_cell_cost_nothing() throws Exception {
        String link = "<Relationship Id='h%1$d' Type='" + Books.RELATIONS
                + "/hyperlink' Target='https://example.org/customers/%1$d/profile' TargetMode='External'/>";
        StringBuilder links = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            links.append(String.format(link, i));
        }
        Map<String, String> parts = Books.parts("<row><c><v>1</v></c></row>");
        parts.put("xl/worksheets/_rels/sheet1.xml.rels", Books.relations(links.toString()));
        assertThat(Books.read(Books.zip(parts))).hasSize(1);
    }

    @Test
    void columns_cells_and_records_have_limits() {
        byte[] wide = Books.sheet("<row r='3'><c r='A3'><v>1</v></c><c r='F3'><v>1</v></c></row>");
        beyond("columns", wide, Limits.DEFAULT.columns(5), "sheet 'Data', row 3", "of 5");
        byte[] million = Books.sheet("<row r='3'>" + "<c><v>1</v></c>".repeat(1_000_000) + "</row>");
        beyond("columns", million, Limits.DEFAULT.inflated(1L << 30, 5000), "sheet 'Data', row 3", "of 16384");
        byte[] far = Books.sheet("<row><c r='ZZZZZZZZZZZZZZZZZZZZ1'><v>1</v></c></row>");
        beyond("columns", far, Limits.DEFAULT, "sheet 'Data', row 1");

        byte[] cell = Books.sheet("<row/><row><c t='inlineStr'><is><t>12345</t></is></c></row>");
        beyond("cellBytes", cell, Limits.DEFAULT.sizes(4, 100), "sheet 'Data', row 2", "of 4");
        byte[] record = Books.sheet("<row><c><v>123</v></c><c><v>456</v></c></row>");
        beyond("recordBytes", record, Limits.DEFAULT.sizes(4, 5), "sheet 'Data', row 1", "of 5");

        Map<String, String> parts = Books.parts("<row><c t='s'><v>0</v></c></row>");
        parts.put("xl/sharedStrings.xml", "<sst><si><t>1</t></si><si><r><t>12</t></r><r><t>345</t></r></si></sst>");
        beyond("cellBytes", Books.zip(parts), Limits.DEFAULT.sizes(4, 100), "shared text 2");
        beyond("bytes", Books.zip(parts), Limits.DEFAULT.bytes(100), "of 100");
    }

    @Test
    void a_package_of_endless_entries_is_refused_before_its_list_is_held() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < 90_000; i++) {
                zip.putNextEntry(new ZipEntry("part" + i));
            }
        }
        unreadable(bytes.toByteArray(), "more entries than a workbook has");
    }
}
