// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import java.sql.SQLException;

/** Puts staged rows that passed all checks into the table, and images of the rows it changes into the ledger. */
sealed interface Merge permits PortableMerge, PostgresMerge {

    /** How many rows were added and changed, and how many the database took and did not keep: those are rejected. */
    record Changes(long inserted, long updated, long dropped) {}

    /** Deletes the rows that the file does not name, and gives their number. */
    long replace() throws SQLException;

    /**
     * Adds and changes rows.
     *
     * @param rows how many there are
     */
    Changes merge(long rows) throws SQLException;

    /**
     * Adds and changes some of the rows.
     *
     * @param from the first row number
     * @param to the last row number
     */
    Changes merge(long from, long to) throws SQLException;
}
