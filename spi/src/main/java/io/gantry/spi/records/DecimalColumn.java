// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

import io.gantry.spi.schema.Field;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** DECIMAL values: an unscaled long with its scale, and a {@link BigDecimal} only where that does not suffice. */
public final class DecimalColumn extends Column {

    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private final long[] unscaled;
    private final int[] scales;
    private @Nullable BigDecimal @Nullable [] big;

    DecimalColumn(Field field, int capacity) {
        super(field, capacity);
        unscaled = new long[capacity];
        scales = new int[capacity];
    }

    /**
     * Whether a row's value does not fit an unscaled long, and is only to be had by {@link #decimal}.
     *
     * @param row from 0
     * @return true for the rare large value
     */
    public boolean isBig(int row) {
        return big != null && big[row] != null;
    }

    /**
     * The digits of a row's value, without the point.
     *
     * @param row from 0, one that is not big
     * @return value × 10<sup>scale</sup>
     */
    public long unscaled(int row) {
        return unscaled[row];
    }

    /**
     * The number of digits behind the point.
     *
     * @param row from 0, one that is not big
     * @return 0 or more
     */
    public int scale(int row) {
        return scales[row];
    }

    /**
     * Sets a row's value.
     *
     * @param row from 0
     * @param unscaled its digits
     * @param scale how many of them stand behind the point, 0 or more
     */
    public void set(int row, long unscaled, int scale) {
        this.unscaled[row] = unscaled;
        this.scales[row] = scale;
        if (big != null) {
            big[row] = null;
        }
        setPresent(row);
    }

    /**
     * Sets a row's value.
     *
     * @param row from 0
     * @param value any decimal number
     */
    public void set(int row, BigDecimal value) {
        BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
        if (plain.precision() <= 18 || plain.unscaledValue().abs().compareTo(LONG_MAX.unscaledValue()) <= 0) {
            set(row, plain.unscaledValue().longValueExact(), plain.scale());
            return;
        }
        if (big == null) {
            big = new BigDecimal[unscaled.length];
        }
        big[row] = plain;
        setPresent(row);
    }

    /**
     * A row's value as an object.
     *
     * @param row from 0, one that has a value
     * @return the number with the scale it was set with
     */
    public BigDecimal decimal(int row) {
        BigDecimal large = big == null ? null : big[row];
        return large != null ? large : BigDecimal.valueOf(unscaled[row], scales[row]);
    }

    @Override
    Object present(int row) {
        return decimal(row);
    }

    @Override
    void setValue(int row, Object value) {
        set(row, (BigDecimal) value);
    }

    @Override
    void moveValue(int from, int to) {
        unscaled[to] = unscaled[from];
        scales[to] = scales[from];
        if (big != null) {
            big[to] = big[from];
        }
    }
}
