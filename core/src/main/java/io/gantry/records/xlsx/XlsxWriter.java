// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.records.Column;
import io.gantry.spi.records.DecimalColumn;
import io.gantry.spi.records.DoubleColumn;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.LongColumn;
import io.gantry.spi.records.RecordWriter;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.records.SliceColumn;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Writes typed rows under a header, on as many sheets as they need. */
final class XlsxWriter implements RecordWriter {

    private static final int MOST_COLUMNS = 16_384;
    /** The longest text, in UTF-16 units, that spreadsheets take in one cell. */
    private static final int LONGEST_TEXT = 32_767;

    private final List<Field> columns;
    private final int[] styles;
    private final Moments moments;
    private final WorkbookFile file;

    /**
     * Begins a file.
     *
     * @param mostRows of one sheet, its header included; at least 2
     */
    XlsxWriter(OutputStream out, List<Field> columns, FormatOptions options, long mostRows) throws IOException {
        if (columns.size() > MOST_COLUMNS) {
            throw new ProviderException(
                    "LIMIT_EXCEEDED",
                    FailureKind.DATA,
                    "The file would have " + columns.size() + " columns; a sheet has at most " + MOST_COLUMNS
                            + ": leave columns out or write CSV",
                    Map.of("limit", "columns", "value", MOST_COLUMNS),
                    null);
        }
        this.columns = List.copyOf(columns);
        CellStyles cellStyles = new CellStyles();
        this.styles = columns.stream()
                .mapToInt(column -> ColumnLook.of(column).style(cellStyles))
                .toArray();
        this.moments = new Moments(options, cellStyles);
        String head = "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\""
                + " activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>" + ColumnLook.widths(columns);
        this.file = new WorkbookFile(out, cellStyles, SheetNames.of(options), head, mostRows, true);
    }

    @Override
    public void write(RowBatch rows) throws IOException {
        for (int row = 0; row < rows.size(); row++) {
            if (file.isFull()) {
                writeHeader();
            }
            SheetXml xml = file.beginRow();
            for (int i = 0; i < styles.length; i++) {
                Column column = rows.column(i);
                if (!column.isNull(row)) {
                    write(xml, i, column, row);
                }
            }
            xml.endRow();
        }
    }

    @Override
    public void close() throws IOException {
        try (file) {
            if (file.isEmpty()) {
                writeHeader();
            }
        }
    }

    private void writeHeader() throws IOException {
        file.beginSheet();
        SheetXml xml = file.beginRow();
        for (int i = 0; i < columns.size(); i++) {
            xml.text(i, CellStyles.HEADER, columns.get(i).name());
        }
        xml.endRow();
    }

    private void write(SheetXml xml, int place, Column column, int row) {
        if (column instanceof LongColumn longs) {
            writeLong(xml, place, column.field().type(), longs.get(row));
        } else if (column instanceof SliceColumn slices && column.field().type() == FieldType.STRING) {
            if (slices.length(row) > LONGEST_TEXT && slices.string(row).length() > LONGEST_TEXT) {
                throw tooLong(place);
            }
            xml.text(place, styles[place], slices.buffer(), slices.offset(row), slices.length(row));
        } else if (column instanceof DecimalColumn decimals) {
            writeDecimal(xml, place, decimals, row);
        } else if (column instanceof DoubleColumn doubles) {
            writeDouble(xml, place, doubles.get(row));
        } else if (column.object(row) instanceof byte[] bytes) {
            String text = Base64.getEncoder().encodeToString(bytes);
            if (text.length() > LONGEST_TEXT) {
                throw tooLong(place);
            }
            xml.text(place, styles[place], text);
        } else {
            xml.text(place, styles[place], String.valueOf(column.object(row)));
        }
    }

    private void writeLong(SheetXml xml, int place, FieldType type, long value) {
        switch (type) {
            case BOOLEAN -> xml.bool(place, styles[place], value != 0);
            case DATE -> moments.writeDate(xml, place, value);
            case TIME -> moments.writeTime(xml, place, value);
            case TIMESTAMP -> moments.writeTimestamp(xml, place, value);
            default -> {
                if (Digits.areKept(value)) {
                    xml.number(place, styles[place], value);
                } else {
                    xml.text(place, styles[place], Long.toString(value));
                }
            }
        }
    }

    private void writeDecimal(SheetXml xml, int place, DecimalColumn column, int row) {
        if (!column.isBig(row) && Digits.areKept(column.unscaled(row), column.scale(row))) {
            xml.number(place, styles[place], column.unscaled(row), column.scale(row));
        } else {
            xml.text(place, styles[place], column.decimal(row).toPlainString());
        }
    }

    private void writeDouble(SheetXml xml, int place, double value) {
        String text = Double.toString(value);
        if (Digits.areKept(value)) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            xml.number(place, styles[place], bytes, 0, bytes.length);
        } else {
            xml.text(place, styles[place], text);
        }
    }

    private ProviderException tooLong(int place) {
        String name = columns.get(place).name();
        return new ProviderException(
                "LIMIT_EXCEEDED",
                FailureKind.DATA,
                "The text for column '" + name + "' in row " + file.row() + " of the sheet is longer than the "
                        + LONGEST_TEXT + " characters a cell can hold: leave the column out or write CSV",
                Map.of("limit", "cell", "value", LONGEST_TEXT, "column", name, "row", file.row()),
                null);
    }
}
