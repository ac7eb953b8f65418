// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

/**
 * The escapes of Office Open XML inside texts: {@code _x000D_} stands for the UTF-16 unit with that number, which may be
 * one that XML cannot hold, and {@code _x005F_} for the underscore of a text that only looks like an escape.
 */
final class Escapes {

    private static final int LENGTH = 7;

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

    /** Whether an escape begins at an index before the end. */
    static boolean isEscape(byte[] text, int at, int end) {
        if (text[at] != '_' || end - at < LENGTH || text[at + 1] != 'x' || text[at + 6] != '_') {
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
}
