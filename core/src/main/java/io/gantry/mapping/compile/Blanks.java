// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

/**
 * The blanks beyond ASCII, and the characters that cannot be seen: no-break and typographic spaces, separators of lines, soft
 * hyphens, marks of writing direction, joiners, byte order marks. Looked for in UTF-8.
 */
final class Blanks {

    private Blanks() {}

    /** The number of bytes of the blank that begins at a place; 0 when there is none. */
    static int at(byte[] bytes, int at, int end) {
        int length = end - at;
        if (length >= 3 && bytes[at] >= (byte) 0xe0) {
            return isBlank(bytes[at], bytes[at + 1], bytes[at + 2]) ? 3 : 0;
        }
        return length >= 2 && isBlank(bytes[at], bytes[at + 1]) ? 2 : 0;
    }

    /** The number of bytes of the blank that ends before a place; 0 when there is none. */
    static int before(byte[] bytes, int start, int end) {
        if (end - start >= 2 && isBlank(bytes[end - 2], bytes[end - 1])) {
            return 2;
        }
        return end - start >= 3 && isBlank(bytes[end - 3], bytes[end - 2], bytes[end - 1]) ? 3 : 0;
    }

    /** Whether blanks stand around a text, or characters that cannot be seen in it. */
    static boolean isHidden(byte[] bytes, int start, int end) {
        return start < end
                && ((bytes[start] >= 0 && bytes[start] <= ' ')
                        || (bytes[end - 1] >= 0 && bytes[end - 1] <= ' ')
                        || isIn(bytes, start, end));
    }

    /** Whether there is one anywhere, ASCII blanks not counted. */
    static boolean isIn(byte[] bytes, int start, int end) {
        for (int at = start; at < end; at++) {
            if (bytes[at] < 0 && at(bytes, at, end) > 0) {
                return true;
            }
        }
        return false;
    }

    /** U+0085, U+00A0, U+00AD, U+061C. */
    private static boolean isBlank(byte first, byte second) {
        return first == (byte) 0xc2
                ? second == (byte) 0x85 || second == (byte) 0xa0 || second == (byte) 0xad
                : first == (byte) 0xd8 && second == (byte) 0x9c;
    }

    private static boolean isBlank(byte first, byte second, byte third) {
        int last = third & 0xff;
        return switch (first & 0xff) {
            case 0xe1 -> second == (byte) 0x9a && last == 0x80 || second == (byte) 0xa0 && last == 0x8e;
            case 0xe2 ->
                second == (byte) 0x80
                        ? last <= 0x8f || last >= 0xa8 && last <= 0xaf // U+2000 to U+200F, U+2028 to U+202F
                        : second == (byte) 0x81 && last >= 0x9f && last <= 0xaf; // U+205F to U+206F
            case 0xe3 -> second == (byte) 0x80 && last == 0x80;
            case 0xef -> second == (byte) 0xbb && last == 0xbf;
            default -> false;
        };
    }
}
