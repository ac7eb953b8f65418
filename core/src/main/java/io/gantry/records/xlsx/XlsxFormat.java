// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.CopyingFormat;
import io.gantry.spi.records.DetectingFormat;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.RecordWriter;
import io.gantry.spi.records.WritableFormat;
import io.gantry.spi.schema.Field;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;

/**
 * Office Open XML workbooks ({@code .xlsx}, {@code .xlsm}), one sheet at a time.
 *
 * <p>Options, all of them optional:
 *
 * <ul>
 *   <li>{@code sheet}: the name of a sheet, or its number from 1 with hidden sheets counted; a name that is a number is taken
 *       as a name. By default the first visible sheet that has a cell with something in it. In writing, the first sheet's
 *       name.
 *   <li>{@code merged}: {@code first} by default: the first cell of a merged range has its value; {@code fill}: all its cells
 *       have it, in rows that have a value of their own.
 *   <li>{@code headerRows}: the first and the last row of the sheet that hold one header together, such as {@code 1-2}: they
 *       are one record, of texts such as {@code 2024 / Amount}, merged cells filled.
 *   <li>{@code zone}, for writing: timestamps are written as dates with the local time of this zone; without it as ISO text
 *       with {@code Z}.
 *   <li>{@code dateFormat}, {@code timeFormat}, {@code timestampFormat}, for writing: number formats of spreadsheets such as
 *       {@code dd.mm.yyyy}.
 * </ul>
 *
 * <p>A record is a row with at least one cell that is not empty, hidden rows included; its cells go from column A to the
 * row's last that is not empty. A formula counts as the value that was saved with it; one without is a cell of kind
 * {@link io.gantry.spi.records.TextBatch.Kind#FORMULA}. Numbers have at most 15 digits, as spreadsheets show them, in plain
 * notation, beside the exact number and the text that the cell's own format shows; numbers shown as dates are ISO text to the
 * millisecond, with {@code 36:00:00} for a length of time beyond a day.
 *
 * <p>Writing: a bold, frozen header; numbers, dates and truth values as such, bytes as Base64; texts as texts, never as
 * formulas. What a spreadsheet would change is written as text: whole numbers of more than 15 digits, fractions below a
 * millisecond, dates before 1900 or behind 9999. After 1,048,576 rows follows another sheet, which reading goes on with.
 */
public final class XlsxFormat implements WritableFormat, DetectingFormat, CopyingFormat {

    private static final String SHEET = "sheet";
    private static final Set<String> OPTIONS = Set.of(
            SHEET,
            SheetOptions.MERGED,
            SheetOptions.HEADER_ROWS,
            Moments.ZONE,
            Moments.DATE_FORMAT,
            Moments.TIME_FORMAT,
            Moments.TIMESTAMP_FORMAT);

    /** Makes the format; it has no state. */
    public XlsxFormat() {}

    @Override
    public String name() {
        return "xlsx";
    }

    @Override
    public Set<String> optionNames() {
        return OPTIONS;
    }

    @Override
    public boolean endsAtLastCell() {
        return true;
    }

    @Override
    public void check(FormatOptions options) {
        String sheet = options.get(SHEET);
        if (sheet != null && sheet.isBlank()) {
            throw options.invalid(SHEET, "the name of a sheet, or its number from 1");
        }
        SheetOptions.of(options);
        Moments.check(options);
    }

    @Override
    public RecordReader reader(FileContent file, FormatOptions options, Limits limits) throws IOException {
        Workbook workbook = Workbook.open(file, limits);
        boolean opened = false;
        try {
            RecordReader reader = new XlsxReader(workbook, SheetOptions.of(options), candidates(workbook, options));
            opened = true;
            return reader;
        } finally {
            if (!opened) {
                workbook.close();
            }
        }
    }

    @Override
    public Detection detect(FileContent file, FormatOptions given, Limits limits) throws IOException {
        try (Workbook workbook = Workbook.open(file, limits)) {
            return new XlsxDetector(workbook).detect(given);
        }
    }

    @Override
    public String mediaType() {
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    }

    @Override
    public RecordWriter writer(OutputStream out, List<Field> columns, FormatOptions options) throws IOException {
        return new XlsxWriter(out, columns, options, WorkbookFile.MOST_ROWS);
    }

    @Override
    public RecordCopier copier(OutputStream out, FormatOptions options) throws IOException {
        return new XlsxCopier(out, SheetNames.of(options), WorkbookFile.MOST_ROWS);
    }

    /** The sheets that may be meant: the one that is named, or all that are visible. */
    static List<Workbook.Sheet> candidates(Workbook workbook, FormatOptions options) {
        String wanted = options.get(SHEET);
        List<Workbook.Sheet> sheets =
                workbook.sheets().stream().filter(sheet -> sheet.path() != null).toList();
        if (wanted == null) {
            return sheets.stream()
                    .filter(Workbook.Sheet::visible)
                    .filter(sheet -> !workbook.parts().isContinuation(sheet))
                    .toList();
        }
        return sheets.stream()
                .filter(sheet -> sheet.name().equalsIgnoreCase(wanted))
                .findFirst()
                .or(() -> sheets.stream()
                        .filter(sheet -> wanted.equals(Integer.toString(sheet.number())))
                        .findFirst())
                .map(List::of)
                .orElseThrow(() -> options.invalid(
                        SHEET,
                        "one of the sheets of '" + workbook.archive().name() + "', by name or number: "
                                + sheets.stream()
                                        .map(sheet -> sheet.number() + " '" + sheet.name() + "'")
                                        .toList()));
    }
}
