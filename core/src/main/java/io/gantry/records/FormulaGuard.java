// SPDX-License-Identifier: Apache-2.0
package io.gantry.records;

/**
 * Keeps texts from being taken for formulas by the spreadsheet that opens a file.
 *
 * <p>A text is dangerous when, behind any number of apostrophes, it begins with {@code =}, {@code +}, {@code -}, {@code @},
 * a tab or a carriage return, and is not a plain number such as {@code -12.5} or {@code +1e3}. It gets one apostrophe in
 * front. As a text that has apostrophes already gets one more, taking one away gives every text back as it was.
 *
 * <p>Works on slices of UTF-8 and allocates nothing.
 */
public final class FormulaGuard {

    private FormulaGuard() {}

    /**
     * Whether a text must be written with an apostrophe in front.
     *
     * @param bytes where the text is
     * @param offset where it begins
     * @param length its number of bytes
     * @return true when it is dangerous
     */
    public static boolean guard(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (at < end && bytes[at] == '\'') {
            at++;
        }
        if (at == end) {
            return false;
        }
        return switch (bytes[at]) {
            case '=', '@', '\t', '\r' -> true;
            case '+', '-' -> at > offset || !isNumber(bytes, at + 1, end);
            default -> false;
        };
    }

    /**
     * How many bytes to leave out at the beginning of a text that was read, to have it as it was before it was guarded.
     *
     * @param bytes where the text is
     * @param offset where it begins
     * @param length its number of bytes
     * @return 1 when it begins with an apostrophe that guards it, else 0
     */
    public static int unguard(byte[] bytes, int offset, int length) {
        return length > 1 && bytes[offset] == '\'' && guard(bytes, offset + 1, length - 1) ? 1 : 0;
    }

    /** Digits, a point among them if any, and an exponent if any. */
    private static boolean isNumber(byte[] bytes, int from, int end) {
        int at = digits(bytes, from, end);
        int digits = at - from;
        if (at < end && bytes[at] == '.') {
            int fraction = at + 1;
            at = digits(bytes, fraction, end);
            digits += at - fraction;
        }
        if (digits == 0) {
            return false;
        }
        if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
            int exponent = at + 1;
            if (exponent < end && (bytes[exponent] == '+' || bytes[exponent] == '-')) {
                exponent++;
            }
            at = digits(bytes, exponent, end);
            return at > exponent && at == end;
        }
        return at == end;
    }

    private static int digits(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }
}
