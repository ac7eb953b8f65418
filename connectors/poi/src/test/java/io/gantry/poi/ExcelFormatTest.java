// SPDX-License-Identifier: Apache-2.0
package io.gantry.poi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gantry.spi.ProviderException;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordFormat;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import java.io.File;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.poi.hssf.usermodel.HSSFCell;
import org.apache.poi.hssf.usermodel.HSSFCellStyle;
import org.apache.poi.hssf.usermodel.HSSFRow;
import org.apache.poi.hssf.usermodel.HSSFSheet;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.util.CellRangeAddress;
import org.junit.jupiter.api.Test;

/** Workbooks of Excel 97 to 2003, and workbooks behind passwords. */
class ExcelFormatTest {

    private static final FormatOptions NAMED = FormatOptions.NONE.with("passwordName", "school");
    private static final ExcelFormat WITH_PASSWORD =
            new ExcelFormat(name -> name.equals("school") ? Optional.of("s3cret") : Optional.empty());

    private static void kinds(HSSFWorkbook book) {
        HSSFSheet sheet = book.createSheet("Kinds");
        HSSFRow row = sheet.createRow(2);
        row.createCell(0).setCellValue(4101);
        row.getCell(0).setCellStyle(style(book, "00000"));
        row.createCell(1).setCellValue(LocalDateTime.of(2024, 1, 5, 8, 7, 0, 250_000_000));
        row.getCell(1).setCellStyle(style(book, "yyyy-mm-dd hh:mm"));
        row.createCell(2).setCellValue(true);
        row.createCell(3).setCellErrorValue(FormulaError.DIV0);
        row.createCell(4).setCellValue("a <b> & _x0041_\n\u00e9");
        HSSFCell formula = row.createCell(5);
        formula.setCellFormula("1+1");
        HSSFCell text = row.createCell(6);
        text.setCellFormula("\"a\"&\"b\"");
        row.createCell(8).setCellValue(0.1 + 0.2);
        row.createCell(9).setCellValue(4111111111111111.0);
        sheet.createRow(5).createCell(0).setCellValue("below");
        book.getCreationHelper().createFormulaEvaluator().evaluateAll();
    }

    private static HSSFCellStyle style(HSSFWorkbook book, String format) {
        HSSFCellStyle style = book.createCellStyle();
        style.setDataFormat(book.createDataFormat().getFormat(format));
        return style;
    }

    private static final List<List<String>> KINDS = List.of(
            List.of(
                    "N4101",
                    "D2024-01-05T08:07:00.250",
                    "BTRUE",
                    "E#DIV/0!",
                    "Ta <b> & _x0041_\n\u00e9",
                    "N2",
                    "Tab",
                    "",
                    "N0.3",
                    "L4111111111111110"),
            List.of("Tbelow"));

    @Test
    void it_is_found_by_its_name() {
        assertThat(ServiceLoader.load(RecordFormat.class))
                .extracting(RecordFormat::name)
                .contains("excel", "xlsx");
    }

    @Test
    void every_kind_of_cell_of_an_old_workbook_is_read() throws Exception {
        byte[] book = OldBooks.xls(ExcelFormatTest::kinds);
        assertThat(OldBooks.read(new ExcelFormat(), book, FormatOptions.NONE)).isEqualTo(KINDS);
    }

    @Test
    void sheets_are_chosen_and_merged_cells_filled_as_in_xlsx() throws Exception {
        byte[] book = OldBooks.xls(old -> {
            HSSFSheet first = old.createSheet("First");
            OldBooks.fill(first, List.of(List.of("x")));
            HSSFSheet sheet = old.createSheet("Second");
            OldBooks.fill(sheet, List.of(List.of("a", "b"), List.of("", "c")));
            sheet.getRow(1).removeCell(sheet.getRow(1).getCell(0));
            sheet.addMergedRegion(new CellRangeAddress(0, 1, 0, 0));
            old.setSheetHidden(0, true);
        });
        assertThat(OldBooks.read(new ExcelFormat(), book, FormatOptions.NONE))
                .containsExactly(List.of("Ta", "Tb"), List.of("", "Tc"));
        assertThat(OldBooks.read(new ExcelFormat(), book, FormatOptions.NONE.with("merged", "fill")))
                .containsExactly(List.of("Ta", "Tb"), List.of("Ta", "Tc"));
        assertThat(OldBooks.read(new ExcelFormat(), book, FormatOptions.NONE.with("sheet", "First")))
                .containsExactly(List.of("Tx"));
        var detection = WITH_PASSWORD.detect(new OldBooks.Memory("x.xls", book), NAMED, Limits.DEFAULT);
        assertThat(detection.options().values())
                .containsEntry("sheet", "Second")
                .containsEntry("passwordName", "school");
    }

    @Test
    void workbooks_behind_a_password_are_read_with_it() throws Exception {
        byte[] old = OldBooks.xls("s3cret", ExcelFormatTest::kinds);
        assertThat(OldBooks.read(WITH_PASSWORD, old, NAMED)).isEqualTo(KINDS);
        byte[] plain = OldBooks.xlsx(List.of(Field.of("id", FieldType.STRING)), List.of(List.of("1")));
        for (EncryptionMode mode : new EncryptionMode[] {EncryptionMode.standard, EncryptionMode.agile}) {
            byte[] book = OldBooks.encrypted(plain, "s3cret", mode);
            assertThat(OldBooks.read(WITH_PASSWORD, book, NAMED)).containsExactly(List.of("Tid"), List.of("T1"));
        }
    }

    @Test
    void a_missing_or_wrong_password_is_named_but_never_shown() throws Exception {
        byte[] plain = OldBooks.xlsx(List.of(Field.of("id", FieldType.STRING)), List.of());
        for (byte[] book : List.of(
                OldBooks.xls("other", ExcelFormatTest::kinds),
                OldBooks.encrypted(plain, "other", EncryptionMode.standard))) {
            refused(book, FormatOptions.NONE, "name its password in the option 'passwordName'");
            refused(book, FormatOptions.NONE.with("passwordName", "work"), "knows no password named 'work'");
            refused(book, NAMED, "the password named 'school' does not open it");
        }
    }

    private static void refused(byte[] book, FormatOptions options, String words) {
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> OldBooks.read(WITH_PASSWORD, book, options))
                .withMessageContaining(words)
                .satisfies(e -> assertThat(e.code()).isEqualTo("FILE_ENCRYPTED"))
                .satisfies(e -> assertThat(e.getMessage() + e.details()).doesNotContain("s3cret"));
    }

    @Test
    void a_damaged_workbook_says_so_and_leaves_no_files() throws Exception {
        byte[] book = OldBooks.xls(ExcelFormatTest::kinds);
        int before = temporaryFiles();
        for (int length : new int[] {100, 600, 2_000, book.length / 2}) {
            assertThatExceptionOfType(ProviderException.class)
                    .isThrownBy(() -> OldBooks.read(new ExcelFormat(), Arrays.copyOf(book, length), FormatOptions.NONE))
                    .satisfies(e -> assertThat(e.code()).isEqualTo("FILE_UNREADABLE"));
        }
        OldBooks.read(new ExcelFormat(), book, FormatOptions.NONE);
        assertThat(temporaryFiles()).isLessThanOrEqualTo(before);
    }

    private static int temporaryFiles() {
        String[] names = new File(System.getProperty("java.io.tmpdir"))
                .list((folder, name) -> name.startsWith("gantry-") && name.endsWith(".compound"));
        return names == null ? 0 : names.length;
    }

    @Test
    void a_password_has_a_name() {
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> new ExcelFormat().check(FormatOptions.NONE.with("passwordName", " ")))
                .satisfies(e -> assertThat(e.code()).isEqualTo("INVALID_OPTION"));
        assertThat(new ExcelFormat().optionNames()).contains("passwordName", "sheet", "merged");
    }
}
