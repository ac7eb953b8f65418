// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFRichTextString;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random sheets of all kinds of cells, written by another library, are read as they were meant. */
class PoiRoundTripTest {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final List<String> TEXTS = List.of(
            "plain",
            " both ends ",
            "line\nbreak",
            "tab\there",
            "<&>\"'",
            "Ünïcödé 日本 \uD83D\uDE00",
            "=1+1",
            "0012",
            "a_b_x");

    private final List<Books.Row> expected = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void random_sheets_are_read_as_they_were_written(long seed) throws Exception {
        Random random = new Random(seed);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean date1904 = seed % 3 == 0;
        try (Workbook book = book(seed, date1904)) {
            fill(book, random, date1904);
            book.write(bytes);
        }
        List<Books.Row> rows = Books.read(bytes.toByteArray());
        for (int i = 0; i < Math.min(rows.size(), expected.size()); i++) {
            assertThat(rows.get(i).cells()).isEqualTo(expected.get(i).cells());
            assertThat(rows.get(i).line()).isEqualTo(expected.get(i).line());
            // Whether the digits behind the first 15 count is for the tests of numbers.
            assertThat(rows.get(i).kinds().replace('L', 'N'))
                    .isEqualTo(expected.get(i).kinds());
        }
        assertThat(rows).hasSameSizeAs(expected);
    }

    private static Workbook book(long seed, boolean date1904) {
        XSSFWorkbook book = new XSSFWorkbook();
        if (date1904) {
            book.getCTWorkbook().getWorkbookPr().setDate1904(true);
        }
        // Streaming without and with shared texts.
        return seed % 4 == 1
                ? new SXSSFWorkbook(book, 10)
                : seed % 4 == 2 ? new SXSSFWorkbook(book, 10, true, true) : book;
    }

    private void fill(Workbook book, Random random, boolean date1904) throws IOException {
        Sheet sheet = book.createSheet("Random");
        CellStyle date = book.createCellStyle();
        date.setDataFormat(book.createDataFormat().getFormat("dd.mm.yyyy hh:mm"));
        CellStyle money = book.createCellStyle();
        money.setDataFormat(book.createDataFormat().getFormat("#,##0.00 \"days\""));
        int line = 0;
        for (int i = 0; i < 300; i++) {
            line += 1 + (random.nextInt(10) == 0 ? random.nextInt(50) : 0);
            Row row = sheet.createRow(line - 1);
            List<String> cells = new ArrayList<>();
            StringBuilder kinds = new StringBuilder();
            int columns = random.nextInt(random.nextInt(20) == 0 ? 200 : 12);
            for (int column = 0; column < columns; column++) {
                if (random.nextInt(5) == 0) {
                    cells.add("");
                    kinds.append('T');
                    if (random.nextBoolean()) {
                        row.createCell(column).setCellStyle(money);
                    }
                } else {
                    cell(row.createCell(column), random, date, money, date1904, cells, kinds);
                }
            }
            expect(line, cells, kinds);
        }
    }

    private void expect(int line, List<String> cells, StringBuilder kinds) {
        int width = cells.size();
        while (width > 0 && cells.get(width - 1).isEmpty()) {
            width--;
        }
        if (width > 0) {
            expected.add(new Books.Row(
                    expected.size() + 1, line, List.copyOf(cells.subList(0, width)), kinds.substring(0, width)));
        }
    }

    private static void cell(
            Cell cell,
            Random random,
            CellStyle date,
            CellStyle money,
            boolean date1904,
            List<String> cells,
            StringBuilder kinds) {
        switch (random.nextInt(7)) {
            case 0 -> {
                double value = random.nextBoolean() ? random.nextInt(100_000) / 100.0 : random.nextGaussian() * 1e9;
                cell.setCellValue(value);
                cell.setCellStyle(
                        random.nextBoolean()
                                ? money
                                : cell.getSheet().getWorkbook().getCellStyleAt(0));
                cells.add(number(value));
                kinds.append('N');
            }
            case 1 -> {
                cell.setCellValue(random.nextInt());
                cells.add(number(cell.getNumericCellValue()));
                kinds.append('N');
            }
            case 2 -> {
                LocalDateTime moment = LocalDateTime.of(date1904 ? 1904 : 1900, 3, 1, 0, 0)
                        .plusDays(random.nextInt(80_000))
                        .plusSeconds(random.nextBoolean() ? 0 : random.nextInt(86_400));
                cell.setCellValue(moment);
                cell.setCellStyle(date);
                String text = SECONDS.format(moment);
                cells.add(text.endsWith("T00:00:00") ? text.substring(0, 10) : text);
                kinds.append('D');
            }
            case 3 -> {
                boolean value = random.nextBoolean();
                cell.setCellValue(value);
                cells.add(value ? "TRUE" : "FALSE");
                kinds.append('B');
            }
            case 4 -> {
                cell.setCellErrorValue(FormulaError.DIV0.getCode());
                cells.add("#DIV/0!");
                kinds.append('E');
            }
            case 5 -> {
                String text = TEXTS.get(random.nextInt(TEXTS.size())) + random.nextInt(50);
                cell.setCellValue(text);
                cells.add(text);
                kinds.append('T');
            }
            default -> {
                String text = "bold and plain " + random.nextInt(10);
                XSSFRichTextString rich = new XSSFRichTextString(text);
                if (!(cell.getSheet().getWorkbook() instanceof SXSSFWorkbook)) {
                    rich.applyFont(0, 4, new org.apache.poi.xssf.usermodel.XSSFFont());
                }
                cell.setCellValue(rich);
                cells.add(text);
                kinds.append('T');
            }
        }
    }

    private static String number(double value) {
        BigDecimal text = new BigDecimal(Double.toString(value));
        BigDecimal rounded = text.precision() <= 15
                ? text
                : new BigDecimal(value).round(new MathContext(15, RoundingMode.HALF_EVEN));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
