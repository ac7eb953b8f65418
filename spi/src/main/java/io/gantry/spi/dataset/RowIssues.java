// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

import java.util.List;

/** Is told of rows that fail a check. One row may fail several checks. Used by one thread. */
@FunctionalInterface
public interface RowIssues {

    /**
     * One failed check of one row.
     *
     * @param number the row's number in its file
     * @param fields the fields that fail together, in order; empty for the row as a whole
     * @param code stable, upper case, such as {@code ALREADY_EXISTS}
     * @param message for people: the rule, without values
     */
    void reject(long number, List<String> fields, String code, String message);
}
