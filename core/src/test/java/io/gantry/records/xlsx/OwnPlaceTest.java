// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Elements count at their own place and in their own namespace; extensions use the same names for other things. */
class OwnPlaceTest {

    private static final String EXTENSION = " xmlns:e='http://schemas.microsoft.com/office/spreadsheetml/2010/11/main'";
    private static final String DATES = "<styleSheet xmlns='" + Books.MAIN
            + "'><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs>%s</styleSheet>";

    private static List<List<String>> cells(Map<String, String> parts) throws IOException {
        return Books.cells(Books.read(Books.zip(parts)));
    }

    private static Map<String, String> with(String rows, String path, String replaced, String by) {
        Map<String, String> parts = Books.parts(rows);
        parts.put("xl/styles.xml", String.format(DATES, ""));
        parts.computeIfPresent(path, (part, xml) -> xml.replace(replaced, by));
        return parts;
    }

    @Test
    void an_extension_does_not_reset_the_system_of_1904() throws Exception {
        for (String extension : List.of(
                "<extLst><ext" + EXTENSION + "><e:workbookPr/></ext></extLst>",
                "<extLst><ext><workbookPr date1904='0'/></ext></extLst>",
                "<e:workbookPr" + EXTENSION + " date1904='0'/>",
                "<workbookPr xmlns='urn:other' date1904='0'/>")) {
            Map<String, String> parts = with(
                    "<row><c s='1'><v>1</v></c></row>",
                    "xl/workbook.xml",
                    "<sheets>",
                    "<workbookPr date1904='1'/><sheets>");
            parts.computeIfPresent("xl/workbook.xml", (part, xml) -> xml.replace("</sheets>", "</sheets>" + extension));
            assertThat(cells(parts)).as(extension).containsExactly(List.of("1904-01-02"));
        }
    }

    @Test
    void an_extension_does_not_set_the_system_of_1904() throws Exception {
        for (String extension : List.of(
                "<extLst><ext><workbookPr date1904='1'/></ext></extLst>",
                "<e:workbookPr" + EXTENSION + " date1904='1'/>",
                "<workbookPr" + EXTENSION + " e:date1904='1'/>")) {
            Map<String, String> parts =
                    with("<row><c s='1'><v>61</v></c></row>", "xl/workbook.xml", "</sheets>", "</sheets>" + extension);
            assertThat(cells(parts)).as(extension).containsExactly(List.of("1900-03-01"));
        }
    }

    @Test
    void sheets_of_an_extension_are_none() throws Exception {
        String extension = "<extLst><ext" + EXTENSION + "><sheets><sheet name='x' r:id='s1'/></sheets>"
                + "<e:sheets><e:sheet name='y' r:id='s1'/></e:sheets></ext></extLst>";
        Map<String, String> parts = with("<row/>", "xl/workbook.xml", "</sheets>", "</sheets>" + extension);
        try (Workbook book =
                Workbook.open(new Books.Memory("x", Books.zip(parts)), io.gantry.spi.records.Limits.DEFAULT)) {
            assertThat(book.sheets()).extracting(Workbook.Sheet::name).containsExactly("Data");
        }
    }

    @Test
    void a_foreign_id_is_no_relation() throws Exception {
        Map<String, String> parts =
                with("<row><c><v>1</v></c></row>", "xl/workbook.xml", "r:id='s1'", "e:id='s9' r:id='s1'" + EXTENSION);
        assertThat(cells(parts)).containsExactly(List.of("1"));
    }

    @Test
    void styles_of_an_extension_are_none() throws Exception {
        Map<String, String> parts = Books.parts("<row><c s='1'><v>45296</v></c><c s='2'><v>45296</v></c></row>");
        parts.put(
                "xl/styles.xml",
                String.format(
                        DATES,
                        "<extLst><ext" + EXTENSION + "><cellXfs><xf numFmtId='14'/></cellXfs></ext></extLst>"
                                + "<e:cellXfs" + EXTENSION + "><xf numFmtId='14'/></e:cellXfs>"));
        assertThat(cells(parts)).containsExactly(List.of("2024-01-05", "45296"));
    }

    @Test
    void shared_texts_of_an_extension_are_none() throws Exception {
        Map<String, String> parts = Books.parts("<row><c t='s'><v>0</v></c></row>");
        parts.put(
                "xl/sharedStrings.xml",
                "<sst xmlns='" + Books.MAIN + "'" + EXTENSION
                        + "><extLst><si><t>x</t></si></extLst><e:si><t>y</t></e:si>"
                        + "<si><e:t>z</e:t><extLst><ext><t>w</t></ext></extLst><t>right</t></si></sst>");
        assertThat(cells(parts)).containsExactly(List.of("right"));
    }

    @Test
    void rows_cells_and_values_elsewhere_are_none() throws Exception {
        Map<String, String> parts = Books.parts("");
        parts.put(
                "xl/worksheets/sheet1.xml",
                "<worksheet xmlns='" + Books.MAIN + "'" + EXTENSION
                        + "><extLst><ext><sheetData><row><c><v>1</v></c></row>"
                        + "</sheetData></ext></extLst><row><c><v>2</v></c></row><sheetData><c><v>3</v></c>"
                        + "<row><extLst><c><v>4</v></c></extLst><e:c><v>5</v></e:c><c><e:v>6</e:v><extLst><v>7</v></extLst>"
                        + "<v>8</v></c></row></sheetData></worksheet>");
        assertThat(cells(parts)).containsExactly(List.of("8"));
    }

    @Test
    void relations_elsewhere_are_none() throws Exception {
        Map<String, String> parts = Books.parts("<row><c><v>1</v></c></row>");
        parts.computeIfPresent(
                "xl/_rels/workbook.xml.rels",
                (path, xml) -> xml.replace(
                        "</Relationships>",
                        "<x xmlns='u'><Relationship Id='s1' Type='" + Books.RELATIONS
                                + "/worksheet' Target='no.xml'/></x>"
                                + "<Relationship xmlns='u' Id='s1' Type='" + Books.RELATIONS
                                + "/worksheet' Target='no.xml'/>"
                                + "<Relationship Id='s7' Type='http://example.org/styles' Target='no.xml'/>"
                                + "</Relationships>"));
        assertThat(cells(parts)).containsExactly(List.of("1"));
    }

    @Test
    void parts_with_prefixes_and_strict_parts_are_read() throws Exception {
        Map<String, String> parts = Books.parts("");
        parts.put(
                "xl/worksheets/sheet1.xml",
                "<x:worksheet xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main'><x:sheetData><x:row><x:c><x:v>1</x:v>"
                        + "</x:c></x:row></x:sheetData></x:worksheet>");
        assertThat(cells(parts)).containsExactly(List.of("1"));
    }

    @Test
    void a_part_whose_root_is_of_another_vocabulary_is_refused() {
        Map<String, String> parts = Books.parts("");
        parts.put("xl/worksheets/sheet1.xml", "<worksheet xmlns='urn:other'><sheetData/></worksheet>");
        Refusals.unreadable(Books.zip(parts), "is not a sheet of cells");
    }

    @Test
    void an_inline_text_counts_more_than_a_number_beside_it() throws Exception {
        for (String cell : List.of(
                "<c t='inlineStr'><v>1.0</v><is><t>text</t></is></c>",
                "<c t='inlineStr'><is><t>text</t></is><v>1.0</v></c>",
                "<c t='str'><v>text</v><is><t>other</t></is></c>",
                "<c t='inlineStr'><v>text</v></c>",
                "<c t='str'><v>text</v><v>other</v></c>")) {
            assertThat(cells(Books.parts("<row>" + cell + "</row>"))).as(cell).containsExactly(List.of("text"));
        }
    }

    @Test
    void text_outside_the_root_and_parts_of_one_name_are_refused() throws Exception {
        Map<String, String> parts = Books.parts("");
        parts.computeIfPresent("xl/worksheets/sheet1.xml", (path, xml) -> "junk" + xml);
        Refusals.unreadable(Books.zip(parts), "text outside the root");
        for (String twin : List.of("XL/Worksheets/Sheet1.xml", "xl\\worksheets\\sheet1.xml")) {
            Map<String, String> twice = Books.parts("<row><c><v>1</v></c></row>");
            twice.put(twin, Books.worksheet("<row><c><v>2</v></c></row>"));
            Refusals.unreadable(Books.zip(twice), "is there twice");
        }
        byte[] same = Books.sheet("<row><c><v>1</v></c></row>");
        Map<String, String> other = Books.parts("<row><c><v>1</v></c></row>");
        other.put("xl/worksheets/sheet9.xml", "");
        byte[] twin = new String(Books.zip(other), java.nio.charset.StandardCharsets.ISO_8859_1)
                .replace("sheet9.xml", "sheet1.xml")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        Refusals.unreadable(twin, "is there twice");
        assertThat(Books.read(same)).hasSize(1);
    }
}
