// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

/** What to do with rows of one file that have the same key. The others are rejected with {@code DUPLICATE_KEY}. */
public enum Duplicates {
    /** Load the first. */
    KEEP_FIRST,
    /** Load the last. */
    KEEP_LAST,
    /** Load none of them. */
    REJECT_ALL
}
