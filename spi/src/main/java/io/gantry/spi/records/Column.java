// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

import io.gantry.spi.schema.Field;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one field over the rows of a {@link RowBatch}: a vector of primitives with a mask of nulls.
 *
 * <p>Reading or writing a row outside the batch gives no promise but memory safety.
 */
public abstract sealed class Column permits LongColumn, DoubleColumn, DecimalColumn, UuidColumn, SliceColumn {

    private final Field field;
    private final boolean[] nulls;

    Column(Field field, int capacity) {
        this.field = field;
        this.nulls = new boolean[capacity];
        Arrays.fill(nulls, true);
    }

    static Column of(Field field, int capacity) {
        return switch (field.type()) {
            case INTEGER, BOOLEAN, DATE, TIME, TIMESTAMP -> new LongColumn(field, capacity);
            case FLOAT -> new DoubleColumn(field, capacity);
            case DECIMAL -> new DecimalColumn(field, capacity);
            case UUID -> new UuidColumn(field, capacity);
            case STRING, BYTES -> new SliceColumn(field, capacity);
        };
    }

    /**
     * The field whose values these are.
     *
     * @return the field
     */
    public final Field field() {
        return field;
    }

    /**
     * Whether a row has no value here.
     *
     * @param row from 0
     * @return true when there is none
     */
    public final boolean isNull(int row) {
        return nulls[row];
    }

    /**
     * Takes a row's value away.
     *
     * @param row from 0
     */
    public final void setNull(int row) {
        nulls[row] = true;
    }

    final void setPresent(int row) {
        nulls[row] = false;
    }

    /**
     * A row's value as an object of the class {@link io.gantry.spi.schema.FieldType} names. Allocates: not for the hot
     * path.
     *
     * @param row from 0
     * @return the value, or null where there is none
     */
    public final @Nullable Object object(int row) {
        return nulls[row] ? null : present(row);
    }

    /**
     * Sets a row's value from an object of the class {@link io.gantry.spi.schema.FieldType} names.
     *
     * @param row from 0
     * @param value the value, or null for none
     * @throws ClassCastException when the value is of another class
     */
    public final void setObject(int row, @Nullable Object value) {
        if (value == null) {
            nulls[row] = true;
        } else {
            setValue(row, value);
        }
    }

    abstract Object present(int row);

    abstract void setValue(int row, Object value);

    /** Moves a row's value to a row before it; nulls are moved by {@link #move}. */
    abstract void moveValue(int from, int to);

    final void move(int from, int to) {
        nulls[to] = nulls[from];
        if (!nulls[from]) {
            moveValue(from, to);
        }
    }

    void clear(int rows) {
        setNulls(0, rows);
    }

    final void setNulls(int from, int to) {
        Arrays.fill(nulls, from, to, true);
    }
}
