// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * One number of a sheet, as its XML writes it: taken apart, and written again as people write it, without exponent and
 * without zeros at the end. A spreadsheet holds it as a binary number: of that it has the 15 digits that spreadsheets show,
 * rounded half-even. Used again for each cell.
 */
final class NumberText {

    /** Enough room for any number a double can hold: sign, point, 324 zeros and 17 digits. */
    static final int LONGEST = 350;

    private static final int SHOWN = 15;
    /** Doubles are written with at most 17 digits; of what stands behind them only matters whether it is zero. */
    private static final int HELD = 17;

    /** Below, a double has fewer digits than elsewhere. */
    private static final int SMALLEST = -300;
    /** So many short steps from one double to the next a sum of decimal numbers is beside its true value, now and then. */
    private static final int NOISE = 4;

    /** The shortest step from one double to the next, in relation to the first. */
    private static final double RELATIVE_STEP = 0x1p-53;

    private static final MathContext FIFTEEN = new MathContext(SHOWN, RoundingMode.HALF_EVEN);

    /** What the text of a number does not say. */
    enum Loss {
        /** Nothing. */
        NONE,
        /** The last bits, as arithmetic leaves them. */
        NOISE,
        /** Digits behind the first 15, some of them behind the point. */
        DIGITS,
        /** Nothing, but of a whole number with so many digits a spreadsheet makes the last ones zeros. */
        WHOLE,
        /** Digits in front of the point. */
        WHOLE_DIGITS
    }

    private boolean negative;
    private Loss loss = Loss.NONE;
    private long digits;
    private int count;
    private int exponent;
    private boolean more;
    private boolean canonical;

    /** Whether the number is below zero. */
    boolean isNegative() {
        return negative && digits != 0;
    }

    /** Its first 17 digits, without sign. */
    long digits() {
        return digits;
    }

    /** The power of ten to multiply the digits with. */
    int exponent() {
        return exponent;
    }

    /** The number of {@link #digits}; 0 for zero. */
    int count() {
        return count;
    }

    /**
     * Takes a number apart.
     *
     * @return false when it is none that a double can hold
     */
    boolean parse(byte[] text, int length) {
        digits = 0;
        count = 0;
        exponent = 0;
        more = false;
        int i = 0;
        negative = length > 0 && text[0] == '-';
        canonical = true;
        if (length > 0 && (negative || text[0] == '+')) {
            canonical = negative;
            i++;
        }
        int first = i;
        int point = -1;
        for (; i < length; i++) {
            int digit = text[i] - '0';
            if (digit >= 0 && digit <= 9) {
                add(digit, point >= 0);
            } else if (text[i] == '.' && point < 0) {
                point = i;
            } else {
                break;
            }
        }
        int whole = (point < 0 ? i : point) - first;
        int fraction = point < 0 ? 0 : i - point - 1;
        if (whole + fraction == 0 || i < length && !parseExponent(text, i, length)) {
            return false;
        }
        canonical &= i == length
                && count <= SHOWN
                && (whole == 1 || whole > 1 && text[first] != '0')
                && (point < 0 || fraction > 0 && text[i - 1] != '0')
                && !(negative && digits == 0);
        int size = count + exponent;
        return digits == 0 || size <= 309 && size >= -323;
    }

    private void add(int digit, boolean behindPoint) {
        if (count == HELD) {
            more |= digit != 0;
            exponent += behindPoint ? 0 : 1;
        } else {
            digits = digits * 10 + digit;
            count += count > 0 || digit != 0 ? 1 : 0;
            exponent -= behindPoint ? 1 : 0;
        }
    }

    private boolean parseExponent(byte[] text, int from, int length) {
        int i = from + 1;
        boolean minus = i < length && text[i] == '-';
        if (i < length && (minus || text[i] == '+')) {
            i++;
        }
        if (text[from] != 'e' && text[from] != 'E' || i == length || length - i > 5) {
            return false;
        }
        int value = 0;
        for (; i < length; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            value = value * 10 + digit;
        }
        exponent += minus ? -value : value;
        return true;
    }

    /**
     * Writes the number.
     *
     * @param text what was parsed
     * @param into has room for {@link #LONGEST} bytes from there on
     * @return where it ends
     */
    int write(byte[] text, int length, byte[] into, int at) {
        loss = Loss.NONE;
        if (canonical) {
            System.arraycopy(text, 0, into, at, length);
            return at + length;
        }
        if (digits == 0) {
            into[at] = '0';
            return at + 1;
        }
        long shown = digits;
        int power = exponent;
        if (count > SHOWN) {
            long unit = count == HELD ? 100 : 10;
            shown = rounded(text, length, unit);
            power += count - SHOWN;
            loss = loss(text, length, shown, unit);
        }
        while (shown % 10 == 0) {
            shown /= 10;
            power++;
        }
        if (digits(shown) + power > SHOWN) {
            loss = loss == Loss.NONE ? Loss.WHOLE : Loss.WHOLE_DIGITS;
        }
        return writePlain(shown, power, into, at);
    }

    /** What the number written last lost. */
    Loss loss() {
        return loss;
    }

    /** The first 15 digits of the binary number. Only where its text is close to a tie, the number itself is looked at. */
    private long rounded(byte[] text, int length, long unit) {
        long rest = digits % unit;
        long kept = digits / unit;
        long distance = Math.abs(rest - unit / 2);
        // Half the way to the next double is at most 11 of the last of 17 digits.
        boolean clear = distance > (unit == 10 ? 2 : 13) && count + exponent > SMALLEST;
        if (clear) {
            return rest * 2 > unit ? kept + 1 : kept;
        }
        BigDecimal exact = new BigDecimal(value(text, length)).abs();
        return exact.signum() == 0
                ? kept
                : exact.round(FIFTEEN).movePointLeft(exponent + count - SHOWN).longValue();
    }

    private Loss loss(byte[] text, int length, long shown, long unit) {
        // In steps from one double to the next; near a power of two they may be half as long.
        double steps = Math.abs((double) (digits - shown * unit)) / (shown * (double) unit) / RELATIVE_STEP;
        boolean clear = count + exponent > SMALLEST && (steps < 0.2 || steps > 2.2);
        boolean same = clear
                ? steps < 0.2
                : value(text, length)
                        == Double.parseDouble((negative ? "-" : "") + shown + "E" + (exponent + count - SHOWN));
        return same ? Loss.NONE : steps <= NOISE ? Loss.NOISE : Loss.DIGITS;
    }

    private static double value(byte[] text, int length) {
        return Double.parseDouble(new String(text, 0, length, StandardCharsets.US_ASCII));
    }

    private static int digits(long number) {
        int size = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            size++;
        }
        return size;
    }

    private int writePlain(long shown, int power, byte[] into, int from) {
        int at = from;
        if (negative) {
            into[at++] = '-';
        }
        int size = digits(shown);
        int whole = size + power;
        if (whole <= 0) {
            into[at++] = '0';
            into[at++] = '.';
            for (int i = whole; i < 0; i++) {
                into[at++] = '0';
            }
        }
        boolean point = whole > 0 && power < 0;
        int end = at + size + (point ? 1 : 0);
        long rest = shown;
        for (int i = end - 1; i >= at; i--) {
            if (point && i == at + whole) {
                into[i] = '.';
            } else {
                into[i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
        }
        for (int i = 0; i < power; i++) {
            into[end++] = '0';
        }
        return end;
    }
}
