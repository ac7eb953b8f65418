// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of text that grow: where values become text without becoming objects. */
final class TextBuffer {

    private static final char[] BASE64 =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".toCharArray();
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LEAST_LONG = Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII);
    /** Of ten, as many as fit a long. */
    private static final long[] POWERS = new long[19];

    static {
        long power = 1;
        for (int i = 0; i < POWERS.length; i++, power *= 10) {
            POWERS[i] = power;
        }
    }

    private byte[] bytes = new byte[1 << 10];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    /** Makes room for so many more bytes. */
    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
        }
    }

    void add(byte b) {
        room(1);
        bytes[length++] = b;
    }

    void add(byte[] from, int offset, int count) {
        room(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    void add(byte[] from) {
        add(from, 0, from.length);
    }

    void add(String text) {
        add(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Adds a slice, unless a byte of it is among those that are special.
     *
     * @param special by byte
     * @return false when one is: then nothing is added
     */
    boolean addOrdinary(byte[] from, int offset, int count, boolean[] special) {
        room(count);
        byte[] to = bytes;
        int put = length;
        for (int i = offset; i < offset + count; i++) {
            byte b = from[i];
            if (special[b & 0xFF]) {
                return false;
            }
            to[put++] = b;
        }
        length = put;
        return true;
    }

    /** A slice in quotes, with the quotes in it doubled. */
    void addQuoted(byte[] from, int offset, int count, byte quote) {
        room(2 * count + 2);
        int put = length;
        bytes[put++] = quote;
        for (int i = offset; i < offset + count; i++) {
            byte b = from[i];
            bytes[put++] = b;
            if (b == quote) {
                bytes[put++] = b;
            }
        }
        bytes[put++] = quote;
        length = put;
    }

    void addLong(long value) {
        if (value == Long.MIN_VALUE) {
            add(LEAST_LONG);
            return;
        }
        if (value < 0) {
            add((byte) '-');
        }
        addDigits(Math.abs(value), 1);
    }

    /** A number, not negative, with zeros in front up to a width of at most 19. */
    void addDigits(long value, int width) {
        int digits = width;
        while (digits < POWERS.length && value >= POWERS[digits]) {
            digits++;
        }
        room(digits);
        length += digits;
        int at = length;
        long rest = value;
        while (rest > Integer.MAX_VALUE) {
            long next = rest / 10;
            bytes[--at] = (byte) ('0' + (rest - next * 10));
            rest = next;
        }
        int small = (int) rest;
        while (at > length - digits) {
            int next = small / 10;
            bytes[--at] = (byte) ('0' + (small - next * 10));
            small = next;
        }
    }

    /** Two digits and a character. */
    void addTwoDigits(int value, char behind) {
        room(3);
        int tens = value / 10;
        bytes[length] = (byte) ('0' + tens);
        bytes[length + 1] = (byte) ('0' + (value - tens * 10));
        bytes[length + 2] = (byte) behind;
        length += 3;
    }

    void addTwoDigits(int value) {
        addTwoDigits(value, ' ');
        length--;
    }

    /** An unscaled number with a point before its last digits. */
    void addDecimal(long unscaled, int scale) {
        int start = length;
        addLong(unscaled);
        if (scale == 0) {
            return;
        }
        int first = bytes[start] == '-' ? start + 1 : start;
        int missing = scale + 1 - (length - first);
        if (missing > 0) {
            room(missing);
            System.arraycopy(bytes, first, bytes, first + missing, length - first);
            Arrays.fill(bytes, first, first + missing, (byte) '0');
            length += missing;
        }
        room(1);
        int point = length - scale;
        System.arraycopy(bytes, point, bytes, point + 1, scale);
        bytes[point] = '.';
        length++;
    }

    void addUuid(long most, long least) {
        addHex(most >>> 32, 8);
        add((byte) '-');
        addHex(most >>> 16, 4);
        add((byte) '-');
        addHex(most, 4);
        add((byte) '-');
        addHex(least >>> 48, 4);
        add((byte) '-');
        addHex(least, 12);
    }

    private void addHex(long value, int digits) {
        room(digits);
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            bytes[length++] = HEX[(int) (value >>> shift) & 0xF];
        }
    }

    void addBase64(byte[] from, int offset, int count) {
        room(Math.multiplyExact((count + 2) / 3, 4));
        int end = offset + count;
        for (int i = offset; i < end; i += 3) {
            int left = end - i;
            int group = (from[i] & 0xFF) << 16
                    | (left > 1 ? (from[i + 1] & 0xFF) << 8 : 0)
                    | (left > 2 ? from[i + 2] & 0xFF : 0);
            bytes[length++] = (byte) BASE64[group >> 18];
            bytes[length++] = (byte) BASE64[group >> 12 & 0x3F];
            bytes[length++] = left > 1 ? (byte) BASE64[group >> 6 & 0x3F] : (byte) '=';
            bytes[length++] = left > 2 ? (byte) BASE64[group & 0x3F] : (byte) '=';
        }
    }
}
