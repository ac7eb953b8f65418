// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import java.util.Arrays;
import java.util.Locale;

/**
 * The escapes of Office Open XML inside texts: {@code _x000D_} stands for the UTF-16 unit with that number, which may be
 * one that XML cannot hold, and {@code _x005F_} for the underscore of a text that only looks like an escape.
 */
final class Escapes {

    private static final int LENGTH = 7;
    private static final boolean[] PLAIN = new boolean[0x80];

    static {
        Arrays.fill(PLAIN, ' ', 0x80, true);
        PLAIN['\t'] = true;
        PLAIN['\n'] = true;
        PLAIN['<'] = false;
        PLAIN['>'] = false;
        PLAIN['&'] = false;
    }

    private Escapes() {}

    /** Replaces the escapes of a text by what they stand for, in place: the text never gets longer. */
    static void resolve(Bytes text) {
        byte[] bytes = text.array();
        int end = text.length();
        for (int i = 0; i < end; i++) {
            if (bytes[i] == '_' && isEscape(bytes, i, end)) {
                resolve(text, i);
                return;
            }
        }
    }

    private static void resolve(Bytes text, int first) {
        byte[] from = text.array().clone();
        int end = text.length();
        text.length(first);
        for (int i = first; i < end; ) {
            if (!isEscape(from, i, end)) {
                text.add(from[i++]);
                continue;
            }
            int unit = unit(from, i);
            i += LENGTH;
            if (Character.isHighSurrogate((char) unit) && isEscape(from, i, end)) {
                int low = unit(from, i);
                if (Character.isLowSurrogate((char) low)) {
                    unit = Character.toCodePoint((char) unit, (char) low);
                    i += LENGTH;
                }
            }
            text.addCharacter(unit);
        }
    }

    private static boolean isEscape(byte[] text, int at, int end) {
        return end - at >= LENGTH && text[at + 6] == '_' && mayBeEscape(text, at, end);
    }

    /** Whether there is all of an escape but its last underscore, which may be the first one of the next escape. */
    private static boolean mayBeEscape(byte[] text, int at, int end) {
        if (text[at] != '_' || end - at < LENGTH - 1 || text[at + 1] != 'x') {
            return false;
        }
        for (int i = at + 2; i < at + 6; i++) {
            if (Character.digit(text[i], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private static int unit(byte[] text, int at) {
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            unit = unit << 4 | Character.digit(text[i], 16);
        }
        return unit;
    }

    /**
     * Writes a text as XML, with escapes for what XML cannot hold and for what only looks like one.
     *
     * @param text in UTF-8; bytes that are none become U+FFFD
     */
    static void write(byte[] text, int offset, int length, Bytes xml) {
        int end = offset + length;
        int plain = offset;
        for (int i = offset; i < end; ) {
            byte c = text[i];
            if (c >= 0 && PLAIN[c] && (c != '_' || !mayBeEscape(text, i, end))) {
                i++;
                continue;
            }
            int size = c >= 0 ? 1 : Utf8.size(text, i, end);
            if (size > 1 && !isNoCharacter(text, i)) {
                i += size;
                continue;
            }
            xml.add(text, plain, i - plain);
            writeSpecial(c, size, text, i, xml);
            i += Math.max(1, size);
            plain = i;
        }
        xml.add(text, plain, end - plain);
    }

    private static void writeSpecial(byte c, int size, byte[] text, int at, Bytes xml) {
        if (size == 0) {
            xml.addCharacter(0xFFFD);
        } else if (c == '<') {
            add("&lt;", xml);
        } else if (c == '>') {
            add("&gt;", xml);
        } else if (c == '&') {
            add("&amp;", xml);
        } else {
            add(String.format(Locale.ROOT, "_x%04X_", c >= 0 ? c : 0xFFC0 | text[at + 2] & 0x3F), xml);
        }
    }

    /** Whether a character of three bytes is U+FFFE or U+FFFF, which XML does not allow. */
    private static boolean isNoCharacter(byte[] text, int at) {
        return text[at] == (byte) 0xEF && text[at + 1] == (byte) 0xBF && (text[at + 2] & 0xFE) == 0xBE;
    }

    private static void add(String ascii, Bytes xml) {
        for (int i = 0; i < ascii.length(); i++) {
            xml.add(ascii.charAt(i));
        }
    }
}
