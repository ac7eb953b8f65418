// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.TableColumn;
import io.gantry.spi.records.Column;
import io.gantry.spi.records.DecimalColumn;
import io.gantry.spi.records.DoubleColumn;
import io.gantry.spi.records.LongColumn;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.records.SliceColumn;
import io.gantry.spi.records.UuidColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Writes rows in PostgreSQL's binary COPY format, straight from the vectors of a batch into one reused buffer. Allocates
 * nothing per row, but for decimals that do not fit a long.
 */
final class CopyEncoder {

    /** How a column's values are laid out. */
    enum Form {
        BOOL,
        INT2,
        INT4,
        INT8,
        FLOAT4,
        FLOAT8,
        NUMERIC,
        DATE,
        TIME,
        TIMESTAMP,
        UUID,
        BYTES;

        static Form of(TableColumn column) {
            return switch (column.typeName()) {
                case "bool" -> BOOL;
                case "int2" -> INT2;
                case "int4" -> INT4;
                case "int8" -> INT8;
                case "float4" -> FLOAT4;
                case "float8" -> FLOAT8;
                case "numeric" -> NUMERIC;
                case "date" -> DATE;
                case "time" -> TIME;
                case "timestamp", "timestamptz" -> TIMESTAMP;
                case "uuid" -> UUID;
                default -> BYTES;
            };
        }
    }

    /** PostgreSQL counts days and microseconds from 2000-01-01. */
    static final int EPOCH_DAYS = 10_957;

    static final long EPOCH_MICROS = 946_684_800_000_000L;

    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final BigInteger TEN_THOUSAND = BigInteger.valueOf(10_000);
    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private final Form[] forms;
    private final int[] starts;
    private final short[] groups = new short[8];
    private byte[] buffer = new byte[1 << 17];
    private int size;

    CopyEncoder(List<TableColumn> columns) {
        forms = columns.stream().map(Form::of).toArray(Form[]::new);
        starts = new int[forms.length + 1];
    }

    /** What was written since {@link #clear}. */
    byte[] buffer() {
        return buffer;
    }

    /** How much of the buffer was written. */
    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    void header() {
        room(HEADER.length);
        System.arraycopy(HEADER, 0, buffer, size, HEADER.length);
        size += HEADER.length;
    }

    void trailer() {
        room(2);
        putShort(-1);
    }

    /** Writes a row of a batch; afterwards {@link #start} tells where its values are. */
    void row(RowBatch rows, int row) {
        room(2 + 4 * forms.length);
        putShort(forms.length);
        for (int i = 0; i < forms.length; i++) {
            starts[i] = size;
            value(forms[i], rows.column(i), row);
        }
        starts[forms.length] = size;
    }

    /**
     * Writes a row of a batch behind its number.
     *
     * @param kept which values to write as they are, the others as null; all of them where it is empty
     */
    void numbered(long number, RowBatch rows, int row, boolean[] kept) {
        room(14 + 4 * forms.length);
        putShort(forms.length + 1);
        putInt(8);
        putLong(number);
        for (int i = 0; i < forms.length; i++) {
            starts[i] = size;
            if (kept.length == 0 || kept[i]) {
                value(forms[i], rows.column(i), row);
            } else {
                putInt(-1);
            }
        }
        starts[forms.length] = size;
    }

    /** Where the value of a column, with its length before it, begins in the row written last; it ends where the next does. */
    int start(int column) {
        return starts[column];
    }

    /** Whether a value in the row written last is null. */
    boolean isNull(int column) {
        return (int) INT.get(buffer, starts[column]) == -1;
    }

    /** A hash of a value in the row written last, such that equal values have equal hashes. */
    long hash(int column, long seed) {
        int from = starts[column];
        int to = starts[column + 1];
        long hash = seed * 0x9e3779b97f4a7c15L + (to - from);
        if (forms[column] == Form.NUMERIC) {
            hash = mix(hash ^ (to - from < 12 ? 0 : (long) LONG.get(buffer, from + 4) & ~0xffffL)); // 1.5 equals 1.50
            from += 12;
        }
        for (; from + 8 <= to; from += 8) {
            hash = mix(hash ^ (long) LONG.get(buffer, from));
        }
        for (; from < to; from++) {
            hash = (hash ^ buffer[from] & 0xff) * 0x100000001b3L;
        }
        return mix(hash);
    }

    private static long mix(long bits) {
        long mixed = (bits ^ bits >>> 32) * 0xd6e8feb86659fd93L;
        return mixed ^ mixed >>> 32;
    }

    private void value(Form form, Column column, int row) {
        room(64);
        if (column.isNull(row)) {
            putInt(-1);
            return;
        }
        switch (form) {
            case BOOL -> {
                putInt(1);
                buffer[size++] = (byte) ((LongColumn) column).get(row);
            }
            case INT2 -> {
                putInt(2);
                putShort((int) ((LongColumn) column).get(row));
            }
            case INT4 -> {
                putInt(4);
                putInt((int) ((LongColumn) column).get(row));
            }
            case INT8, TIME -> {
                putInt(8);
                putLong(((LongColumn) column).get(row));
            }
            case DATE -> {
                putInt(4);
                putInt((int) ((LongColumn) column).get(row) - EPOCH_DAYS);
            }
            case TIMESTAMP -> {
                putInt(8);
                putLong(((LongColumn) column).get(row) - EPOCH_MICROS);
            }
            case FLOAT4 -> {
                putInt(4);
                putInt(Float.floatToIntBits((float) ((DoubleColumn) column).get(row)));
            }
            case FLOAT8 -> {
                putInt(8);
                putLong(Double.doubleToLongBits(((DoubleColumn) column).get(row)));
            }
            case UUID -> {
                UuidColumn uuid = (UuidColumn) column;
                putInt(16);
                putLong(uuid.mostSignificantBits(row));
                putLong(uuid.leastSignificantBits(row));
            }
            case NUMERIC -> numeric((DecimalColumn) column, row);
            case BYTES -> {
                SliceColumn slice = (SliceColumn) column;
                int length = slice.length(row);
                room(length + 64);
                putInt(length);
                System.arraycopy(slice.buffer(), slice.offset(row), buffer, size, length);
                size += length;
            }
        }
    }

    /**
     * A number is groups of four decimal digits, aligned at the point: their count, the weight of the first (as a power of
     * 10,000), the sign, the digits to show behind the point, then the groups.
     */
    private void numeric(DecimalColumn column, int row) {
        int scale = column.isBig(row) ? 0 : column.scale(row);
        if (column.isBig(row) || scale > 18 || column.unscaled(row) == Long.MIN_VALUE) {
            big(column.decimal(row));
            return;
        }
        int behind = (scale + 3) / 4;
        int padding = behind * 4 - scale;
        long digits = Math.abs(column.unscaled(row));
        long unit = POWERS[4 - padding]; // what the last group has of them; the others are whole
        groups[0] = (short) (digits % unit * POWERS[padding]);
        int count = 1;
        for (long rest = digits / unit; rest > 0; rest /= 10_000) {
            groups[count++] = (short) (rest % 10_000);
        }
        if (groups[count - 1] == 0) {
            count--; // it was the only one
        }
        int at = size;
        size += 12;
        for (int i = count - 1; i >= 0; i--) {
            putShort(groups[i]);
        }
        head(at, count, count - behind - 1, column.unscaled(row) < 0, scale);
    }

    private void big(BigDecimal number) {
        int scale = number.scale();
        BigInteger digits = number.unscaledValue().abs();
        int behind = (scale + 3) / 4;
        digits = digits.multiply(BigInteger.TEN.pow(behind * 4 - scale));
        byte[] reversed = new byte[digits.bitLength() / 13 * 2 + 2];
        int count = 0;
        for (; digits.signum() > 0; count++) {
            BigInteger[] split = digits.divideAndRemainder(TEN_THOUSAND);
            SHORT.set(reversed, count * 2, split[1].shortValue());
            digits = split[0];
        }
        room(12 + count * 2 + 64);
        int at = size;
        size += 12;
        for (int i = count - 1; i >= 0; i--) {
            putShort((short) SHORT.get(reversed, i * 2));
        }
        head(at, count, count - behind - 1, number.signum() < 0, scale);
    }

    private void head(int at, int length, int weight, boolean negative, int scale) {
        int count = length;
        while (count > 0 && (short) SHORT.get(buffer, size - 2) == 0) {
            size -= 2;
            count--;
        }
        INT.set(buffer, at, 8 + count * 2);
        SHORT.set(buffer, at + 4, (short) count);
        SHORT.set(buffer, at + 6, (short) (count == 0 ? 0 : weight));
        SHORT.set(buffer, at + 8, (short) (negative && count > 0 ? 0x4000 : 0));
        SHORT.set(buffer, at + 10, (short) scale);
    }

    private void room(int bytes) {
        if (buffer.length - size < bytes) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(size, bytes)));
        }
    }

    private void putShort(int value) {
        SHORT.set(buffer, size, (short) value);
        size += 2;
    }

    private void putInt(int value) {
        INT.set(buffer, size, value);
        size += 4;
    }

    private void putLong(long value) {
        LONG.set(buffer, size, value);
        size += 8;
    }
}
