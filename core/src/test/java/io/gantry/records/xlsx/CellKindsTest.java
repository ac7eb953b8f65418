// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.ProviderException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What stands in the cells of a sheet, and how it is read; all workbooks are written by hand. */
class CellKindsTest {

    private static final String STYLES = "<styleSheet xmlns='" + Books.MAIN + "'>"
            + "<numFmts><numFmt numFmtId='200' formatCode='[h]:mm:ss'/>"
            + "<numFmt numFmtId='201' formatCode='0.00&quot; days&quot;'/></numFmts>"
            + "<cellStyleXfs><xf numFmtId='14'/><xf numFmtId='14'/></cellStyleXfs>"
            + "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='22'/><xf numFmtId='200'/>"
            + "<xf numFmtId='201'/></cellXfs>"
            + "<dxfs><dxf><numFmt numFmtId='201' formatCode='yyyy'/></dxf></dxfs></styleSheet>";

    private static Books.Row only(String row) throws IOException {
        return only(Books.parts("<row>" + row + "</row>"));
    }

    private static Books.Row only(Map<String, String> parts) throws IOException {
        List<Books.Row> rows = Books.read(Books.zip(parts));
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private static Map<String, String> shared(String items, String row) {
        Map<String, String> parts = Books.parts("<row>" + row + "</row>");
        parts.put("xl/sharedStrings.xml", "<sst xmlns='" + Books.MAIN + "'>" + items + "</sst>");
        return parts;
    }

    private static Map<String, String> styled(String row) {
        Map<String, String> parts = Books.parts("<row>" + row + "</row>");
        parts.put("xl/styles.xml", STYLES);
        return parts;
    }

    private static Map<String, String> in1904(Map<String, String> parts) {
        parts.computeIfPresent(
                "xl/workbook.xml", (path, xml) -> xml.replace("<sheets>", "<workbookPr date1904='1'/><sheets>"));
        return parts;
    }

    @Test
    void shared_texts_are_found_by_number() throws Exception {
        Books.Row row = only(shared(
                "<si><t>a</t></si><si/><si><t>b</t></si>",
                "<c t='s'><v>2</v></c><c t='s'><v>1</v></c><c t='s'><v>0</v></c>"));
        assertThat(row.cells()).containsExactly("b", "", "a");
        assertThat(row.kinds()).isEqualTo("TTT");
    }

    @Test
    void runs_of_rich_text_are_joined_and_pronunciation_is_left_out() throws Exception {
        String rich = "<r><rPr><b/></rPr><t>東</t></r><r><t xml:space='preserve'> 京</t></r>"
                + "<rPh sb='0' eb='1'><t>トウキョウ</t></rPh><phoneticPr fontId='1'/>";
        Books.Row row = only(
                shared("<si>" + rich + "</si>", "<c t='s'><v>0</v></c><c t='inlineStr'><is>" + rich + "</is></c>"));
        assertThat(row.cells()).containsExactly("東 京", "東 京");
    }

    @Test
    void blanks_at_the_ends_of_texts_are_kept() throws Exception {
        assertThat(only("<c t='inlineStr'><is><t xml:space='preserve'>  a\n </t></is></c>"
                                + "<c t='inlineStr'><is><t> b </t></is></c>")
                        .cells())
                .containsExactly("  a\n ", " b ");
    }

    @Test
    void formulas_count_as_their_saved_values() throws Exception {
        Books.Row row = only("<c><f>1+1</f><v>2</v></c><c t='str'><f>\"a\"&amp;\"b\"</f><v>ab</v></c>"
                + "<c t='b'><f>TRUE()</f><v>1</v></c><c t='e'><f>1/0</f><v>#DIV/0!</v></c><c><f>NOW()</f></c>"
                + "<c t='str'><f>T(1)</f><v></v></c><c><v>7</v></c>");
        assertThat(row.cells()).containsExactly("2", "ab", "TRUE", "#DIV/0!", "", "", "7");
        assertThat(row.kinds()).isEqualTo("NTBEFTN");
    }

    @Test
    void truth_values_and_errors_say_what_they_are() throws Exception {
        Books.Row row = only("<c t='b'><v>0</v></c><c t='b'><v>true</v></c><c t='e'><v>#N/A</v></c>");
        assertThat(row.cells()).containsExactly("FALSE", "TRUE", "#N/A");
        assertThat(row.kinds()).isEqualTo("BBE");
    }

    @Test
    void cells_that_are_not_what_they_say_are_texts() throws Exception {
        Books.Row row = only("<c><v>12a</v></c><c t='b'><v>2</v></c><c t='d'><v>yesterday</v></c><c><v>1E999</v></c>");
        assertThat(row.cells()).containsExactly("12a", "2", "yesterday", "1E999");
        assertThat(row.kinds()).isEqualTo("TTTT");
    }

    @Test
    void dates_are_told_by_their_style() throws Exception {
        Books.Row row = only(styled("<c s='0'><v>45296</v></c><c s='1'><v>45296</v></c><c s='2'><v>45296.75</v></c>"
                + "<c s='1'><v>0.5</v></c><c s='4'><v>45296</v></c><c s='99'><v>1</v></c>"));
        assertThat(row.cells()).containsExactly("45296", "2024-01-05", "2024-01-05T18:00:00", "12:00:00", "45296", "1");
        assertThat(row.kinds()).isEqualTo("NDDDNN");
    }

    @Test
    void the_year_1900_has_the_leap_day_that_spreadsheets_believe_in() throws Exception {
        Books.Row row = only(styled("<c s='1'><v>1</v></c><c s='1'><v>59</v></c><c s='1'><v>60</v></c>"
                + "<c s='1'><v>61</v></c><c s='2'><v>60.5</v></c>"));
        assertThat(row.cells())
                .containsExactly("1900-01-01", "1900-02-28", "1900-02-29", "1900-03-01", "1900-02-29T12:00:00");
        assertThat(row.kinds()).isEqualTo("DDTDT");
    }

    @Test
    void the_system_of_1904_begins_with_that_year() throws Exception {
        Books.Row row = only(in1904(styled("<c s='1'><v>1</v></c><c s='1'><v>60</v></c><c s='2'><v>43834.25</v></c>"
                + "<c s='2'><v>0.25</v></c>")));
        assertThat(row.cells()).containsExactly("1904-01-02", "1904-03-01", "2024-01-05T06:00:00", "06:00:00");
    }

    @Test
    void numbers_outside_the_calendar_stay_numbers() throws Exception {
        Books.Row row = only(styled("<c s='1'><v>-1</v></c><c s='1'><v>2958465</v></c><c s='1'><v>2958466</v></c>"
                + "<c s='1'><v>1e30</v></c>"));
        assertThat(row.cells()).containsExactly("-1", "9999-12-31", "2958466", "1000000000000000000000000000000");
        assertThat(row.kinds()).isEqualTo("NDNL");
    }

    @Test
    void lengths_of_time_go_on_beyond_a_day() throws Exception {
        Books.Row row = only(styled("<c s='3'><v>0.25</v></c><c s='3'><v>1.5</v></c><c s='3'><v>100</v></c>"));
        assertThat(row.cells()).containsExactly("06:00:00", "36:00:00", "2400:00:00");
        assertThat(row.kinds()).isEqualTo("DTT");
    }

    @Test
    void iso_dates_take_the_same_form_as_others() throws Exception {
        Books.Row row = only("<c t='d'><v>2024-01-05</v></c><c t='d'><v>2024-01-05T00:00:00.000Z</v></c>"
                + "<c t='d'><v>2024-01-05T10:11</v></c><c t='d'><v>2024-12-31T23:59:59.6</v></c>"
                + "<c t='d'><v>12:30:00</v></c><c t='d'><v>T12:30</v></c>");
        assertThat(row.cells())
                .containsExactly(
                        "2024-01-05",
                        "2024-01-05",
                        "2024-01-05T10:11:00",
                        "2024-12-31T23:59:59.600",
                        "12:30:00",
                        "12:30:00");
        assertThat(row.kinds()).isEqualTo("DDDDDD");
    }

    @Test
    void cells_and_rows_without_references_follow_one_another() throws Exception {
        List<Books.Row> rows = Books.read(Books.sheet("<row><c><v>1</v></c><c r='D1'><v>2</v></c><c><v>3</v></c></row>"
                + "<row/><row><c><v>4</v></c></row><row r='9'><c r='B9'><v>5</v></c></row><row><c><v>6</v></c></row>"));
        assertThat(Books.cells(rows))
                .containsExactly(List.of("1", "", "", "2", "3"), List.of("4"), List.of("", "5"), List.of("6"));
        assertThat(rows).extracting(Books.Row::line).containsExactly(1L, 3L, 9L, 10L);
        assertThat(rows).extracting(Books.Row::number).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void cells_out_of_order_are_put_in_order() throws Exception {
        assertThat(only("<c r='C1'><v>3</v></c><c r='A1'><v>1</v></c>").cells()).containsExactly("1", "", "3");
    }

    @Test
    void a_row_ends_with_its_last_cell_that_is_not_empty() throws Exception {
        List<Books.Row> rows = Books.read(Books.sheet("<row><c r='B1'><v>1</v></c><c r='C1' s='3'/><c r='XFE1'/></row>"
                + "<row><c s='1'/><c t='inlineStr'><is><t/></is></c></row><row><c t='str'><v></v></c></row>"));
        assertThat(Books.cells(rows)).containsExactly(List.of("", "1"));
    }

    @Test
    void a_cell_of_one_row_does_not_show_in_the_next() throws Exception {
        List<Books.Row> rows = Books.read(Books.sheet(
                "<row><c r='A1' t='b'><v>1</v></c><c r='B1'><v>2</v></c></row>" + "<row><c r='B2'><v>3</v></c></row>"));
        assertThat(rows.get(1).cells()).containsExactly("", "3");
        assertThat(rows.get(1).kinds()).isEqualTo("TN");
    }

    @Test
    void escapes_stand_for_what_xml_cannot_hold() throws Exception {
        Books.Row row = only(shared(
                "<si><t>a_x000D_b_x005F_x000D_c_x00e9_</t></si>",
                "<c t='s'><v>0</v></c><c t='inlineStr'><is><t>_xD83D__xDE00_ _x5_ _x_ __x0041_</t></is></c>"
                        + "<c t='str'><v>_x0009_</v></c><c t='inlineStr'><is><t>_x005F_x005F_</t></is></c>"
                        + "<c t='inlineStr'><is><t>_xD83D_</t></is></c>"));
        assertThat(row.cells()).containsExactly("a\rb_x000D_cé", "\uD83D\uDE00 _x5_ _x_ _A", "\t", "_x005F_", "\uFFFD");
    }

    @Test
    void references_comments_and_cdata_are_resolved() throws Exception {
        Books.Row row =
                only("<c t='inlineStr'><is><t>&lt;&#233;&#x1F600;&amp;<!-- no > --><![CDATA[<&>]]]]>&quot;<?x y?>"
                        + "&apos;</t></is></c><!-- c --><c t='inlineStr'><is><t>a\r\nb\rc&#13;</t></is></c>");
        assertThat(row.cells()).containsExactly("<é\uD83D\uDE00&<&>]]\"'", "a\nb\nc\r");
    }

    @Test
    void prefixes_and_the_namespaces_of_strict_workbooks_make_no_difference() throws Exception {
        Map<String, String> parts = styled("");
        String strict = "http://purl.oclc.org/ooxml/spreadsheetml/main";
        parts.replaceAll(
                (path, xml) -> xml.replace(Books.RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships")
                        .replace(Books.MAIN, strict));
        parts.put(
                "xl/worksheets/sheet1.xml",
                "<x:worksheet xmlns:x='" + strict + "' xmlns:y='other'><x:sheetData><x:row r='2' y:r='7'>"
                        + "<x:c r='B2' y:t='b' s='1'><x:v>45296</x:v></x:c></x:row></x:sheetData></x:worksheet>");
        Books.Row row = only(parts);
        assertThat(row.cells()).containsExactly("", "2024-01-05");
        assertThat(row.line()).isEqualTo(2);
    }

    @Test
    void parts_may_be_in_utf_16_or_begin_with_a_mark() throws Exception {
        Map<String, String> parts = Books.parts("");
        String sheet = Books.worksheet("<row><c t='inlineStr'><is><t>日本 \uD83D\uDE00</t></is></c></row>");
        for (var charset : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE, StandardCharsets.UTF_8)) {
            for (String mark : List.of("\uFEFF", "")) {
                byte[] bytes = (mark + "<?xml version='1.0' encoding='"
                                + (charset == StandardCharsets.UTF_8 ? "utf-8" : "UTF-16") + "'?>" + sheet)
                        .getBytes(charset);
                byte[] book = Books.zip(parts, Map.of("xl/worksheets/sheet1.xml", bytes));
                assertThat(Books.cells(Books.read(book))).containsExactly(List.of("日本 \uD83D\uDE00"));
            }
        }
    }

    @Test
    void parts_in_other_encodings_are_refused() {
        Map<String, String> parts = Books.parts("");
        parts.computeIfPresent(
                "xl/worksheets/sheet1.xml", (path, xml) -> "<?xml version='1.0' encoding='ISO-8859-1'?>" + xml);
        Assertions.assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> Books.read(Books.zip(parts)))
                .withMessageContaining("its encoding 'ISO-8859-1' is neither UTF-8 nor UTF-16");
    }

    @Test
    void parts_are_found_whatever_the_case_and_slashes_of_their_names() throws Exception {
        Map<String, String> parts = shared("<si><t>a</t></si>", "<c t='s'><v>0</v></c>");
        Map<String, String> renamed = new java.util.LinkedHashMap<>();
        parts.forEach((path, xml) -> renamed.put(
                path.startsWith("_")
                        ? path
                        : path.toUpperCase(java.util.Locale.ROOT).replace('/', '\\'),
                xml));
        assertThat(only(renamed).cells()).containsExactly("a");
    }

    @Test
    void targets_may_be_absolute() throws Exception {
        Map<String, String> parts = Books.parts("<row><c><v>1</v></c></row>");
        parts.replaceAll((path, xml) ->
                xml.replace("Target='xl/", "Target='/xl/").replace("Target='worksheets/", "Target='/xl/worksheets/"));
        assertThat(only(parts).cells()).containsExactly("1");
    }

    @Test
    void many_records_come_in_batches_with_numbers_that_go_on() throws Exception {
        String rows = String.join("", Collections.nCopies(30, "<row><c><v>5</v></c></row>"));
        assertThat(Books.read(Books.sheet(rows)))
                .extracting(Books.Row::number)
                .containsExactlyElementsOf(
                        java.util.stream.LongStream.rangeClosed(1, 30).boxed().toList());
    }
}
