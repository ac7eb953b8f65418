// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import java.util.Locale;

/** Tells what a number format makes of a number: that is all that distinguishes a date from a number in a sheet. */
final class NumberFormats {

    /** A number. */
    static final byte NUMBER = 0;
    /** A date, a time of day, or both. */
    static final byte MOMENT = 1;
    /** A length of time that goes on counting beyond a day, such as {@code [h]:mm}. */
    static final byte ELAPSED = 2;

    private NumberFormats() {}

    /** What a format without a code of its own shows, by its number. */
    static byte builtIn(long id) {
        boolean moment = id >= 14 && id <= 22 // dates and times everywhere
                || id == 45
                || id == 47
                || id >= 27 && id <= 36 // dates and times of East Asian editions
                || id >= 50 && id <= 58
                || id >= 71 && id <= 81; // dates and times of the Thai edition
        return moment ? MOMENT : id == 46 ? ELAPSED : NUMBER;
    }

    /**
     * What a format code shows. Only the first of its sections counts, the one for positive numbers.
     *
     * @param code such as {@code yyyy\-mm\-dd} or {@code #,##0.00}
     */
    static byte of(String code) {
        boolean moment = false;
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c == ';') {
                break;
            } else if (c == '"') {
                i = behind(code, '"', i);
            } else if (c == '\\' || c == '_' || c == '*') {
                i++; // the next character is shown, left blank, or repeated
            } else if (c == '[') {
                int close = behind(code, ']', i);
                if (isElapsed(code.substring(i + 1, Math.max(i + 1, close)))) {
                    return ELAPSED;
                }
                i = close; // a colour, a condition or a language
            } else if ("ymdhsbYMDHSB".indexOf(c) >= 0) {
                moment = true;
            } else if (isLetter(c) && "egaptEGAPT".indexOf(c) < 0) {
                return NUMBER; // a word such as General
            } else if (!moment && (c == '0' || c == '#' || c == '?' || c == '@')) {
                return NUMBER; // digits come first only where a number is shown
            }
        }
        return moment ? MOMENT : NUMBER;
    }

    private static int behind(String code, char mark, int from) {
        int at = code.indexOf(mark, from + 1);
        return at < 0 ? code.length() : at;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isElapsed(String bracket) {
        return bracket.toLowerCase(Locale.ROOT).matches("h+|m+|s+");
    }
}
