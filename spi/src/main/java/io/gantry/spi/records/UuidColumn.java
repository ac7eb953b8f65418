// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

import io.gantry.spi.schema.Field;
import java.util.UUID;

/** UUID values as two longs. */
public final class UuidColumn extends Column {

    private final long[] most;
    private final long[] least;

    UuidColumn(Field field, int capacity) {
        super(field, capacity);
        most = new long[capacity];
        least = new long[capacity];
    }

    /**
     * The leading 64 bits of a row's value.
     *
     * @param row from 0
     * @return the bits
     */
    public long mostSignificantBits(int row) {
        return most[row];
    }

    /**
     * The trailing 64 bits of a row's value.
     *
     * @param row from 0
     * @return the bits
     */
    public long leastSignificantBits(int row) {
        return least[row];
    }

    /**
     * Sets a row's value.
     *
     * @param row from 0
     * @param mostSignificantBits the leading 64 bits
     * @param leastSignificantBits the trailing 64 bits
     */
    public void set(int row, long mostSignificantBits, long leastSignificantBits) {
        most[row] = mostSignificantBits;
        least[row] = leastSignificantBits;
        setPresent(row);
    }

    @Override
    Object present(int row) {
        return new UUID(most[row], least[row]);
    }

    @Override
    void setValue(int row, Object value) {
        UUID uuid = (UUID) value;
        set(row, uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    @Override
    void moveValue(int from, int to) {
        most[to] = most[from];
        least[to] = least[from];
    }
}
