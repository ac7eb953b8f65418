// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

import io.gantry.spi.Cancellation;
import java.util.List;

/**
 * Which rows and fields to read.
 *
 * @param fields names of the fields, in the wanted order, at least one
 * @param filter which rows
 * @param cancellation asks the reading to stop
 */
public record Selection(List<String> fields, Filter filter, Cancellation cancellation) {

    public Selection {
        fields = List.copyOf(fields);
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("A selection needs a field");
        }
    }

    /**
     * All rows.
     *
     * @param fields names of the fields, in the wanted order
     * @return the selection
     */
    public static Selection of(List<String> fields) {
        return new Selection(fields, Filter.ALL, Cancellation.NEVER);
    }
}
