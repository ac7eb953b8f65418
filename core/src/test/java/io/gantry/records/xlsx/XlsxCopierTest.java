// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.CopyingFormat.RecordCopier;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XlsxCopierTest {

    private static final List<String> FRONT = List.of("12", "BAD_DATE", "=not a date");

    private static byte[] copy(FileContent file, FormatOptions options) throws IOException {
        XlsxFormat format = new XlsxFormat();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TextBatch batch = new TextBatch(10);
        try (RecordCopier copier = format.copier(bytes, options);
                RecordReader reader = format.reader(file, options, Limits.DEFAULT)) {
            copier.write(List.of("line", "code", "message"));
            while (reader.read(batch)) {
                for (int i = 0; i < batch.size(); i++) {
                    copier.copy(FRONT, batch, i, 0);
                }
            }
        }
        return bytes.toByteArray();
    }

    private static void assertCopied(FileContent file) throws IOException {
        List<Books.Row> original = Books.read(file);
        List<Books.Row> copied = Books.read(copy(file, FormatOptions.NONE));
        assertThat(copied).hasSize(original.size() + 1);
        assertThat(copied.get(0).cells()).containsExactly("line", "code", "message");
        for (int i = 0; i < original.size(); i++) {
            List<String> cells = new ArrayList<>(FRONT);
            cells.addAll(original.get(i).cells());
            assertThat(copied.get(i + 1).cells()).isEqualTo(cells);
            assertThat(copied.get(i + 1).kinds())
                    .isEqualTo("TTT" + original.get(i).kinds());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "datasets/real-estate-valuation.xlsx",
                "edge-xlsx/issue-313.xlsx",
                "edge-xlsx/skip-rows.xlsx",
                "edge-xlsx/preserve-formatting-percentage.xlsx",
                "edge-xlsx/table-infer-boolean.xlsx"
            })
    void copies_of_real_workbooks_have_the_same_cells(String file) throws Exception {
        assertCopied(new Books.OnDisk(Path.of("..", "testdata", file)));
    }

    @Test
    void every_kind_of_cell_keeps_its_kind() throws Exception {
        Map<String, String> parts = Books.parts("<row><c><v>-1.5</v></c><c/><c t='b'><v>0</v></c><c t='b'><v>1</v></c>"
                + "<c t='e'><v>#N/A</v></c><c s='1'><v>45296</v></c><c s='1'><v>45296.5</v></c><c s='1'><v>0.75</v></c>"
                + "<c s='1'><v>60</v></c><c s='1'><v>1</v></c><c t='inlineStr'><is><t> a_x005F_x0041_ </t></is></c>"
                + "<c><v>1E300</v></c><c t='str'><v>=1+1</v></c></row>");
        parts.put("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='22'/></cellXfs></styleSheet>");
        FileContent file = new Books.Memory("kinds.xlsx", Books.zip(parts));
        assertThat(Books.read(file).get(0).kinds()).isEqualTo("NTBBEDDDTDTLT");
        assertCopied(file);
    }

    @Test
    void spreadsheet_programs_find_numbers_dates_and_texts_in_a_copy() throws Exception {
        Map<String, String> parts =
                Books.parts("<row><c><v>7.25</v></c><c s='1'><v>45296.5</v></c><c t='str'><v>=1+1</v></c></row>");
        parts.put("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='22'/></cellXfs></styleSheet>");
        byte[] copy = copy(new Books.Memory("kinds.xlsx", Books.zip(parts)), FormatOptions.NONE);
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(copy))) {
            XSSFSheet sheet = book.getSheetAt(0);
            assertThat(sheet.getRow(1).getCell(2).getCellType()).isEqualTo(CellType.STRING);
            assertThat(sheet.getRow(1).getCell(3).getNumericCellValue()).isEqualTo(7.25);
            assertThat(sheet.getRow(1).getCell(4).getLocalDateTimeCellValue()).isEqualTo("2024-01-05T12:00:00");
            assertThat(sheet.getRow(1).getCell(5).getCellType()).isEqualTo(CellType.STRING);
        }
    }

    @Test
    void a_copy_is_found_under_the_options_of_the_original() throws Exception {
        for (String sheet : List.of("Grades", "2", "5")) {
            FormatOptions options = FormatOptions.NONE.with("sheet", sheet);
            byte[] copy = copy(new Books.Memory("book.xlsx", SheetChoiceTest.book()), options);
            assertThat(Books.read(new Books.Memory("copy.xlsx", copy), options, Limits.DEFAULT))
                    .hasSize(2);
        }
    }

    @Test
    void a_full_sheet_is_followed_by_another() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RecordCopier copier = new XlsxCopier(bytes, SheetNames.of(FormatOptions.NONE), 2)) {
            for (String cell : List.of("a", "b", "c")) {
                copier.write(List.of(cell));
            }
        }
        FormatOptions second = FormatOptions.NONE.with("sheet", "Data (2)");
        assertThat(Books.cells(Books.read(bytes.toByteArray())))
                .containsExactly(List.of("a"), List.of("b"), List.of("c"));
        assertThat(Books.cells(Books.read(new Books.Memory("x", bytes.toByteArray()), second, Limits.DEFAULT)))
                .containsExactly(List.of("c"));
    }

    @Test
    void nothing_copied_is_a_workbook_all_the_same() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new XlsxFormat().copier(bytes, FormatOptions.NONE).close();
        assertThat(Books.read(bytes.toByteArray())).isEmpty();
    }
}
