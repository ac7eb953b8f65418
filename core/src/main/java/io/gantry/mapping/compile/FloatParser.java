// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.spi.records.DoubleColumn;
import io.gantry.validation.IssueCode;
import org.jspecify.annotations.Nullable;

/** Binary floating point numbers. */
final class FloatParser extends CellParser<DoubleColumn> {

    /** Powers of ten that a double holds exactly. */
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private static final int MOST_CHARACTERS = 1_000;

    private final double min;
    private final double max;
    private final @Nullable NumberNotation notation;

    FloatParser(DoubleColumn out, double min, double max, @Nullable NumberNotation notation) {
        super(out);
        this.min = min;
        this.max = max;
        this.notation = notation;
    }

    @Override
    int parse(byte[] bytes, int start, int end, int row) {
        if (notation == null) {
            return plain(bytes, start, end, row);
        }
        return notation.normalize(bytes, start, end)
                ? plain(notation.buffer(), notation.begin(), notation.end(), row)
                : fault(IssueCode.NOT_A_NUMBER);
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
        long digits = 0;
        int count = 0;
        int point = -1;
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
                count++;
            } else if (bytes[at] == '.' && point < 0) {
                point = count;
            } else {
                return slow(bytes, start, end, row);
            }
        }
        int scale = point < 0 ? 0 : count - point;
        if (count == 0 || count > 15 || scale > 22) {
            return slow(bytes, start, end, row);
        }
        // both numbers are exact doubles, so that the one division rounds correctly
        double value = digits / POWERS[scale];
        return set(row, negative ? -value : value);
    }

    private int slow(byte[] bytes, int start, int end, int row) {
        if (end - start > MOST_CHARACTERS || !looksLikeNumber(bytes, start, end)) {
            return fault(IssueCode.NOT_A_NUMBER);
        }
        try {
            double value = Double.parseDouble(Slices.text(bytes, start, end));
            return Double.isInfinite(value) ? fault(IssueCode.OUT_OF_RANGE) : set(row, value);
        } catch (NumberFormatException e) {
            return fault(IssueCode.NOT_A_NUMBER);
        }
    }

    /** Java also reads {@code 1f}, {@code 0x1p3}, {@code NaN} and {@code Infinity}, which are no numbers in a file. */
    static boolean looksLikeNumber(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            byte b = bytes[i];
            if (Slices.digit(b) < 0 && b != '+' && b != '-' && b != '.' && b != 'e' && b != 'E') {
                return false;
            }
        }
        return true;
    }

    private int set(int row, double value) {
        if (value < min) {
            return fault(IssueCode.TOO_SMALL);
        }
        if (value > max) {
            return fault(IssueCode.TOO_LARGE);
        }
        out.set(row, value);
        return OK;
    }
}
