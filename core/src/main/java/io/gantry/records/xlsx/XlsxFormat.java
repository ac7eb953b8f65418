// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordFormat;
import io.gantry.spi.records.RecordReader;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Office Open XML workbooks ({@code .xlsx}, {@code .xlsm}), one sheet at a time.
 *
 * <p>Option {@code sheet}: the name of a sheet, or its number from 1 with hidden sheets counted; a name that is a number
 * is taken as a name. By default the first visible sheet that has a cell with something in it.
 *
 * <p>A record is a row with at least one cell that is not empty, hidden rows included; its cells go from column A to the
 * row's last that is not empty. A formula counts as the value that was saved with it. Numbers have at most 15 digits, as
 * spreadsheets show them, in plain notation; numbers shown as dates are ISO text to the nearest second, with
 * {@code 36:00:00} for a length of time beyond a day. Of merged cells only the first has a value.
 */
public final class XlsxFormat implements RecordFormat {

    private static final String SHEET = "sheet";

    /** Makes the format; it has no state. */
    public XlsxFormat() {}

    @Override
    public String name() {
        return "xlsx";
    }

    @Override
    public Set<String> optionNames() {
        return Set.of(SHEET);
    }

    @Override
    public void check(FormatOptions options) {
        String sheet = options.get(SHEET);
        if (sheet != null && sheet.isBlank()) {
            throw options.invalid(SHEET, "the name of a sheet, or its number from 1");
        }
    }

    @Override
    public RecordReader reader(FileContent file, FormatOptions options, Limits limits) throws IOException {
        Workbook workbook = Workbook.open(file, limits);
        boolean opened = false;
        try {
            RecordReader reader = new XlsxReader(workbook, candidates(workbook, options));
            opened = true;
            return reader;
        } finally {
            if (!opened) {
                workbook.close();
            }
        }
    }

    /** The sheets that may be meant: the one that is named, or all that are visible. */
    private static List<Workbook.Sheet> candidates(Workbook workbook, FormatOptions options) {
        String wanted = options.get(SHEET);
        List<Workbook.Sheet> sheets =
                workbook.sheets().stream().filter(sheet -> sheet.path() != null).toList();
        if (wanted == null) {
            return sheets.stream().filter(Workbook.Sheet::visible).toList();
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
