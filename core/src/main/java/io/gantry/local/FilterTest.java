// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import io.gantry.spi.dataset.Filter;
import io.gantry.spi.schema.Schema;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes the test of rows that a filter describes. */
final class FilterTest {

    private FilterTest() {}

    static Predicate<@Nullable Object[]> of(Filter filter, Schema schema) {
        if (filter instanceof Filter.And and) {
            return and.all().stream().map(part -> of(part, schema)).reduce(row -> true, Predicate::and);
        }
        if (filter instanceof Filter.Or or) {
            return or.any().stream().map(part -> of(part, schema)).reduce(row -> false, Predicate::or);
        }
        if (filter instanceof Filter.Not not) {
            return of(not.condition(), schema).negate();
        }
        if (filter instanceof Filter.IsNull missing) {
            int place = schema.names().indexOf(missing.field());
            return row -> row[place] == null;
        }
        if (filter instanceof Filter.In in) {
            int place = schema.names().indexOf(in.field());
            var values = in.values().stream().map(RowKey::comparable).toList();
            return row -> row[place] != null && values.contains(RowKey.comparable(row[place]));
        }
        Filter.Compare compare = (Filter.Compare) filter;
        int place = schema.names().indexOf(compare.field());
        return row -> row[place] != null && test(compare, row[place]);
    }

    private static boolean test(Filter.Compare compare, @Nullable Object value) {
        int order = RowKey.compare(RowKey.comparable(value), RowKey.comparable(compare.value()));
        return switch (compare.operator()) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case STARTS_WITH -> ((String) Objects.requireNonNull(value)).startsWith((String) compare.value());
            case CONTAINS -> ((String) Objects.requireNonNull(value)).contains((String) compare.value());
        };
    }
}
