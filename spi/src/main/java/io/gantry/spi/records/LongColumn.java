// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

import io.gantry.spi.schema.Field;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/**
 * Values that fit a long: INTEGER as it is, BOOLEAN as 0 or 1, DATE as days since 1970-01-01, TIME as microseconds of
 * the day, TIMESTAMP as microseconds since 1970-01-01T00:00Z.
 */
public final class LongColumn extends Column {

    private final long[] values;

    LongColumn(Field field, int capacity) {
        super(field, capacity);
        values = new long[capacity];
    }

    /**
     * A row's value.
     *
     * @param row from 0
     * @return the value; any number where there is none
     */
    public long get(int row) {
        return values[row];
    }

    /**
     * Sets a row's value.
     *
     * @param row from 0
     * @param value in the unit of the field's type
     */
    public void set(int row, long value) {
        values[row] = value;
        setPresent(row);
    }

    @Override
    Object present(int row) {
        long value = values[row];
        return switch (field().type()) {
            case BOOLEAN -> value != 0;
            case DATE -> LocalDate.ofEpochDay(value);
            case TIME -> LocalTime.ofNanoOfDay(value * 1_000);
            case TIMESTAMP -> Instant.EPOCH.plus(value, ChronoUnit.MICROS);
            default -> value;
        };
    }

    @Override
    void setValue(int row, Object value) {
        set(
                row,
                switch (field().type()) {
                    case BOOLEAN -> (Boolean) value ? 1 : 0;
                    case DATE -> ((LocalDate) value).toEpochDay();
                    case TIME -> ((LocalTime) value).toNanoOfDay() / 1_000;
                    case TIMESTAMP -> micros((Instant) value);
                    default -> ((Number) value).longValue();
                });
    }

    /** Not by {@link ChronoUnit#between(java.time.temporal.Temporal, java.time.temporal.Temporal)}, which counts nanoseconds on the way and so ends in the year 2262. */
    private static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000), instant.getNano() / 1_000);
    }

    @Override
    void moveValue(int from, int to) {
        values[to] = values[from];
    }
}
