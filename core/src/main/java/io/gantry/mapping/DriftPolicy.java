// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping;

/**
 * What to do when the columns of a file are not what the mapping expects.
 *
 * @param unknown a column that the mapping does not know
 * @param missing a column that the mapping expects is not there
 * @param renamed a column that is expected is not there, and an unknown one has nearly its name; not adapted, it is
 *     treated as missing
 * @param retyped most cells of a column cannot be read as the field's type
 * @param changed the columns are not those of the file that was loaded last: some are new, gone, or in another order;
 *     {@link Reaction#FAIL}, {@link Reaction#WARN}, or {@link Reaction#ADAPT} to let it pass without a word
 */
public record DriftPolicy(Reaction unknown, Reaction missing, Reaction renamed, Reaction retyped, Reaction changed) {

    /**
     * Unknown columns and columns that changed are told of; missing and renamed ones fail the run; cells that cannot be read
     * reject their rows.
     */
    public static final DriftPolicy DEFAULT =
            new DriftPolicy(Reaction.WARN, Reaction.FAIL, Reaction.FAIL, Reaction.REJECT_ROW, Reaction.WARN);

    /** What to do about it. */
    public enum Reaction {
        /** The run fails before it loads anything. */
        FAIL,
        /** Rows that are touched are rejected: those with a value in an unknown column, without one in a missing one. */
        REJECT_ROW,
        /** The run goes on without the column, or the cell, and tells so. */
        WARN,
        /**
         * The run goes on as seems meant: leaves unknown columns out, reads a renamed column, reads cells in the one way
         * in which all of a sample can be read. The report tells what was done.
         */
        ADAPT
    }
}
