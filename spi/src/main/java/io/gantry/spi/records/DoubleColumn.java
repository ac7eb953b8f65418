// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

import io.gantry.spi.schema.Field;

/** FLOAT values. */
public final class DoubleColumn extends Column {

    private final double[] values;

    DoubleColumn(Field field, int capacity) {
        super(field, capacity);
        values = new double[capacity];
    }

    /**
     * A row's value.
     *
     * @param row from 0
     * @return the value; any number where there is none
     */
    public double get(int row) {
        return values[row];
    }

    /**
     * Sets a row's value.
     *
     * @param row from 0
     * @param value any double
     */
    public void set(int row, double value) {
        values[row] = value;
        setPresent(row);
    }

    @Override
    Object present(int row) {
        return values[row];
    }

    @Override
    void setValue(int row, Object value) {
        set(row, ((Number) value).doubleValue());
    }

    @Override
    void moveValue(int from, int to) {
        values[to] = values[from];
    }
}
