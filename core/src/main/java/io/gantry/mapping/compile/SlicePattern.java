// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression over slices of UTF-8, matched without making a string of ASCII text, and within a bounded number of
 * steps: an expression that would search for ever ({@code (a+)+b}) ends as {@link Match#TOO_COSTLY}. Plain expressions are
 * not searched at all, but looked up in a {@link StateTable}. An instance belongs to one thread.
 */
final class SlicePattern implements CharSequence {

    /** Reads of a character that one match may take, beside a number for each character of the text. */
    private static final int STEPS = 50_000;

    private static final int STEPS_PER_CHARACTER = 50;

    private final String regex;
    private final @Nullable StateTable table;
    private @Nullable Matcher matcher;
    private byte[] bytes = new byte[0];
    private int start;
    private int length;
    private char[] decoded = new char[64];
    private boolean ascii = true;
    private int steps;

    SlicePattern(String regex) {
        this.regex = regex;
        table = StateTable.of(regex);
    }

    enum Match {
        MATCHES,
        DIFFERS,
        TOO_COSTLY
    }

    /** Says that the steps are used up; made once, because it tells nothing but that. */
    private static final class StepsUsedUp extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private static final StepsUsedUp ONCE = new StepsUsedUp();

        private StepsUsedUp() {
            super(null, null, false, false);
        }
    }

    Match match(byte[] bytes, int start, int end, int characters) {
        if (table != null && characters == end - start) {
            return table.matches(bytes, start, end) ? Match.MATCHES : Match.DIFFERS;
        }
        return search(bytes, start, end, characters);
    }

    private Match search(byte[] bytes, int start, int end, int characters) {
        this.bytes = bytes;
        this.start = start;
        this.length = end - start;
        ascii = characters == length;
        if (!ascii) {
            String text = Slices.text(bytes, start, end);
            length = text.length();
            if (decoded.length < length) {
                decoded = new char[length];
            }
            text.getChars(0, length, decoded, 0);
        }
        if (matcher == null) {
            matcher = Pattern.compile(regex).matcher("");
        }
        steps = STEPS + STEPS_PER_CHARACTER * length;
        try {
            return matcher.reset(this).matches() ? Match.MATCHES : Match.DIFFERS;
        } catch (StepsUsedUp | StackOverflowError e) {
            return Match.TOO_COSTLY;
        }
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        if (--steps < 0) {
            throw StepsUsedUp.ONCE;
        }
        return ascii ? (char) bytes[start + index] : decoded[index];
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        return toString().substring(from, to);
    }

    @Override
    public String toString() {
        return ascii ? Slices.text(bytes, start, start + length) : new String(decoded, 0, length);
    }
}
