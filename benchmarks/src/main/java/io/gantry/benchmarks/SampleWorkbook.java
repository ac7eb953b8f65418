// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * The sample file as a workbook such as a spreadsheet program would save it: numbers and dates as numbers, texts in the table
 * of shared strings.
 */
public final class SampleWorkbook {

    private static final int FLUSHED = 1_000;

    private SampleWorkbook() {}

    /**
     * Makes the workbook, unless it is there.
     *
     * @param folder where it shall be
     * @param rows how many
     * @return the workbook
     * @throws IOException when it cannot be written
     */
    public static Path make(Path folder, int rows) throws IOException {
        Path workbook = folder.resolve("sample-" + rows + ".xlsx");
        if (Files.exists(workbook)) {
            return workbook;
        }
        Path partial = Files.createTempFile(folder, "sample", ".part");
        try (OutputStream out = Files.newOutputStream(partial);
                CsvReader<CsvRecord> records = CsvReader.builder().ofCsvRecord(SampleFile.make(folder, rows, 0));
                Workbook book = new Workbook(out, "Sample", "1.0")) {
            Worksheet sheet = book.newWorksheet("people");
            int row = 0;
            for (CsvRecord csv : records) {
                write(sheet, row, csv);
                row++;
                if (row % FLUSHED == 0) {
                    sheet.flush();
                }
            }
        }
        return Files.move(partial, workbook);
    }

    private static void write(Worksheet sheet, int row, CsvRecord csv) {
        for (int column = 0; column < csv.getFieldCount(); column++) {
            String text = csv.getField(column);
            if (row == 0) {
                sheet.value(row, column, text);
                continue;
            }
            switch (column) {
                case 0, 9 -> sheet.value(row, column, Long.valueOf(text));
                case 4 -> {
                    sheet.value(row, column, LocalDate.parse(text));
                    sheet.style(row, column).format("yyyy-mm-dd").set();
                }
                case 5 -> sheet.value(row, column, new BigDecimal(text));
                default -> sheet.value(row, column, text);
            }
        }
    }
}
