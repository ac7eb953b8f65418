// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.spi.records.DecimalColumn;
import io.gantry.spi.schema.Field;
import io.gantry.validation.IssueCode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Exact decimal numbers: up to 18 digits without an object, more of them with one. */
final class DecimalParser extends CellParser<DecimalColumn> {

    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private static final int MOST_CHARACTERS = 1_000;

    private final Field.Size size;
    private final @Nullable Bound min;
    private final @Nullable Bound max;
    private final @Nullable NumberNotation notation;

    DecimalParser(
            DecimalColumn out, @Nullable BigDecimal min, @Nullable BigDecimal max, @Nullable NumberNotation notation) {
        super(out);
        this.size = out.field().size();
        this.min = min == null ? null : new Bound(min);
        this.max = max == null ? null : new Bound(max);
        this.notation = notation;
    }

    @Override
    int parse(byte[] bytes, int start, int end, int row) {
        if (notation == null) {
            return plain(bytes, start, end, row);
        }
        return notation.normalize(bytes, start, end)
                ? plain(notation.buffer(), notation.begin(), notation.end(), row)
                : fault(IssueCode.NOT_A_DECIMAL);
    }

    @Override
    int parseTyped(byte kind, byte[] bytes, int start, int end, int row) {
        return isNumber(kind) ? plain(bytes, start, end, row) : super.parseTyped(kind, bytes, start, end, row);
    }

    private int plain(byte[] bytes, int start, int end, int row) {
        int at = start;
        boolean negative = bytes[at] == '-';
        if (negative || bytes[at] == '+') {
            at++;
        }
        long value = 0;
        int digits = 0;
        int point = -1;
        for (; at < end; at++) {
            byte b = bytes[at];
            int digit = b - '0';
            if (digit >= 0 && digit <= 9) {
                value = value * 10 + digit;
                digits++;
            } else if (b == '.' && point < 0) {
                point = digits;
            } else {
                return large(bytes, start, end, row);
            }
        }
        if (digits == 0 || digits > 18) {
            return large(bytes, start, end, row);
        }
        int scale = point < 0 ? 0 : digits - point;
        if (size.precision() > 0) {
            while (scale > size.scale()) {
                if (value % 10 != 0) {
                    return fault(IssueCode.OUT_OF_RANGE);
                }
                value /= 10;
                scale--;
            }
            int whole = size.precision() - size.scale();
            if (whole < 18 - scale && value >= POWERS[whole + scale]) {
                return fault(IssueCode.OUT_OF_RANGE);
            }
        }
        if (negative) {
            value = -value;
        }
        if (min != null && min.isAbove(value, scale)) {
            return fault(IssueCode.TOO_SMALL);
        }
        if (max != null && max.isBelow(value, scale)) {
            return fault(IssueCode.TOO_LARGE);
        }
        out.set(row, value, scale);
        return OK;
    }

    /** Numbers of more than 18 digits, numbers with an exponent, and what is no number. */
    private int large(byte[] bytes, int start, int end, int row) {
        // converting a very long one would take time that grows with the square
        if (end - start > MOST_CHARACTERS || !FloatParser.looksLikeNumber(bytes, start, end)) {
            return fault(IssueCode.NOT_A_DECIMAL);
        }
        BigDecimal value;
        try {
            value = new BigDecimal(Slices.text(bytes, start, end));
        } catch (NumberFormatException e) {
            return fault(IssueCode.NOT_A_DECIMAL);
        }
        if (Math.abs((long) value.scale()) > MOST_CHARACTERS) {
            return fault(IssueCode.OUT_OF_RANGE); // 1e999999999 is a short text, but not a short number
        }
        if (size.precision() > 0) {
            BigDecimal shortest = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
            if (shortest.scale() > size.scale()
                    || shortest.precision() - shortest.scale() > size.precision() - size.scale()) {
                return fault(IssueCode.OUT_OF_RANGE);
            }
            value = value.scale() > size.scale() ? value.setScale(size.scale()) : value;
        }
        if (min != null && value.compareTo(min.value) < 0) {
            return fault(IssueCode.TOO_SMALL);
        }
        if (max != null && value.compareTo(max.value) > 0) {
            return fault(IssueCode.TOO_LARGE);
        }
        out.set(row, value);
        return OK;
    }

    /** A smallest or largest value, ready to be compared with digits that are no object yet. */
    private static final class Bound {

        private final BigDecimal value;
        private final boolean isShort;
        private final long unscaled;
        private final int scale;

        Bound(BigDecimal value) {
            this.value = value;
            isShort = value.precision() <= 18 && value.scale() >= 0 && value.scale() <= 18;
            unscaled = isShort ? value.unscaledValue().longValue() : 0;
            scale = isShort ? value.scale() : 0;
        }

        boolean isAbove(long digits, int digitsScale) {
            return compare(digits, digitsScale) < 0;
        }

        boolean isBelow(long digits, int digitsScale) {
            return compare(digits, digitsScale) > 0;
        }

        private int compare(long digits, int digitsScale) {
            int shift = scale - digitsScale;
            if (isShort && shift >= 0 && Math.abs(digits) <= Long.MAX_VALUE / POWERS[shift]) {
                return Long.compare(digits * POWERS[shift], unscaled);
            }
            if (isShort && shift < 0 && Math.abs(unscaled) <= Long.MAX_VALUE / POWERS[-shift]) {
                return Long.compare(digits, unscaled * POWERS[-shift]);
            }
            return BigDecimal.valueOf(digits, digitsScale).compareTo(value);
        }
    }
}
