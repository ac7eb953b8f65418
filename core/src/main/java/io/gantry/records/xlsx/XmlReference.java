// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

/** References such as {@code &amp;} and {@code &#xE9;}. Some programs write every letter beyond ASCII like this. */
final class XmlReference {

    /** More bytes than any reference has. */
    static final int LONGEST = 16;

    /** What to say of one that is none. */
    static final String BROKEN = "there is a '&' that begins none of the references XML knows";

    private XmlReference() {}

    /**
     * Adds what a reference stands for.
     *
     * @param from where its ampersand is
     * @param to where the bytes end
     * @return the index behind its semicolon; -1 when it is none
     */
    static int resolve(byte[] bytes, int from, int to, Bytes into) {
        int end = Math.min(to, from + LONGEST);
        int semicolon = from + 1;
        while (semicolon < end && bytes[semicolon] != ';') {
            semicolon++;
        }
        if (semicolon == end) {
            return -1;
        }
        int point = bytes[from + 1] == '#' ? numbered(bytes, from + 2, semicolon) : named(bytes, from + 1, semicolon);
        if (point <= 0 || point > Character.MAX_CODE_POINT) {
            return -1;
        }
        into.addCharacter(point);
        return semicolon + 1;
    }

    private static int numbered(byte[] bytes, int from, int to) {
        boolean hex = bytes[from] == 'x';
        int point = 0;
        for (int i = hex ? from + 1 : from; i < to; i++) {
            int digit = Character.digit(bytes[i], hex ? 16 : 10);
            if (digit < 0 || point > Character.MAX_CODE_POINT) {
                return -1;
            }
            point = point * (hex ? 16 : 10) + digit;
        }
        return point;
    }

    private static int named(byte[] bytes, int from, int to) {
        int packed = 0;
        for (int i = from; i < to; i++) {
            packed = to - from > 4 ? 0 : packed << 8 | bytes[i];
        }
        switch (packed) {
            case 'l' << 8 | 't':
                return '<';
            case 'g' << 8 | 't':
                return '>';
            case 'a' << 16 | 'm' << 8 | 'p':
                return '&';
            case 'q' << 24 | 'u' << 16 | 'o' << 8 | 't':
                return '"';
            case 'a' << 24 | 'p' << 16 | 'o' << 8 | 's':
                return '\'';
            default:
                return -1;
        }
    }
}
