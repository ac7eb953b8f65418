// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Dialect;
import io.gantry.jdbc.sql.TableColumn;
import io.gantry.spi.records.Column;
import io.gantry.spi.records.DecimalColumn;
import io.gantry.spi.records.DoubleColumn;
import io.gantry.spi.records.LongColumn;
import io.gantry.spi.records.SliceColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * What a column of a table can hold. All that depends on the type alone is found out once, so that a value costs few
 * comparisons, and few instructions that the compiler has to translate.
 */
abstract sealed class ColumnFit {

    /** Why a value does not fit. */
    enum Fault {
        REQUIRED("must have a value"),
        TOO_LONG("is longer than the column"),
        OUT_OF_RANGE("is outside of what the column can hold"),
        TOO_PRECISE("has more decimal places than the column"),
        UNSTORABLE_TEXT("holds a NUL character, which the database cannot store");

        final String rule;

        Fault(String rule) {
            this.rule = rule;
        }
    }

    private static final long DAY = 86_400_000_000L;
    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private ColumnFit() {}

    /** What is wrong with a value; null when it fits. */
    abstract @Nullable Fault fault(Column column, int row);

    /**
     * Looks at a type.
     *
     * @return null when every value fits
     */
    static @Nullable ColumnFit of(Dialect dialect, TableColumn type) {
        if (type.type() == null) {
            return Text.of(dialect, type.size()); // it comes as text
        }
        return switch (type.fieldType()) {
            case BYTES -> type.size() > 0 ? new Bytes(type.size()) : null;
            case STRING -> Text.of(dialect, type.size());
            case INTEGER -> {
                long greatest = greatest(type);
                long least = type.typeName().endsWith(" unsigned") ? 0 : -greatest - 1;
                yield least == Long.MIN_VALUE ? null : new Range(least, greatest, 1, 1);
            }
            case DATE -> limited(dialect.firstDay(), dialect.lastDay(), 1, 1);
            case TIME -> limited(Long.MIN_VALUE, Long.MAX_VALUE, 1, step(type));
            case TIMESTAMP -> limited(dialect.firstDay(), dialect.lastDay(), DAY, step(type));
            case FLOAT -> new Real(dialect, type);
            case DECIMAL -> new Decimal(dialect, type.size(), type.digits());
            case BOOLEAN, UUID -> null;
        };
    }

    private static @Nullable ColumnFit limited(long least, long greatest, long unit, long step) {
        return least == Long.MIN_VALUE && greatest == Long.MAX_VALUE && step == 1
                ? null
                : new Range(least, greatest, unit, step);
    }

    private static long step(TableColumn type) {
        return POWERS[6 - Math.min(6, type.digits())];
    }

    private static long greatest(TableColumn type) {
        int bits = type.typeName().endsWith(" unsigned") ? 1 : 0;
        bits += switch (type.jdbcType()) {
            case Types.TINYINT -> 7;
            case Types.SMALLINT -> 15;
            case Types.INTEGER -> type.hasType("mediumint") || type.hasType("mediumint unsigned") ? 23 : 31;
            default -> type.hasType("int2") ? 15 : type.hasType("int4") ? 31 : 63;
        };
        return bits >= 63 ? Long.MAX_VALUE : (1L << bits) - 1;
    }

    private static final class Bytes extends ColumnFit {

        private final int size;

        Bytes(int size) {
            this.size = size;
        }

        @Override
        @Nullable
        Fault fault(Column column, int row) {
            return ((SliceColumn) column).length(row) > size ? Fault.TOO_LONG : null;
        }
    }

    private static final class Text extends ColumnFit {

        private static final VarHandle LONGS =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
        private static final long HIGHS = 0x8080808080808080L;
        private static final long ONES = 0x0101010101010101L;

        private final int size;
        private final boolean refusesNul;
        private final boolean countsHalves;

        private Text(int size, boolean refusesNul, boolean countsHalves) {
            this.size = size;
            this.refusesNul = refusesNul;
            this.countsHalves = countsHalves;
        }

        static @Nullable Text of(Dialect dialect, int size) {
            boolean refusesNul = dialect.refusesNul();
            return size <= 0 && !refusesNul
                    ? null
                    : new Text(size > 0 ? size : Integer.MAX_VALUE, refusesNul, dialect.countsHalves());
        }

        @Override
        @Nullable
        Fault fault(Column column, int row) {
            SliceColumn slice = (SliceColumn) column;
            int length = slice.length(row);
            byte[] bytes = slice.buffer();
            int from = slice.offset(row);
            if (length > size && characters(bytes, from, from + length) > size) {
                return Fault.TOO_LONG;
            }
            return refusesNul && hasNul(bytes, from, from + length) ? Fault.UNSTORABLE_TEXT : null;
        }

        private int characters(byte[] utf8, int from, int to) {
            int count = 0;
            for (int i = from; i < to; i++) {
                // H2 counts the two halves of a supplementary character, the others whole ones.
                count += (utf8[i] & 0xc0) == 0x80 ? 0 : countsHalves && (utf8[i] & 0xf8) == 0xf0 ? 2 : 1;
            }
            return count;
        }

        private static boolean hasNul(byte[] bytes, int from, int to) {
            int at = from;
            for (; at + 8 <= to; at += 8) {
                long eight = (long) LONGS.get(bytes, at);
                if (((eight - ONES) & ~eight & HIGHS) != 0) {
                    return true;
                }
            }
            while (at < to) {
                if (bytes[at++] == 0) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Numbers and times: from a least to a greatest one, in units of so many, and in steps. */
    private static final class Range extends ColumnFit {

        private final long least;
        private final long greatest;
        private final long unit;
        private final long step;

        Range(long least, long greatest, long unit, long step) {
            this.least = least;
            this.greatest = greatest;
            this.unit = unit;
            this.step = step;
        }

        @Override
        @Nullable
        Fault fault(Column column, int row) {
            long value = ((LongColumn) column).get(row);
            long units = unit == 1 ? value : Math.floorDiv(value, unit);
            if (units < least || units > greatest) {
                return Fault.OUT_OF_RANGE;
            }
            return step != 1 && value % step != 0 ? Fault.TOO_PRECISE : null;
        }
    }

    private static final class Real extends ColumnFit {

        private final boolean single;
        private final boolean infinite;
        private final boolean noNumber;

        Real(Dialect dialect, TableColumn type) {
            single = type.jdbcType() == Types.REAL || type.hasType("float4") || type.hasType("float");
            noNumber = dialect.holdsNoNumber();
            infinite = dialect.holdsInfinity();
        }

        @Override
        @Nullable
        Fault fault(Column column, int row) {
            double value = ((DoubleColumn) column).get(row);
            boolean fits = Double.isFinite(value)
                    ? !single || Float.isFinite((float) value)
                    : Double.isNaN(value) ? noNumber : infinite;
            return fits ? null : Fault.OUT_OF_RANGE;
        }
    }

    private static final class Decimal extends ColumnFit {

        private final int exact;
        private final int size;
        private final int digits;

        Decimal(Dialect dialect, int size, int digits) {
            exact = dialect.exactDigits();
            this.size = size;
            this.digits = digits;
        }

        @Override
        @Nullable
        Fault fault(Column column, int row) {
            DecimalColumn decimal = (DecimalColumn) column;
            if (size > 0 && digits >= 0 && !decimal.isBig(row) && decimal.scale(row) <= digits) {
                int whole = size - digits + decimal.scale(row);
                long unscaled = decimal.unscaled(row);
                if (whole > 18 || Math.abs(unscaled) < POWERS[Math.max(0, whole)] && unscaled != Long.MIN_VALUE) {
                    return null;
                }
            }
            return fault(decimal.decimal(row));
        }

        private @Nullable Fault fault(BigDecimal value) {
            if (size == 0) {
                return exact > 0 && value.precision() > exact ? Fault.OUT_OF_RANGE : null;
            }
            BigDecimal plain = value.stripTrailingZeros();
            if (plain.signum() == 0) {
                return null;
            }
            if (plain.scale() > digits) {
                return Fault.TOO_PRECISE;
            }
            return plain.precision() - plain.scale() > size - digits ? Fault.OUT_OF_RANGE : null;
        }
    }
}
