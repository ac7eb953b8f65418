// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

/**
 * Tells whether all keys of a file are surely different, in bounded memory and without sorting: an open-addressing set of
 * 64-bit hashes. When two hashes meet, or when there are more than three million keys, it is no longer sure, and the
 * database must look.
 */
final class KeyHashes {

    private static final int GREATEST = 1 << 22; // slots: 32 MiB

    private final int[] columns;
    private long[] slots = new long[1 << 10];
    private int used;
    private boolean sure = true;

    /** Watches the keys that are made of these columns of the rows. */
    KeyHashes(int[] columns) {
        this.columns = columns;
    }

    /** Adds the key of the row that an encoder wrote last; a row without a value in it has none. */
    void add(CopyEncoder row) {
        if (!sure) {
            return;
        }
        long hash = 0;
        for (int column : columns) {
            if (row.isNull(column)) {
                return;
            }
            hash = row.hash(column, hash);
        }
        add(hash == 0 ? 1 : hash);
    }

    private void add(long hash) {
        if (used * 4L > slots.length * 3L) {
            grow();
        }
        int mask = slots.length - 1;
        for (int at = (int) (hash >>> 20) & mask; sure; at = at + 1 & mask) {
            if (slots[at] == 0) {
                slots[at] = hash;
                used++;
                return;
            }
            if (slots[at] == hash) {
                giveUp();
            }
        }
    }

    private void grow() {
        if (slots.length == GREATEST) {
            giveUp();
            return;
        }
        long[] before = slots;
        slots = new long[before.length * 2];
        int mask = slots.length - 1;
        for (long hash : before) {
            if (hash != 0) {
                int at = (int) (hash >>> 20) & mask;
                while (slots[at] != 0) {
                    at = at + 1 & mask;
                }
                slots[at] = hash;
            }
        }
    }

    private void giveUp() {
        sure = false;
        slots = new long[1];
    }

    /** Whether no two keys are the same. */
    boolean surelyDifferent() {
        return sure;
    }
}
