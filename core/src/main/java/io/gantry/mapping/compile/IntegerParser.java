// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.spi.records.LongColumn;
import io.gantry.spi.records.TextBatch;
import io.gantry.validation.IssueCode;
import org.jspecify.annotations.Nullable;

/** Whole numbers. */
final class IntegerParser extends CellParser<LongColumn> {

    private final long min;
    private final long max;
    private final @Nullable NumberNotation notation;

    IntegerParser(LongColumn out, long min, long max, @Nullable NumberNotation notation) {
        super(out);
        this.min = min;
        this.max = max;
        this.notation = notation;
    }

    @Override
    int parse(byte[] bytes, int start, int end, int row) {
        if (notation == null) {
            return plain(bytes, start, end, row, false);
        }
        return notation.normalize(bytes, start, end)
                ? plain(notation.buffer(), notation.begin(), notation.end(), row, notation.isPointTold())
                : fault(IssueCode.NOT_AN_INTEGER);
    }

    @Override
    int parseTyped(byte kind, byte[] bytes, int start, int end, int row) {
        return switch (kind) {
            case TextBatch.Kind.ERROR -> fault(IssueCode.CELL_ERROR);
            case TextBatch.Kind.NUMBER, TextBatch.Kind.LONG_NUMBER, TextBatch.Kind.EXACT_NUMBER ->
                plain(bytes, start, end, row, true);
            default -> parse(bytes, start, end, row);
        };
    }

    /**
     * @param told whether it is known that a point is no separator of groups
     */
    private int plain(byte[] bytes, int start, int end, int row, boolean told) {
        int at = start;
        boolean negative = bytes[at] == '-';
        if (negative || bytes[at] == '+') {
            at++;
        }
        if (at == end) {
            return fault(IssueCode.NOT_AN_INTEGER);
        }
        long value = 0; // counted downwards, because there is one more negative number than there are positive ones
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                if (bytes[at] == '.' && isWhole(bytes, start, at, end, told)) {
                    break;
                }
                return fault(IssueCode.NOT_AN_INTEGER);
            }
            if (value < Long.MIN_VALUE / 10 || (value == Long.MIN_VALUE / 10 && digit > 8)) {
                return tooLarge(bytes, start, at, end);
            }
            value = value * 10 - digit;
        }
        if (!negative) {
            if (value == Long.MIN_VALUE) {
                return fault(IssueCode.OUT_OF_RANGE);
            }
            value = -value;
        }
        if (value < min) {
            return fault(IssueCode.TOO_SMALL);
        }
        if (value > max) {
            return fault(IssueCode.TOO_LARGE);
        }
        out.set(row, value);
        return OK;
    }

    /**
     * Whether nothing but zeros stands behind the point. {@code 1.000} is one thousand for some people and one for others: it is
     * only read when the mapping says how numbers are written.
     */
    private static boolean isWhole(byte[] bytes, int start, int point, int end, boolean told) {
        int zeros = point + 1;
        while (zeros < end && bytes[zeros] == '0') {
            zeros++;
        }
        int first = bytes[start] == '-' || bytes[start] == '+' ? start + 1 : start;
        boolean group = !told && end - point == 4 && point - first <= 3 && bytes[first] != '0';
        return zeros == end && end > point + 1 && point > first && !group;
    }

    private static int tooLarge(byte[] bytes, int start, int at, int end) {
        for (int i = at; i < end; i++) {
            if (Slices.digit(bytes[i]) < 0) {
                boolean whole = bytes[i] == '.' && isWhole(bytes, start, i, end, true);
                return fault(whole ? IssueCode.OUT_OF_RANGE : IssueCode.NOT_AN_INTEGER);
            }
        }
        return fault(IssueCode.OUT_OF_RANGE);
    }
}
