// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.schema.Field;
import java.util.List;

/**
 * How a column of one type is shown.
 *
 * @param format code of the number format; empty for the general one
 * @param width in characters
 */
record ColumnLook(String format, int width) {

    /** Text stays text when someone edits it. */
    static final String TEXT = "@";

    private static final int WIDEST = 40;

    static ColumnLook of(Field column) {
        return switch (column.type()) {
            case STRING -> new ColumnLook(TEXT, 20);
            case BYTES -> new ColumnLook(TEXT, WIDEST);
            case UUID -> new ColumnLook(TEXT, 38);
            case INTEGER -> new ColumnLook("0", 12);
            case DECIMAL -> new ColumnLook(decimal(column.size()), 14);
            case FLOAT -> new ColumnLook("", 14);
            case BOOLEAN -> new ColumnLook("", 8);
            // Cells of days and times have formats of their own; text is for those that spreadsheets cannot count.
            case DATE -> new ColumnLook(TEXT, 12);
            case TIME -> new ColumnLook(TEXT, 10);
            case TIMESTAMP -> new ColumnLook(TEXT, 28);
        };
    }

    /** As many digits behind the point as the column has. */
    private static String decimal(Field.Size size) {
        if (size.precision() == 0) {
            return "";
        }
        return size.scale() <= 0 ? "0" : "0." + "0".repeat(Math.min(size.scale(), 15));
    }

    int style(CellStyles styles) {
        return format.isEmpty() ? CellStyles.GENERAL : styles.of(format);
    }

    /** The element that gives columns their widths: wide enough for their values and, within reason, their names. */
    static String widths(List<Field> columns) {
        StringBuilder xml = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            Field column = columns.get(i);
            int name = Math.min(WIDEST, column.name().length() + 2);
            xml.append("<col min=\"").append(i + 1).append("\" max=\"").append(i + 1);
            xml.append("\" width=\"").append(Math.max(name, of(column).width())).append("\" customWidth=\"1\"/>");
        }
        return columns.isEmpty() ? "" : "<cols>" + xml + "</cols>";
    }
}
