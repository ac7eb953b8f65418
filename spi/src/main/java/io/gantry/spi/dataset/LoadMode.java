// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

/** What a load does with a row whose key is, or is not, in the dataset. */
public enum LoadMode {
    /** New rows only: a key that is there is rejected with {@code ALREADY_EXISTS}. Works without a key, too. */
    INSERT,
    /** New rows are added, rows that are there are updated where they differ. */
    UPSERT,
    /** Rows that are there are updated where they differ: a key that is not there is rejected with {@code NOT_FOUND}. */
    UPDATE,
    /** As {@link #UPSERT}, and rows of the dataset whose key is not in the file are deleted. */
    REPLACE;

    /**
     * Whether the mode must tell rows apart by a key.
     *
     * @return true for all but {@link #INSERT}
     */
    public boolean needsKey() {
        return this != INSERT;
    }
}
