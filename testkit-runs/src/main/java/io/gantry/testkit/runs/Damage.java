// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages the bytes of a file, wherever that hurts. */
final class Damage {

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** A lone byte, half a character, half a surrogate pair, a slash in two bytes, and what no UTF-8 holds. */
    private static final byte[][] NO_TEXT = {
        {(byte) 0xFF}, {(byte) 0xC3}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, {(byte) 0xC0, (byte) 0xAF}, {(byte) 0xE9}
    };

    private static final String[] LINE_ENDS = {"\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\n \n", "\n,\n", ""};

    private final Random random;

    Damage(Random random) {
        this.random = random;
    }

    /** A copy of a text file with one to three things wrong. */
    byte[] text(byte[] whole) {
        byte[] bytes = whole;
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            bytes = once(bytes);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        return switch (random.nextInt(11)) {
            case 0 -> insert(bytes, at, ",".getBytes(StandardCharsets.US_ASCII));
            case 1 -> cut(bytes, any(bytes, ','), 1);
            case 2 -> insert(bytes, any(bytes, ',') + 1, "\"".getBytes(StandardCharsets.US_ASCII));
            case 3 -> insert(bytes, at, new byte[1 + random.nextInt(2)]);
            case 4 -> insert(bytes, at, NO_TEXT[random.nextInt(NO_TEXT.length)]);
            case 5 -> Arrays.copyOf(bytes, at);
            case 6 -> insert(bytes, random.nextInt(4) == 0 ? at : 0, MARK);
            case 7, 8 -> {
                int end = any(bytes, '\n');
                yield insert(
                        cut(bytes, end, 1),
                        end,
                        LINE_ENDS[random.nextInt(LINE_ENDS.length)].getBytes(StandardCharsets.US_ASCII));
            }
            case 9 -> insert(bytes, at, Arrays.copyOfRange(bytes, at, at + random.nextInt(bytes.length - at + 1)));
            default -> flip(bytes);
        };
    }

    /** A copy of a packed file that is cut off, or some bytes of which are others. */
    byte[] packed(byte[] whole) {
        if (random.nextInt(3) == 0) {
            return Arrays.copyOf(whole, random.nextInt(whole.length));
        }
        byte[] bytes = whole;
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            bytes = flip(bytes);
        }
        return bytes;
    }

    private byte[] flip(byte[] bytes) {
        byte[] copy = bytes.clone();
        if (copy.length > 0) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
        }
        return copy;
    }

    /** Where one of the bytes stands; the end when there is none. */
    private int any(byte[] bytes, char wanted) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                places.add(i);
            }
        }
        return places.isEmpty() ? bytes.length : places.get(random.nextInt(places.size()));
    }

    private static byte[] insert(byte[] bytes, int at, byte[] more) {
        int place = Math.min(at, bytes.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, place);
        out.writeBytes(more);
        out.write(bytes, place, bytes.length - place);
        return out.toByteArray();
    }

    private static byte[] cut(byte[] bytes, int at, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int behind = Math.min(bytes.length, at + length);
        out.write(bytes, 0, at);
        out.write(bytes, behind, bytes.length - behind);
        return out.toByteArray();
    }
}
