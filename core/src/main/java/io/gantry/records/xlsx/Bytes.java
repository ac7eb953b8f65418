// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A text of UTF-8 that grows byte by byte; cleared and used again for every cell. */
final class Bytes {

    private byte[] array = new byte[256];
    private int length;

    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }

    void length(int shorter) {
        length = shorter;
    }

    void clear() {
        length = 0;
    }

    void add(int b) {
        if (length == array.length) {
            array = Arrays.copyOf(array, length * 2);
        }
        array[length++] = (byte) b;
    }

    void add(byte[] from, int offset, int count) {
        if (array.length - length < count) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, Math.addExact(length, count)));
        }
        System.arraycopy(from, offset, array, length, count);
        length += count;
    }

    /** Adds a character; what is no character at all, such as half a pair, becomes U+FFFD. */
    void addCharacter(int point) {
        if (point < 0x80) {
            add(point);
        } else if (point < 0x800) {
            add(0xC0 | point >> 6);
            add(0x80 | point & 0x3F);
        } else if (point >= 0x10000) {
            add(0xF0 | point >> 18);
            add(0x80 | point >> 12 & 0x3F);
            add(0x80 | point >> 6 & 0x3F);
            add(0x80 | point & 0x3F);
        } else {
            int shown = Character.isSurrogate((char) point) ? 0xFFFD : point;
            add(0xE0 | shown >> 12);
            add(0x80 | shown >> 6 & 0x3F);
            add(0x80 | shown & 0x3F);
        }
    }

    boolean is(String ascii) {
        if (length != ascii.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (array[i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return new String(array, 0, length, StandardCharsets.UTF_8);
    }
}
