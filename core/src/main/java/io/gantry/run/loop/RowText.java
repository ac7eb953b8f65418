// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.spi.records.Column;
import io.gantry.spi.records.LongColumn;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.records.SliceColumn;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.records.TextBatch.Kind;
import io.gantry.spi.schema.FieldType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * Writes typed rows as records of text. A mapping reads each value back as it was: numbers and times say what they are, and are in
 * plain and ISO notation whatever format the mapping expects of text.
 */
final class RowText {

    private RowText() {}

    /**
     * @param number of the first row
     */
    static void add(RowBatch rows, long number, TextBatch into) {
        int end = 0;
        for (int row = 0; row < rows.size(); row++) {
            for (int i = 0; i < rows.fields().size(); i++) {
                end = cell(rows.column(i), row, into, end);
            }
            into.endRecord(number + row, end, 0);
        }
    }

    /** Adds a cell whose bytes begin at {@code start}; where they end. */
    private static int cell(Column column, int row, TextBatch into, int start) {
        if (column.isNull(row)) {
            into.cell(start, 0);
            return start;
        }
        FieldType type = column.field().type();
        if (type == FieldType.STRING) {
            SliceColumn slices = (SliceColumn) column;
            return put(slices.buffer(), slices.offset(row), slices.length(row), Kind.WHOLE, into, start);
        }
        byte[] bytes = text(column, row).getBytes(StandardCharsets.UTF_8);
        return put(bytes, 0, bytes.length, kind(type), into, start);
    }

    private static int put(byte[] bytes, int offset, int length, byte kind, TextBatch into, int start) {
        System.arraycopy(bytes, offset, into.ensure(start + length), start, length);
        into.cell(start, length);
        into.kind(kind);
        return start + length;
    }

    private static byte kind(FieldType type) {
        return switch (type) {
            case INTEGER, DECIMAL, FLOAT -> Kind.EXACT_NUMBER;
            case DATE, TIME, TIMESTAMP -> Kind.TEMPORAL;
            case BOOLEAN -> Kind.BOOLEAN;
            case STRING, UUID, BYTES -> Kind.TEXT;
        };
    }

    private static String text(Column column, int row) {
        Object value = Objects.requireNonNull(column.object(row));
        return switch (column.field().type()) {
            case INTEGER -> Long.toString(((LongColumn) column).get(row));
            case DECIMAL -> ((BigDecimal) value).toPlainString();
            case FLOAT -> {
                double number = (Double) value;
                yield Double.isFinite(number)
                        ? new BigDecimal(Double.toString(number)).toPlainString()
                        : value.toString();
            }
            case BOOLEAN -> (Boolean) value ? "TRUE" : "FALSE";
            case BYTES -> Base64.getEncoder().encodeToString((byte[]) value);
            default -> value.toString();
        };
    }
}
