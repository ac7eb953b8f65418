// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.spi.dataset.RowIssues;
import io.gantry.spi.records.Column;
import io.gantry.spi.records.DecimalColumn;
import io.gantry.spi.records.DoubleColumn;
import io.gantry.spi.records.LongColumn;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.records.SliceColumn;
import io.gantry.spi.schema.FieldType;
import java.math.BigDecimal;
import java.sql.Types;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether single values fit their columns, so that the database neither refuses a whole batch for one of them nor rounds or
 * cuts one silently. Costs a few comparisons per value; remembers 14 bytes for each misfit.
 */
final class Fit {

    /** A row all of whose values fit. */
    static final byte FITS = 0;
    /** A row with a value that does not fit, outside of its key. */
    static final byte MISFIT = 1;
    /** A row with a value in its key that does not fit. */
    static final byte KEYLESS = 2;

    private enum Fault {
        REQUIRED("must have a value"),
        TOO_LONG("is longer than the column"),
        OUT_OF_RANGE("is outside of what the column can hold"),
        TOO_PRECISE("has more decimal places than the column"),
        UNSTORABLE_TEXT("holds a NUL character, which the database cannot store");

        private final String rule;

        Fault(String rule) {
            this.rule = rule;
        }
    }

    private static final Fault[] FAULTS = Fault.values();
    private static final long[] POWERS = new long[19];
    private static final long FIRST_OF_YEAR_0 = LocalDate.of(0, 1, 1).toEpochDay();
    private static final long LAST_OF_YEAR_9999 = LocalDate.of(9999, 12, 31).toEpochDay();

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private final Dialect dialect;
    private final TableColumn[] columns;
    private final boolean[] required;
    private final boolean[] key;
    private long[] numbers = new long[16];
    private short[] places = new short[16];
    private byte[] faults = new byte[16];
    private int misfits;

    /**
     * Makes the check.
     *
     * @param columns of the load, in order
     * @param key the fields that must have a value whatever the column says
     */
    Fit(Dialect dialect, List<TableColumn> columns, Set<String> key) {
        this.dialect = dialect;
        this.columns = columns.toArray(TableColumn[]::new);
        this.required = new boolean[this.columns.length];
        this.key = new boolean[this.columns.length];
        for (int i = 0; i < required.length; i++) {
            this.key[i] = key.contains(this.columns[i].name());
            required[i] = this.key[i] || !this.columns[i].nullable();
        }
    }

    /** How many values did not fit so far. */
    int misfits() {
        return misfits;
    }

    /** Forgets all misfits. */
    void clear() {
        misfits = 0;
    }

    /** Tells each misfit. */
    void tell(RowIssues issues) {
        for (int i = 0; i < misfits; i++) {
            Fault fault = FAULTS[faults[i]];
            String name = columns[places[i]].name();
            issues.reject(numbers[i], List.of(name), fault.name(), "The value of " + name + " " + fault.rule);
        }
    }

    /**
     * Checks a batch.
     *
     * @param states set for each row to one of {@link #FITS}, {@link #MISFIT}, {@link #KEYLESS}
     * @return how many rows do not fit
     */
    int check(RowBatch rows, byte[] states) {
        int before = misfits;
        Arrays.fill(states, 0, rows.size(), FITS);
        for (int i = 0; i < columns.length; i++) {
            Column column = rows.column(i);
            for (int row = 0; row < rows.size(); row++) {
                Fault fault = column.isNull(row) ? required[i] ? Fault.REQUIRED : null : fault(columns[i], column, row);
                if (fault != null) {
                    note(rows.number(row), i, fault);
                    states[row] = key[i] ? KEYLESS : states[row] == FITS ? MISFIT : states[row];
                }
            }
        }
        int count = 0;
        for (int row = 0; misfits > before && row < rows.size(); row++) {
            count += states[row] == FITS ? 0 : 1;
        }
        return count;
    }

    private void note(long number, int place, Fault fault) {
        if (misfits == numbers.length) {
            numbers = Arrays.copyOf(numbers, misfits * 2);
            places = Arrays.copyOf(places, misfits * 2);
            faults = Arrays.copyOf(faults, misfits * 2);
        }
        numbers[misfits] = number;
        places[misfits] = (short) place;
        faults[misfits++] = (byte) fault.ordinal();
    }

    private @Nullable Fault fault(TableColumn type, Column column, int row) {
        if (column instanceof SliceColumn slice) {
            return textFault(type, slice, row);
        }
        if (column instanceof LongColumn number) {
            return longFault(type, number.get(row));
        }
        if (column instanceof DecimalColumn decimal) {
            return decimalFault(type, decimal, row);
        }
        return column instanceof DoubleColumn number ? doubleFault(type, number.get(row)) : null;
    }

    private @Nullable Fault textFault(TableColumn type, SliceColumn slice, int row) {
        int length = slice.length(row);
        if (type.type() == FieldType.BYTES) {
            return type.size() > 0 && length > type.size() ? Fault.TOO_LONG : null;
        }
        byte[] bytes = slice.buffer();
        int offset = slice.offset(row);
        if (type.size() > 0 && length > type.size() && characters(bytes, offset, length) > type.size()) {
            return Fault.TOO_LONG;
        }
        if (dialect == Dialect.POSTGRESQL || dialect == Dialect.SQLITE) {
            for (int i = offset; i < offset + length; i++) {
                if (bytes[i] == 0) {
                    return Fault.UNSTORABLE_TEXT;
                }
            }
        }
        return null;
    }

    private int characters(byte[] utf8, int offset, int length) {
        int count = 0;
        for (int i = offset; i < offset + length; i++) {
            // H2 counts the two halves of a supplementary character, the others whole ones.
            count += (utf8[i] & 0xc0) == 0x80 ? 0 : dialect == Dialect.H2 && (utf8[i] & 0xf8) == 0xf0 ? 2 : 1;
        }
        return count;
    }

    private @Nullable Fault longFault(TableColumn type, long value) {
        return switch (type.fieldType()) {
            case INTEGER -> value < least(type) || value > greatest(type) ? Fault.OUT_OF_RANGE : null;
            case DATE -> day(value) ? null : Fault.OUT_OF_RANGE;
            case TIME -> fraction(type, value);
            case TIMESTAMP -> day(Math.floorDiv(value, 86_400_000_000L)) ? fraction(type, value) : Fault.OUT_OF_RANGE;
            default -> null;
        };
    }

    private @Nullable Fault fraction(TableColumn type, long micros) {
        int digits = Math.min(6, type.digits());
        return micros % POWERS[6 - digits] == 0 ? null : Fault.TOO_PRECISE;
    }

    private boolean day(long epochDay) {
        return switch (dialect) {
            case POSTGRESQL -> epochDay >= -2_440_588 && epochDay < 106_751_983;
            case SQLITE, MYSQL -> epochDay >= FIRST_OF_YEAR_0 && epochDay <= LAST_OF_YEAR_9999;
            default -> true;
        };
    }

    private long least(TableColumn type) {
        if (type.typeName().endsWith(" unsigned")) {
            return 0;
        }
        return -greatest(type) - 1;
    }

    private long greatest(TableColumn type) {
        int bits = type.typeName().endsWith(" unsigned") ? 1 : 0;
        bits += switch (type.jdbcType()) {
            case Types.TINYINT -> 7;
            case Types.SMALLINT -> 15;
            case Types.INTEGER -> type.hasType("mediumint") || type.hasType("mediumint unsigned") ? 23 : 31;
            default -> type.hasType("int2") ? 15 : type.hasType("int4") ? 31 : 63;
        };
        return bits >= 63 ? Long.MAX_VALUE : (1L << bits) - 1;
    }

    private @Nullable Fault doubleFault(TableColumn type, double value) {
        boolean single = type.jdbcType() == Types.REAL || type.hasType("float4") || type.hasType("float");
        if (single && Double.isFinite(value) && Float.isInfinite((float) value)) {
            return Fault.OUT_OF_RANGE;
        }
        boolean finite = Double.isFinite(value)
                || dialect == Dialect.POSTGRESQL
                || dialect == Dialect.H2
                || (dialect == Dialect.SQLITE && Double.isInfinite(value));
        return finite ? null : Fault.OUT_OF_RANGE;
    }

    private @Nullable Fault decimalFault(TableColumn type, DecimalColumn column, int row) {
        if (type.size() == 0) {
            return dialect == Dialect.SQLITE && column.decimal(row).precision() > 15 ? Fault.OUT_OF_RANGE : null;
        }
        if (!column.isBig(row) && type.digits() >= 0 && column.scale(row) <= type.digits()) {
            int whole = type.size() - type.digits() + column.scale(row);
            long unscaled = column.unscaled(row);
            if (whole > 18 || Math.abs(unscaled) < POWERS[Math.max(0, whole)] && unscaled != Long.MIN_VALUE) {
                return null;
            }
        }
        BigDecimal value = column.decimal(row).stripTrailingZeros();
        if (value.signum() == 0) {
            return null;
        }
        if (value.scale() > type.digits()) {
            return Fault.TOO_PRECISE;
        }
        return value.precision() - value.scale() > type.size() - type.digits() ? Fault.OUT_OF_RANGE : null;
    }
}
