// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import java.util.Arrays;

/**
 * Which namespaces the prefixes of a part stand for. Names of elements only mean something in the namespace of the part's
 * root: extensions use the same local names for other things.
 */
final class XmlNamespaces {

    /** No namespace: the root of a part may have none, as some programs write it. */
    static final byte NONE = 0;
    /** The vocabulary of workbooks, transitional or strict. */
    static final byte MAIN = 1;
    /** The lists of relations of a package. */
    static final byte PACKAGE = 2;
    /** The attributes that name a relation. */
    static final byte RELATIONS = 3;
    /** Every other. */
    static final byte FOREIGN = 4;

    private static final long UNKNOWN = -1;

    private long[] prefixes = new long[8];
    private byte[] kinds = new byte[8];
    private int[] depths = new int[8];
    private int size;
    private int deepest;
    private long lastPrefix = UNKNOWN;
    private byte lastKind;

    static byte kind(String uri) {
        return switch (uri) {
            case "" -> NONE;
            case WorkbookFile.MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main" -> MAIN;
            case "http://schemas.openxmlformats.org/package/2006/relationships" -> PACKAGE;
            case "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    "http://purl.oclc.org/ooxml/officeDocument/relationships" -> RELATIONS;
            default -> FOREIGN;
        };
    }

    /**
     * Declares a prefix.
     *
     * @param prefix packed, 0 for none
     * @param depth of the element that declares it
     */
    void bind(long prefix, byte kind, int depth) {
        if (size == prefixes.length) {
            prefixes = Arrays.copyOf(prefixes, size * 2);
            kinds = Arrays.copyOf(kinds, size * 2);
            depths = Arrays.copyOf(depths, size * 2);
        }
        prefixes[size] = prefix;
        kinds[size] = kind;
        depths[size++] = depth;
        deepest = depth;
        lastPrefix = UNKNOWN;
    }

    /** Forgets what elements deeper than this declared. */
    void leave(int depth) {
        if (deepest > depth) {
            while (size > 0 && depths[size - 1] > depth) {
                size--;
            }
            deepest = size == 0 ? 0 : depths[size - 1];
            lastPrefix = UNKNOWN;
        }
    }

    /** What a prefix stands for here. */
    byte kind(long prefix) {
        if (prefix != lastPrefix) {
            int at = size - 1;
            while (at >= 0 && prefixes[at] != prefix) {
                at--;
            }
            lastKind = at >= 0 ? kinds[at] : prefix == 0 ? NONE : FOREIGN;
            lastPrefix = prefix;
        }
        return lastKind;
    }
}
