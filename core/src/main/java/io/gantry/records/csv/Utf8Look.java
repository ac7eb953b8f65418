// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

/**
 * How much some bytes look like UTF-8.
 *
 * @param sequences well-formed ones of two bytes and more
 * @param bad bytes that belong to none
 * @param isCut whether the bytes end within a sequence that was well-formed so far; its bytes are not bad
 */
record Utf8Look(int sequences, int bad, boolean isCut) {

    static Utf8Look at(byte[] bytes) {
        int sequences = 0;
        int bad = 0;
        int at = 0;
        while (at < bytes.length) {
            if (bytes[at] >= 0) {
                at++;
                continue;
            }
            int length = length(bytes, at);
            if (at + Math.abs(length) > bytes.length && length < 0) {
                return new Utf8Look(sequences, bad, true);
            }
            if (length > 1) {
                sequences++;
                at += length;
            } else {
                bad++;
                at++;
            }
        }
        return new Utf8Look(sequences, bad, false);
    }

    /** The length of a well-formed sequence; 1 when it is none, its negative when the bytes end within it. */
    private static int length(byte[] bytes, int at) {
        int first = bytes[at] & 0xFF;
        int length = first >= 0xC2 && first <= 0xDF
                ? 2
                : first >= 0xE0 && first <= 0xEF ? 3 : first >= 0xF0 && first <= 0xF4 ? 4 : 1;
        for (int i = 1; i < length; i++) {
            if (at + i == bytes.length) {
                return -length;
            }
            int next = bytes[at + i] & 0xFF;
            int least = i > 1 ? 0x80 : first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
            int most = i > 1 ? 0xBF : first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
            if (next < least || next > most) {
                return 1;
            }
        }
        return length;
    }
}
