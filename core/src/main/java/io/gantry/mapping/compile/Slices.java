// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What can be told of text while it is still bytes. */
final class Slices {

    static final int MALFORMED = -1;
    static final int HAS_NUL = -2;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGHS = 0x8080808080808080L;
    private static final long ONES = 0x0101010101010101L;

    private Slices() {}

    /**
     * The place behind the blanks and the marks without width at the beginning: all that {@link Blanks} knows, and all up to the
     * space, as {@link String#trim} has it, but for NUL.
     */
    static int trimStart(byte[] bytes, int start, int end) {
        return start < end && bytes[start] <= ' ' ? behindBlanks(bytes, start, end) : start;
    }

    static int trimEnd(byte[] bytes, int start, int end) {
        return start < end && bytes[end - 1] <= ' ' ? beforeBlanks(bytes, start, end) : end;
    }

    private static int behindBlanks(byte[] bytes, int start, int end) {
        int from = start;
        while (from < end && bytes[from] <= ' ') {
            int length = bytes[from] > 0 ? 1 : bytes[from] == 0 ? 0 : Blanks.at(bytes, from, end);
            if (length == 0) {
                break;
            }
            from += length;
        }
        return from;
    }

    private static int beforeBlanks(byte[] bytes, int start, int end) {
        int to = end;
        while (to > start && bytes[to - 1] <= ' ') {
            int length = bytes[to - 1] > 0 ? 1 : bytes[to - 1] == 0 ? 0 : Blanks.before(bytes, start, to);
            if (length == 0) {
                break;
            }
            to -= length;
        }
        return to;
    }

    /** The number of code points of well-formed UTF-8, {@link #MALFORMED} or {@link #HAS_NUL}. */
    static int codePoints(byte[] bytes, int start, int end) {
        int at = start;
        while (at + 8 <= end) {
            long eight = (long) LONGS.get(bytes, at);
            if ((eight & HIGHS) != 0 || ((eight - ONES) & ~eight & HIGHS) != 0) {
                break;
            }
            at += 8;
        }
        int count = at - start;
        while (at < end) {
            int b = bytes[at];
            if (b > 0) {
                at++;
            } else if (b == 0) {
                return HAS_NUL;
            } else {
                int length = sequence(bytes, at, end);
                if (length == 0) {
                    return MALFORMED;
                }
                at += length;
            }
            count++;
        }
        return count;
    }

    /** The length of the well-formed sequence of two to four bytes at a place, or 0. */
    private static int sequence(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xff;
        if (first < 0xc2 || first > 0xf4) {
            return 0;
        }
        int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (at + length > end) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        int lowest = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int highest = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    static int digit(byte b) {
        int digit = b - '0';
        return digit >= 0 && digit <= 9 ? digit : -1;
    }

    static int hexDigit(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int letter = b | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
}
