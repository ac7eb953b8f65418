// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.mapping.compile.Parsers;
import io.gantry.spi.dataset.Filter;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the greatest value of an incremental field: the high-water mark, beyond which the next run reads. */
final class HighWater {

    private final Field field;
    private final @Nullable String before;
    private @Nullable Object greatest;

    /**
     * @param before the mark that earlier runs left, in ISO notation; null when there is none
     */
    HighWater(Field field, @Nullable String before) {
        this.field = field;
        this.before = before;
    }

    /** Narrows a filter to rows beyond the mark; rows without a value are never beyond it. */
    Filter beyond(Filter filter) {
        Filter news = before == null
                ? new Filter.Not(new Filter.IsNull(field.name()))
                : new Filter.Compare(
                        field.name(),
                        Filter.Operator.GREATER,
                        Parsers.value(Field.of(field.name(), field.type()), before)
                                .orElseThrow());
        return new Filter.And(List.of(filter, news));
    }

    @SuppressWarnings(
            "unchecked") // values of one field are of one class, which the check of the mapping made sure has an order
    void see(RowBatch rows) {
        int column = rows.index(field.name());
        for (int row = 0; row < rows.size(); row++) {
            Object value = rows.column(column).object(row);
            Object seen = greatest;
            if (value != null && (seen == null || ((Comparable<Object>) value).compareTo(seen) > 0)) {
                greatest = value;
            }
        }
    }

    /** The mark now; null when there is none. */
    @Nullable
    String mark() {
        Object seen = greatest;
        return seen == null ? before : seen.toString();
    }
}
