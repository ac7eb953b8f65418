// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * How many rows may be rejected before a run loads nothing at all.
 *
 * @param maxRows greatest number of rejected rows
 * @param maxPercent greatest share of rejected rows among all rows read, from 0 to 100
 */
public record ErrorPolicy(
        @PositiveOrZero long maxRows,

        @DecimalMin(value = "0", message = "must be from 0 to 100")
        @DecimalMax(value = "100", message = "must be from 0 to 100")
        double maxPercent) {

    /** One bad row, and nothing is loaded. */
    public static final ErrorPolicy ALL_OR_NOTHING = new ErrorPolicy(0, 100);

    /** Good rows are loaded, however many are bad. */
    public static final ErrorPolicy SKIP_ROWS = new ErrorPolicy(Long.MAX_VALUE, 100);

    /**
     * Good rows are loaded as long as there are not too many bad ones.
     *
     * @param rows greatest number of rejected rows
     * @return the policy
     */
    public static ErrorPolicy upTo(long rows) {
        return new ErrorPolicy(rows, 100);
    }

    /**
     * Good rows are loaded as long as there are not too many bad ones.
     *
     * @param percent greatest share of rejected rows
     * @return the policy
     */
    public static ErrorPolicy upToPercent(double percent) {
        return new ErrorPolicy(Long.MAX_VALUE, percent);
    }

    /**
     * Whether a run may load its good rows.
     *
     * @param rejected rows rejected
     * @param read all rows read
     * @return false when there are too many bad ones
     */
    public boolean allows(long rejected, long read) {
        return rejected == 0 || (rejected <= maxRows && rejected * 100.0 <= maxPercent * read);
    }
}
