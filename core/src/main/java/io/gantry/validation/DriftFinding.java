// SPDX-License-Identifier: Apache-2.0
package io.gantry.validation;

import io.gantry.mapping.DriftPolicy;
import org.jspecify.annotations.Nullable;

/**
 * One way in which the columns of a file are not what the mapping expects.
 *
 * @param kind which way
 * @param column the file's column, or the expected one that is missing
 * @param field the field it concerns; null for an unknown column
 * @param reaction what was done about it
 * @param message for people
 * @param position place of the column in the file, from 1; null when there is no single one
 */
public record DriftFinding(
        Kind kind,
        String column,
        @Nullable String field,
        DriftPolicy.Reaction reaction,
        String message,
        @Nullable Integer position) {

    /**
     * A finding that no single column of the file has.
     *
     * @param kind which way
     * @param column the file's column, or the expected one that is missing
     * @param field the field it concerns; null for an unknown column
     * @param reaction what was done about it
     * @param message for people
     */
    public DriftFinding(
            Kind kind, String column, @Nullable String field, DriftPolicy.Reaction reaction, String message) {
        this(kind, column, field, reaction, message, null);
    }

    /** Which way. */
    public enum Kind {
        /** A column that the mapping does not know. */
        UNKNOWN,
        /** A column that the mapping expects is not there. */
        MISSING,
        /** A column that is expected is not there, and an unknown one has nearly its name. */
        RENAMED,
        /** Most cells of a column cannot be read as the field's type. */
        RETYPED,
        /** A column of the file has no name. */
        UNNAMED,
        /** Columns of the file have the same name. */
        DUPLICATED,
        /** The records have another number of cells than the header has names. */
        HEADER_WIDTH,
        /** The columns are those of the last file that was loaded, in another order. */
        REORDERED,
        /** A column that the last file that was loaded did not have. */
        ADDED,
        /** A column of the last file that was loaded is gone. */
        REMOVED
    }
}
