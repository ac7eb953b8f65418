// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.mapping.Reading.Negative;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A mark that says whether a number is negative: a sign, or a word such as {@code CR}.
 *
 * @param text in UTF-8; words in upper case
 * @param word whether it is a word, in any case, next to which no letter may stand
 * @param inFront whether it may stand before the digits
 * @param behind whether it may stand behind them
 * @param isNegative whether the number is negative
 */
record SignMark(byte[] text, boolean word, boolean inFront, boolean behind, boolean isNegative) {

    /** The minus sign, its small and its wide form, and the dash that word processors make of a hyphen. */
    private static final List<String> MINUS_SIGNS = List.of("\u2212", "\ufe63", "\uff0d", "\u2013");

    private static final List<String> CREDIT = List.of("CRDT", "CR.", "CR", "H", "C");
    private static final List<String> DEBIT = List.of("DBIT", "DR.", "DR", "S", "D");

    /** The marks that a mapping knows. */
    static SignMark[] of(List<Negative> ways) {
        List<SignMark> marks = new ArrayList<>();
        boolean trailing = ways.contains(Negative.TRAILING);
        boolean leading = ways.contains(Negative.LEADING);
        if (leading || trailing) {
            marks.add(sign("-", leading, trailing, true));
        }
        marks.add(sign("+", true, trailing, false));
        if (ways.contains(Negative.MINUS_SIGN)) {
            MINUS_SIGNS.forEach(minus -> marks.add(sign(minus, leading || !trailing, trailing, true)));
        }
        boolean credit = ways.contains(Negative.CREDIT);
        if (credit || ways.contains(Negative.DEBIT)) {
            CREDIT.forEach(word -> marks.add(word(word, credit)));
            DEBIT.forEach(word -> marks.add(word(word, !credit)));
        }
        return marks.toArray(SignMark[]::new);
    }

    private static SignMark sign(String text, boolean inFront, boolean behind, boolean isNegative) {
        return new SignMark(text.getBytes(StandardCharsets.UTF_8), false, inFront, behind, isNegative);
    }

    private static SignMark word(String text, boolean isNegative) {
        return new SignMark(text.getBytes(StandardCharsets.UTF_8), true, true, true, isNegative);
    }

    /** The number of bytes that the mark has at the beginning; 0 when it is not there. */
    int front(byte[] bytes, int start, int end) {
        int next = start + text.length;
        if (!inFront || next >= end || !is(bytes, start)) {
            return 0;
        }
        // no letter may follow a word, and no digit its full stop, which could be a point
        boolean runsOn = word && (isLetter(bytes[next]) || (text[text.length - 1] == '.' && isDigit(bytes[next])));
        return runsOn ? 0 : text.length;
    }

    /** The number of bytes that the mark has at the end; 0 when it is not there. */
    int back(byte[] bytes, int start, int end) {
        int at = end - text.length;
        if (!behind || at <= start || !is(bytes, at)) {
            return 0;
        }
        byte last = bytes[at - 1];
        // 250.- and 19,– are prices without cents, and not negative
        return (word ? isLetter(last) : last == '.' || last == ',') ? 0 : text.length;
    }

    private boolean is(byte[] bytes, int at) {
        for (int i = 0; i < text.length; i++) {
            byte b = bytes[at + i];
            if (b != text[i] && !(word && isLetter(b) && (b & ~0x20) == text[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(byte b) {
        int lower = b | 0x20;
        return b > 0 && lower >= 'a' && lower <= 'z';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
