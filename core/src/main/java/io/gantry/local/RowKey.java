// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values that are compared as a database would: 1.0 is 1.00, and bytes are compared by content. Null comes first. */
final class RowKey implements Comparable<RowKey> {

    private final @Nullable Object[] values;

    RowKey(@Nullable Object[] row, int[] places) {
        values = new Object[places.length];
        for (int i = 0; i < places.length; i++) {
            values[i] = comparable(row[places[i]]);
        }
    }

    static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.signum() == 0 ? BigDecimal.ZERO : decimal.stripTrailingZeros();
        }
        return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
    }

    boolean hasNull() {
        return Arrays.asList(values).contains(null);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RowKey key && Arrays.equals(values, key.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /** All of the values, each with its length, so that different keys have different texts. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Object value : values) {
            String part = value instanceof ByteBuffer bytes ? HexFormat.of().formatHex(bytes.array()) : "" + value;
            text.append(value == null ? '-' : '+')
                    .append(part.length())
                    .append(':')
                    .append(part);
        }
        return text.append(';').toString();
    }

    @Override
    public int compareTo(RowKey other) {
        for (int i = 0; i < values.length; i++) {
            int order = compare(values[i], other.values[i]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @SuppressWarnings("unchecked")
    static int compare(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == right ? 0 : left == null ? -1 : 1;
        }
        if (left instanceof String a && right instanceof String b) {
            return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
        }
        if (left instanceof UUID a && right instanceof UUID b) {
            // as the digits stand, not as Java's signed numbers would have it
            int order = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
            return order != 0 ? order : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
        }
        if (left instanceof ByteBuffer a && right instanceof ByteBuffer b) {
            return Arrays.compareUnsigned(a.array(), b.array());
        }
        return ((Comparable<Object>) left).compareTo(right);
    }

    /** Whether two rows have the same values in all places; no row is the same as none. */
    static boolean same(@Nullable Object @Nullable [] left, @Nullable Object @Nullable [] right) {
        if (left == null || right == null) {
            return left == right;
        }
        for (int i = 0; i < left.length; i++) {
            if (!Objects.equals(comparable(left[i]), comparable(right[i]))) {
                return false;
            }
        }
        return true;
    }
}
