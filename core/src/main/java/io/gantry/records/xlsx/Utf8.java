// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

/** The byte patterns of UTF-8. */
final class Utf8 {

    private Utf8() {}

    /**
     * The size of the character of several bytes that begins here.
     *
     * @param at where its first byte is, one that is not ASCII
     * @param end where the bytes end
     * @return 2 to 4; 0 when the bytes are no character of UTF-8
     */
    static int size(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xFF;
        int size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (first < 0xC2 || first > 0xF4 || end - at < size) {
            return 0;
        }
        for (int i = 1; i < size; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        int second = bytes[at + 1] & 0xFF;
        boolean outside = first == 0xE0 && second < 0xA0 // could be written shorter
                || first == 0xED && second > 0x9F // half of a UTF-16 pair
                || first == 0xF0 && second < 0x90 // could be written shorter
                || first == 0xF4 && second > 0x8F; // beyond U+10FFFF
        return outside ? 0 : size;
    }
}
