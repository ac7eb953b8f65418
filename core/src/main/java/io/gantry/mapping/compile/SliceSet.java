// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** A fixed set of texts that can be asked for slices of bytes. Safe for use by several threads. */
final class SliceSet {

    private final byte[][] texts;
    private final int[] table;
    private final int mask;
    private long lengths;

    SliceSet(Collection<String> texts) {
        List<String> list = List.copyOf(texts);
        this.texts = new byte[list.size()][];
        int size = Integer.highestOneBit(Math.max(1, list.size())) * 4;
        table = new int[size];
        mask = size - 1;
        for (int i = 0; i < list.size(); i++) {
            byte[] bytes = list.get(i).getBytes(StandardCharsets.UTF_8);
            this.texts[i] = bytes;
            lengths |= 1L << Math.min(63, bytes.length);
            int slot = hash(bytes, 0, bytes.length) & mask;
            while (table[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            table[slot] = i + 1;
        }
    }

    /** The place of a text in the order they were given, or -1. */
    int find(byte[] bytes, int start, int end) {
        if ((lengths >>> Math.min(63, end - start) & 1) == 0) {
            return -1;
        }
        int slot = hash(bytes, start, end) & mask;
        while (table[slot] != 0) {
            byte[] text = texts[table[slot] - 1];
            if (Arrays.equals(text, 0, text.length, bytes, start, end)) {
                return table[slot] - 1;
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    boolean contains(byte[] bytes, int start, int end) {
        return find(bytes, start, end) >= 0;
    }

    private static int hash(byte[] bytes, int start, int end) {
        int hash = 0x9747b28c;
        for (int i = start; i < end; i++) {
            hash = (hash ^ bytes[i]) * 0x01000193;
        }
        return hash ^ hash >>> 15;
    }
}
