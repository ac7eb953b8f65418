// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.mapping.Reading;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a number as people of a place write it ({@code 1.234,50 €}) into plain notation ({@code 1234.50}). An instance
 * belongs to one thread.
 */
final class NumberNotation {

    private static final Set<String> BLANKS = Set.of(" ", "\u00a0", "\u202f", "\u2009");
    private static final Set<String> APOSTROPHES = Set.of("'", "\u2019");

    private final byte decimal;
    private final byte[][] groupings;
    private final byte[][] affixes;
    private byte[] buffer = new byte[64];
    private int length;

    private NumberNotation(byte decimal, byte[][] groupings, byte[][] affixes) {
        this.decimal = decimal;
        this.groupings = groupings;
        this.affixes = affixes;
    }

    /** The notation that a mapping asks for, or null when numbers are plain already. */
    static @Nullable NumberNotation of(Reading reading) {
        Locale locale = reading.locale();
        if (locale == null && reading.ignore().isEmpty()) {
            return null;
        }
        byte[][] affixes = utf8(reading.ignore());
        if (locale == null) {
            return new NumberNotation((byte) '.', new byte[0][], affixes);
        }
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(locale);
        String grouping = String.valueOf(symbols.getGroupingSeparator());
        // people type the space or apostrophe their keyboard has
        List<String> groupings = BLANKS.contains(grouping)
                ? List.copyOf(BLANKS)
                : APOSTROPHES.contains(grouping) ? List.copyOf(APOSTROPHES) : List.of(grouping);
        char decimal = symbols.getDecimalSeparator();
        return new NumberNotation((byte) (decimal == ',' ? ',' : '.'), utf8(groupings), affixes);
    }

    private static byte[][] utf8(List<String> texts) {
        return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    }

    byte[] buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    /** Writes the plain notation into the buffer; false when the groups of digits are wrong, or nothing is left. */
    boolean normalize(byte[] bytes, int start, int end) {
        int from = start;
        int to = end;
        for (boolean found = affixes.length > 0; found; ) {
            found = false;
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
        }
        if (buffer.length < to - from) {
            buffer = new byte[to - from];
        }
        length = 0;
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
        return length > 0 && (fraction || group < 0 || group == 3);
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
