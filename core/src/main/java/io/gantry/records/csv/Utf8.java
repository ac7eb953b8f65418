// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Writes characters as UTF-8, with the bytes that {@link LenientDecoder} could not decode among them.
 *
 * <p>A stray byte of a UTF-8 file is written as that byte. A stray byte of another encoding is written as the three bytes
 * that UTF-8 would use for its lone surrogate, were that allowed: so the text stays malformed, the byte stays known, and
 * {@link #strayByte} finds it again.
 */
final class Utf8 {

    /** The most bytes that one {@code char} becomes. */
    static final int MOST_PER_CHAR = 3;

    private Utf8() {}

    /**
     * Encodes characters.
     *
     * @param raw whether stray bytes are written as they are
     * @return where the bytes end
     */
    static int encode(char[] text, int from, int to, byte[] into, int at, boolean raw) {
        int put = at;
        for (int i = from; i < to; i++) {
            char c = text[i];
            if (c < 0x80) {
                into[put++] = (byte) c;
            } else if (c < 0x800) {
                into[put++] = (byte) (0xC0 | c >> 6);
                into[put++] = (byte) (0x80 | c & 0x3F);
            } else if (Character.isHighSurrogate(c) && i + 1 < to && Character.isLowSurrogate(text[i + 1])) {
                int point = Character.toCodePoint(c, text[++i]);
                into[put++] = (byte) (0xF0 | point >> 18);
                into[put++] = (byte) (0x80 | point >> 12 & 0x3F);
                into[put++] = (byte) (0x80 | point >> 6 & 0x3F);
                into[put++] = (byte) (0x80 | point & 0x3F);
            } else if (raw && c >= LenientDecoder.STRAY && c <= LenientDecoder.STRAY + 0xFF) {
                into[put++] = (byte) c;
            } else {
                into[put++] = (byte) (0xE0 | c >> 12);
                into[put++] = (byte) (0x80 | c >> 6 & 0x3F);
                into[put++] = (byte) (0x80 | c & 0x3F);
            }
        }
        return put;
    }

    /** Whether stray bytes of an encoding are written as they are. */
    static boolean keepsStrayBytes(Charset charset) {
        return charset.equals(StandardCharsets.UTF_8);
    }

    /** The stray byte that stands at an index as three bytes, or -1 when none does. */
    static int strayByte(byte[] bytes, int at, int end) {
        if (end - at < 3 || bytes[at] != (byte) 0xED || (bytes[at + 1] & 0xFC) != 0xB0) {
            return -1;
        }
        return (bytes[at + 1] & 0x03) << 6 | bytes[at + 2] & 0x3F;
    }
}
