// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import java.util.Arrays;

/** The attributes of one tag: their names packed, their values as slices of the window. */
final class XmlAttributes {

    private static final long XMLNS = XmlScanner.name("xmlns");

    private long[] names = new long[16];
    private long[] prefixes = new long[16];
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int size;
    private boolean declaring;

    /** The place of an attribute; -1 when there is none. */
    int find(long name) {
        for (int i = 0; i < size; i++) {
            if (names[i] == name) {
                return i;
            }
        }
        return -1;
    }

    /** The place of an attribute with a prefix that stands for relations; -1 when there is none. */
    int findRelation(long name, XmlNamespaces namespaces) {
        for (int i = 0; i < size; i++) {
            if (names[i] == (name ^ XmlScanner.PREFIXED) && namespaces.kind(prefixes[i]) == XmlNamespaces.RELATIONS) {
                return i;
            }
        }
        return -1;
    }

    /** Whether one of them declares a prefix. */
    boolean isDeclaring() {
        return declaring;
    }

    int size() {
        return size;
    }

    /** Whether an attribute declares a prefix. */
    boolean declares(int attribute) {
        return names[attribute] == XMLNS || prefixes[attribute] == XMLNS;
    }

    /** The prefix that an attribute declares, packed; 0 for the one of names without a prefix. */
    long declared(int attribute) {
        return names[attribute] == XMLNS ? 0 : names[attribute] ^ XmlScanner.PREFIXED;
    }

    int start(int attribute) {
        return starts[attribute];
    }

    int end(int attribute) {
        return ends[attribute];
    }

    /**
     * Reads all attributes of a tag.
     *
     * @param from behind the tag's name
     * @param end where the bytes end
     * @return the index of what ends the tag, {@code >} or {@code /}; the end when it is not all there
     */
    int scan(byte[] bytes, int from, int end, XmlWindow window) {
        size = 0;
        declaring = false;
        int p = from;
        while (p < end && bytes[p] != '>' && bytes[p] != '/') {
            p = isBlank(bytes[p]) ? p + 1 : scanOne(bytes, p, end, window);
        }
        return p;
    }

    private int scanOne(byte[] bytes, int from, int end, XmlWindow window) {
        int p = from;
        long name = 0;
        long prefix = 0;
        long mark = 0;
        for (; p < end && !endsName(bytes[p]); p++) {
            if (bytes[p] == ':') {
                prefix = name;
                name = 0;
                mark = XmlScanner.PREFIXED;
            } else {
                name = Long.rotateLeft(name, 8) ^ bytes[p];
            }
        }
        p = behindBlanks(bytes, p, end);
        if (p < end && bytes[p] != '=') {
            throw window.broken("an attribute has no value");
        }
        p = behindBlanks(bytes, p + 1, end);
        if (p >= end) {
            return end;
        }
        byte quote = bytes[p];
        if (quote != '"' && quote != '\'') {
            throw window.broken("the value of an attribute has no quotes");
        }
        int start = ++p;
        while (p < end && bytes[p] != quote) {
            if (bytes[p] == '<') {
                throw window.broken("a '<' stands in the value of an attribute");
            }
            p++;
        }
        add(name ^ mark, prefix, start, p);
        return Math.min(end, p + 1);
    }

    private static int behindBlanks(byte[] bytes, int from, int end) {
        int p = from;
        while (p < end && isBlank(bytes[p])) {
            p++;
        }
        return p;
    }

    private void add(long name, long prefix, int start, int end) {
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            prefixes = Arrays.copyOf(prefixes, size * 2);
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
        }
        names[size] = name;
        prefixes[size] = prefix;
        if (name == XMLNS || prefix == XMLNS) {
            declaring = true;
        }
        starts[size] = start;
        ends[size] = end;
        size++;
    }

    static boolean endsName(byte c) {
        return isBlank(c) || c == '>' || c == '/' || c == '=';
    }

    static boolean isBlank(byte c) {
        return c >= 0 && c <= ' ';
    }
}
