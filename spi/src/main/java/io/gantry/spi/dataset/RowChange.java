// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a load does to one row.
 *
 * @param kind what happens
 * @param number the row's number in its file; 0 for a row that is deleted
 * @param key values of the key, in the order of the load's key
 * @param fields what changes: for an inserted row every field that has a value, for an updated one those that differ, for
 *     a deleted one none
 */
public record RowChange(Kind kind, long number, List<@Nullable Object> key, List<FieldChange> fields) {

    public RowChange {
        key = Collections.unmodifiableList(new ArrayList<>(key));
        fields = List.copyOf(fields);
    }

    /** What happens to a row. */
    public enum Kind {
        /** It is added. */
        INSERTED,
        /** Some of its values change. */
        UPDATED,
        /** It is taken away. */
        DELETED
    }

    /**
     * What happens to one value.
     *
     * @param field its name
     * @param before the value in the dataset, or null
     * @param after the value in the file, or null
     */
    public record FieldChange(
            String field, @Nullable Object before, @Nullable Object after) {}
}
