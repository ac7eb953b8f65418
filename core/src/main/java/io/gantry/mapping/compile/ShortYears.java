// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

/** Recognises dates with a year of two digits, such as {@code 4/23/54}, {@code 15.06.91} and {@code 4-Jul-54}. */
final class ShortYears {

    private ShortYears() {}

    /** Whether a text is such a date, with or without a time behind it. */
    static boolean isIn(byte[] bytes, int start, int end) {
        int at = digits(bytes, start, end);
        if (at == start || at - start > 2 || at == end) {
            return false;
        }
        int month = separator(bytes, at, end);
        at = digits(bytes, month, end);
        if (at == month) {
            while (at < end && isLetter(bytes[at])) {
                at++;
            }
            if (at - month < 3) {
                return false;
            }
        } else if (at - month > 2 || month == start) {
            return false;
        }
        int year = separator(bytes, at, end);
        at = digits(bytes, year, end);
        return at - year == 2 && (at == end || bytes[at] == ' ' || bytes[at] == 'T');
    }

    private static int digits(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end && Slices.digit(bytes[at]) >= 0) {
            at++;
        }
        return at;
    }

    private static int separator(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end && (bytes[at] == '/' || bytes[at] == '.' || bytes[at] == '-' || bytes[at] == ' ')) {
            at++;
        }
        return at;
    }

    private static boolean isLetter(byte b) {
        int lower = b | 0x20;
        return b < 0 || lower >= 'a' && lower <= 'z';
    }
}
