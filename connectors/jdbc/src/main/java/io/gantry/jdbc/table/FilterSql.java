// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Dialect;
import io.gantry.jdbc.sql.Layout;
import io.gantry.jdbc.sql.Names;
import io.gantry.jdbc.sql.TableColumn;
import io.gantry.spi.dataset.Filter;
import io.gantry.spi.dataset.Filter.Operator;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Writes filters as conditions of SQL. Values never become part of the text unless {@link Values} quotes them. */
final class FilterSql {

    /** Puts values into statements. */
    @FunctionalInterface
    interface Values {
        /** What stands for a value in the text: a parameter's mark or a quoted literal. */
        String put(TableColumn column, Object value);
    }

    private final Dialect dialect;
    private final Names names;
    private final Layout layout;
    private final Values values;

    FilterSql(Dialect dialect, Names names, Layout layout, Values values) {
        this.dialect = dialect;
        this.names = names;
        this.layout = layout;
        this.values = values;
    }

    String condition(Filter filter) {
        return condition(filter, false);
    }

    /**
     * Writes a condition.
     *
     * @param negated whether it stands under a NOT, where "unknown", SQL's answer for a field without a value, must be
     *     made "false" first
     */
    private String condition(Filter filter, boolean negated) {
        if (filter instanceof Filter.And and) {
            return joined(and.all(), " AND ", "1 = 1", negated);
        }
        if (filter instanceof Filter.Or or) {
            return joined(or.any(), " OR ", "1 = 0", negated);
        }
        if (filter instanceof Filter.Not not) {
            return "NOT (" + condition(not.condition(), true) + ")";
        }
        if (filter instanceof Filter.IsNull isNull) {
            return names.quote(isNull.field()) + " IS NULL";
        }
        if (filter instanceof Filter.Compare compare) {
            TableColumn column = layout.column(compare.field());
            return guarded(column, compare(column, compare.operator(), compare.value()), negated);
        }
        Filter.In in = (Filter.In) filter;
        TableColumn column = layout.column(in.field());
        return in.values().isEmpty() ? "1 = 0" : guarded(column, in(column, in.values()), negated);
    }

    private String guarded(TableColumn column, String condition, boolean negated) {
        return negated ? "(" + names.quote(column.name()) + " IS NOT NULL AND " + condition + ")" : condition;
    }

    private String joined(Collection<Filter> filters, String word, String none, boolean negated) {
        return filters.isEmpty()
                ? none
                : filters.stream()
                        .map(filter -> condition(filter, negated))
                        .collect(Collectors.joining(word, "(", ")"));
    }

    private String compare(TableColumn column, Operator operator, Object value) {
        String name = names.quote(column.name());
        return switch (operator) {
            case EQUAL -> equal(column, name, value);
            case NOT_EQUAL -> dialect.exact(name, column) + " <> " + dialect.exact(put(column, value), column);
            case LESS -> ordered(column, name, " < ", value);
            case LESS_OR_EQUAL -> ordered(column, name, " <= ", value);
            case GREATER -> ordered(column, name, " > ", value);
            case GREATER_OR_EQUAL -> ordered(column, name, " >= ", value);
            case STARTS_WITH -> position(column, name, value) + " = 1";
            case CONTAINS -> position(column, name, value) + " > 0";
        };
    }

    private String equal(TableColumn column, String name, Object value) {
        String exact = dialect.exact(name, column) + " = " + dialect.exact(put(column, value), column);
        // A comparison that only knows bytes cannot use an index; the column's own can, and holds whenever that one
        // does.
        return dialect.exactHidesIndex(column)
                ? "(" + exact + " AND " + name + " = " + put(column, value) + ")"
                : exact;
    }

    private String ordered(TableColumn column, String name, String operator, Object value) {
        return dialect.ordered(name, column) + operator + dialect.ordered(put(column, value), column);
    }

    private String position(TableColumn column, String name, Object value) {
        return dialect.position(put(column, value), name, column);
    }

    private String in(TableColumn column, List<Object> among) {
        return dialect.exact(names.quote(column.name()), column)
                + among.stream()
                        .map(value -> dialect.exact(put(column, value), column))
                        .collect(Collectors.joining(", ", " IN (", ")"));
    }

    private String put(TableColumn column, Object value) {
        return values.put(column, value);
    }
}
