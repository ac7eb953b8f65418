// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A number format that shows a number as the same text to everyone: with digits, a point, a percent sign and literals, such
 * as {@code 00000} or {@code 000\-0000}. Formats with grouping, exponents or fractions are none, for what they show depends on
 * the language of the reader or loses digits.
 */
final class ShownFormat {

    private final Section positive;
    private final @Nullable Section negative;
    private final @Nullable Section zero;
    private final boolean zeros;

    /**
     * One section of a format.
     *
     * @param tokens literals as they are, {@code 0} and {@code #} for digits, and the point, each behind a mark
     * @param whole digits in front of the point
     * @param fraction digits behind it
     */
    private record Section(String tokens, int whole, int fraction, boolean percent) {

        /** A section that shows a number as it is. */
        boolean isPlain() {
            return tokens.equals(DIGIT + "0") || tokens.equals(DIGIT + "#");
        }
    }

    private static final String DIGIT = "\u0001";
    private static final String POINT = "\u0002";
    private static final int MOST_DIGITS = 400;
    /** Characters that need no quotes. */
    private static final String LITERALS = " $+-():!^&'~{}<>=";

    private final byte[] digits = new byte[MOST_DIGITS];

    private ShownFormat(Section positive, @Nullable Section negative, @Nullable Section zero) {
        this.positive = positive;
        this.negative = negative;
        this.zero = zero;
        this.zeros = negative == null
                && positive.tokens().replace(DIGIT + "0", "").replace(POINT, "").isEmpty();
    }

    /** Understands a code; null when it shows numbers as they are, or is none of the formats that are understood. */
    static @Nullable ShownFormat of(String code) {
        Parser parser = new Parser(code);
        Section first = parser.section();
        Section second = parser.section();
        Section third = parser.section();
        if (first == null || parser.broken || first.isPlain() && second == null) {
            return null;
        }
        return new ShownFormat(first, second, third);
    }

    /**
     * Shows a number.
     *
     * @param plain in plain notation
     * @param into where the text is added
     * @return false when it shows it as it is, shows nothing, or would lose digits: then nothing is added
     */
    boolean write(byte[] plain, int from, int to, Bytes into) {
        if (zeros && isFull(plain, from, to)) {
            return false;
        }
        boolean minus = plain[from] == '-';
        boolean none = to - from == 1 && plain[from] == '0';
        Section section = minus && negative != null ? negative : none && zero != null ? zero : positive;
        int whole = 0;
        int count = 0;
        boolean point = false;
        for (int i = minus ? from + 1 : from; i < to; i++) {
            if (plain[i] == '.') {
                point = true;
            } else {
                digits[count++] = plain[i];
                whole += point ? 0 : 1;
            }
        }
        if (section.percent()) {
            for (int i = 0; i < 2; i++) {
                if (whole == count) {
                    digits[count++] = '0';
                }
                whole++;
            }
        }
        int first = 0;
        while (first < whole && digits[first] == '0') {
            first++;
        }
        int start = into.length();
        boolean hides = section.whole() + section.fraction() == 0;
        boolean noRoom = section.whole() == 0 && first < whole || count - whole > section.fraction();
        if (!hides && noRoom) {
            return false;
        }
        if (minus && negative == null) {
            into.add('-');
        }
        write(section, first, whole, count, into);
        if (into.length() == start || isSame(plain, from, to, into, start)) {
            into.length(start);
            return false;
        }
        return true;
    }

    /** Whether a number has all the digits that a format of zeros such as {@code 0.00} asks for, and no more behind the point. */
    private boolean isFull(byte[] plain, int from, int to) {
        int start = plain[from] == '-' ? from + 1 : from;
        int end = to;
        if (positive.fraction() > 0) {
            end = to - 1 - positive.fraction();
            return end - start >= positive.whole() && plain[end] == '.';
        }
        for (int i = start; i < end; i++) {
            if (plain[i] == '.') {
                return false;
            }
        }
        return end - start >= positive.whole();
    }

    private void write(Section section, int first, int whole, int count, Bytes into) {
        String tokens = section.tokens();
        int place = section.whole();
        int behind = whole;
        boolean point = false;
        for (int i = 0; i < tokens.length(); i++) {
            char c = tokens.charAt(i);
            if (c == POINT.charAt(0)) {
                point = true;
                if (count > whole || tokens.indexOf(DIGIT + "0", i) >= 0) {
                    into.add('.');
                }
            } else if (c != DIGIT.charAt(0)) {
                int size = Character.isHighSurrogate(c) && i + 1 < tokens.length() ? 2 : 1;
                byte[] literal = tokens.substring(i, i + size).getBytes(StandardCharsets.UTF_8);
                into.add(literal, 0, literal.length);
                i += size - 1;
            } else {
                boolean must = tokens.charAt(++i) == '0';
                if (point) {
                    if (behind < count) {
                        into.add(digits[behind++]);
                    } else if (must) {
                        into.add('0');
                    }
                } else {
                    writeWhole(place, place == section.whole(), must, first, whole, into);
                    place--;
                }
            }
        }
    }

    /** Writes what stands at a place in front of the point, counted from there; at the first, all digits before it too. */
    private void writeWhole(int place, boolean isFirst, boolean must, int first, int whole, Bytes into) {
        int at = whole - place;
        if (isFirst) {
            for (int i = first; i < at; i++) {
                into.add(digits[i]);
            }
        }
        if (at >= first) {
            into.add(digits[at]);
        } else if (must) {
            into.add('0');
        }
    }

    private static boolean isSame(byte[] plain, int from, int to, Bytes into, int start) {
        if (into.length() - start != to - from) {
            return false;
        }
        for (int i = 0; i < to - from; i++) {
            if (plain[from + i] != into.array()[start + i]) {
                return false;
            }
        }
        return true;
    }

    /** Takes a code apart, section by section. */
    private static final class Parser {

        private final String code;
        private int at;
        private boolean broken;

        Parser(String code) {
            this.code = code;
        }

        /** The next section; null when there is none, or when it is not understood. */
        @Nullable
        Section section() {
            if (at > code.length() || code.isEmpty()) {
                return null;
            }
            StringBuilder tokens = new StringBuilder();
            int whole = 0;
            int fraction = 0;
            boolean point = false;
            boolean percent = false;
            for (; at < code.length() && code.charAt(at) != ';'; at++) {
                char c = code.charAt(at);
                if (c == '0' || c == '#') {
                    tokens.append(DIGIT).append(c);
                    whole += point ? 0 : 1;
                    fraction += point ? 1 : 0;
                } else if (c == '.' && !point) {
                    point = true;
                    tokens.append(POINT);
                } else if (c == '%' && !percent) {
                    percent = true;
                    tokens.append('%');
                } else if (!literal(c, tokens)) {
                    broken = true;
                    return null;
                }
            }
            at++;
            return new Section(tokens.toString(), whole, fraction, percent);
        }

        private boolean literal(char c, StringBuilder tokens) {
            if (c == '"') {
                int end = code.indexOf('"', at + 1);
                if (end < 0) {
                    return false;
                }
                tokens.append(code, at + 1, end);
                at = end;
            } else if (c == '\\' && at + 1 < code.length()) {
                tokens.append(code.charAt(++at));
            } else if (c == '_' && at + 1 < code.length()) {
                at++; // a blank as wide as the next character
            } else if (c == '[') {
                return bracket(tokens);
            } else if (c >= 0x80 || LITERALS.indexOf(c) >= 0) {
                tokens.append(c);
            } else {
                return false;
            }
            return true;
        }

        /** A colour, a language or a currency; a condition is not understood. */
        private boolean bracket(StringBuilder tokens) {
            int end = code.indexOf(']', at);
            if (end < 0 || end == at + 1 || "<>=".indexOf(code.charAt(at + 1)) >= 0) {
                return false;
            }
            if (code.charAt(at + 1) == '$') {
                String currency = code.substring(at + 2, end);
                int language = currency.lastIndexOf('-');
                tokens.append(language < 0 ? currency : currency.substring(0, language));
            }
            at = end;
            return true;
        }
    }
}
