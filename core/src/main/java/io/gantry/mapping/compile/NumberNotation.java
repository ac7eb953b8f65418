// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.mapping.Reading;
import io.gantry.mapping.Reading.Negative;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a number as people of a place write it ({@code (1.234,50 €)}) into plain notation ({@code -1234.50}). An instance
 * belongs to one thread.
 */
final class NumberNotation {

    private static final Set<String> BLANKS = Set.of(" ", "\u00a0", "\u202f", "\u2009");
    private static final Set<String> APOSTROPHES = Set.of("'", "\u2019");

    /** Room in front of the digits: a sign, and zeros for percents. */
    private static final int ROOM = 4;

    private final byte decimal;
    private final boolean ofLocale;
    private final byte[][] groupings;
    private final byte[][] affixes;
    private final SignMark[] marks;
    private final boolean parentheses;
    private final boolean percent;
    private byte[] buffer = new byte[64];
    private int begin;
    private int length;
    private int from;
    private int to;
    private boolean negative;
    private boolean hundredth;

    private NumberNotation(byte decimal, byte[][] groupings, Reading reading) {
        Reading.Numbers numbers = reading.numbers();
        this.decimal = decimal;
        this.ofLocale = reading.locale() != null;
        this.groupings = groupings;
        this.affixes = utf8(numbers.ignore());
        this.marks = SignMark.of(numbers.negative());
        this.parentheses = numbers.negative().contains(Negative.PARENTHESES);
        this.percent = numbers.percent();
    }

    /** The notation that a mapping asks for, or null when numbers are plain already. */
    static @Nullable NumberNotation of(Reading reading) {
        Locale locale = reading.locale();
        if (locale == null && reading.numbers().equals(Reading.Numbers.PLAIN)) {
            return null;
        }
        if (locale == null) {
            return new NumberNotation((byte) '.', new byte[0][], reading);
        }
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(locale);
        String grouping = String.valueOf(symbols.getGroupingSeparator());
        // people type the space or apostrophe their keyboard has
        List<String> groupings = BLANKS.contains(grouping)
                ? List.copyOf(BLANKS)
                : APOSTROPHES.contains(grouping) ? List.copyOf(APOSTROPHES) : List.of(grouping);
        char decimal = symbols.getDecimalSeparator();
        return new NumberNotation((byte) (decimal == ',' ? ',' : '.'), utf8(groupings), reading);
    }

    private static byte[][] utf8(List<String> texts) {
        return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    }

    byte[] buffer() {
        return buffer;
    }

    /** Where the plain notation begins in the buffer. */
    int begin() {
        return begin;
    }

    /** Where it ends. */
    int end() {
        return length;
    }

    /** Whether a point in what was read last cannot be a separator of groups. */
    boolean isPointTold() {
        return ofLocale || hundredth;
    }

    /** Writes the plain notation into the buffer; false when signs or groups of digits are wrong, or nothing is left. */
    boolean normalize(byte[] bytes, int start, int end) {
        from = start;
        to = end;
        if (!strip(bytes) || from == to || bytes[from] == '-' || bytes[from] == '+') {
            return false;
        }
        if (buffer.length < to - from + ROOM + 1) {
            buffer = new byte[to - from + ROOM + 1];
        }
        begin = ROOM;
        length = ROOM;
        if (!digits(bytes) || (hundredth && !divide())) {
            return false;
        }
        if (negative) {
            buffer[--begin] = '-';
        }
        return true;
    }

    /** Takes off all that stands around the digits; false when there is more than one sign. */
    private boolean strip(byte[] bytes) {
        int signs = 0;
        negative = false;
        hundredth = false;
        for (boolean found = true; found; ) {
            from = Slices.trimStart(bytes, from, to);
            to = Slices.trimEnd(bytes, from, to);
            found = affixes(bytes);
            if (percent && !hundredth && from < to && (bytes[from] == '%' || bytes[to - 1] == '%')) {
                hundredth = true;
                found = true;
                if (bytes[from] == '%') {
                    from++;
                } else {
                    to--;
                }
            }
            if (parentheses && to - from > 2 && bytes[from] == '(' && bytes[to - 1] == ')') {
                from++;
                to--;
                signs++;
                negative = true;
                found = true;
            }
            for (SignMark mark : marks) {
                int front = mark.front(bytes, from, to);
                int back = front > 0 ? 0 : mark.back(bytes, from, to);
                if (front + back > 0) {
                    from += front;
                    to -= back;
                    signs++;
                    negative |= mark.isNegative();
                    found = true;
                    break;
                }
            }
        }
        return signs <= 1;
    }

    private boolean affixes(byte[] bytes) {
        boolean found = false;
        for (byte[] affix : affixes) {
            if (startsWith(bytes, from, to, affix)) {
                from = Slices.trimStart(bytes, from + affix.length, to);
                found = true;
            }
            if (endsWith(bytes, from, to, affix)) {
                to = Slices.trimEnd(bytes, from, to - affix.length);
                found = true;
            }
        }
        return found;
    }

    private boolean digits(byte[] bytes) {
        int group = -1; // digits since the last separator of groups, -1 before the first
        int digits = 0;
        boolean fraction = false;
        for (int at = from; at < to; ) {
            byte b = bytes[at];
            int separator = fraction ? 0 : separator(bytes, at, to);
            if (separator > 0) {
                if (digits == 0 || (group >= 0 ? group != 3 && group != 2 : digits > 3)) {
                    return false;
                }
                group = 0;
                at += separator;
                continue;
            }
            if (b == decimal && !fraction) {
                if (group >= 0 && group != 3) {
                    return false;
                }
                fraction = true;
                b = '.';
            } else if (Slices.digit(b) >= 0) {
                digits++;
                group += !fraction && group >= 0 ? 1 : 0;
            } else if (b == '.' || b == ',') {
                return false;
            }
            buffer[length++] = b;
            at++;
        }
        return length > ROOM && (fraction || group < 0 || group == 3);
    }

    /** Moves the point two places to the left; false when there is more than digits and a point. */
    private boolean divide() {
        int point = length;
        int digits = 0;
        for (int i = begin; i < length; i++) {
            if (buffer[i] == '.' && point == length) {
                point = i;
            } else if (Slices.digit(buffer[i]) >= 0) {
                digits++;
            } else {
                return false;
            }
        }
        if (digits == 0) {
            return false;
        }
        if (point == length) {
            length++;
        }
        while (point - begin < 3) {
            buffer[--begin] = '0';
        }
        buffer[point] = buffer[point - 1];
        buffer[point - 1] = buffer[point - 2];
        buffer[point - 2] = '.';
        return true;
    }

    private int separator(byte[] bytes, int at, int end) {
        for (byte[] grouping : groupings) {
            if (startsWith(bytes, at, end, grouping)) {
                return grouping.length;
            }
        }
        return 0;
    }

    private static boolean startsWith(byte[] bytes, int start, int end, byte[] text) {
        return end - start >= text.length && Arrays.equals(bytes, start, start + text.length, text, 0, text.length);
    }

    private static boolean endsWith(byte[] bytes, int start, int end, byte[] text) {
        return end - start >= text.length && Arrays.equals(bytes, end - text.length, end, text, 0, text.length);
    }
}
