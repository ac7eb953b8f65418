// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A table as it is now.
 *
 * @param table its name
 * @param columns all of them, by name, in order
 * @param key the columns of its key; empty when there is none
 * @param enforced whether the database itself keeps the key unique
 * @param uniques further unique sets of columns
 * @param references to other tables
 * @param referrers references of tables, this one included, to this one
 * @param deferred whether some constraint may be checked only when the transaction is committed
 */
public record Layout(
        TableId table,
        Map<String, TableColumn> columns,
        List<String> key,
        boolean enforced,
        List<List<String>> uniques,
        List<Link> references,
        List<Link> referrers,
        boolean deferred) {

    /**
     * A foreign key.
     *
     * @param from the table that refers
     * @param columns its columns
     * @param to the table referred to
     * @param targets the columns there, in the same order
     */
    public record Link(TableId from, List<String> columns, TableId to, List<String> targets) {}

    public Layout {
        columns = new LinkedHashMap<>(columns);
    }

    public TableColumn column(String name) {
        return Objects.requireNonNull(columns.get(name), name);
    }

    /** The same table with another key; the one before becomes one of the unique sets. */
    public Layout withKey(List<String> key) {
        Set<String> set = new HashSet<>(key);
        List<List<String>> others = new ArrayList<>(uniques);
        if (!this.key.isEmpty()) {
            others.add(0, this.key);
        }
        boolean enforced = others.removeIf(unique -> set.equals(new HashSet<>(unique)));
        return new Layout(table, columns, key, enforced, others, references, referrers, deferred);
    }

    /** What an image of a row holds: every column that takes values, also those that are no fields. */
    public List<String> stored() {
        return columns.values().stream()
                .filter(column -> !column.computed())
                .map(TableColumn::name)
                .toList();
    }

    /** References of the table to itself. */
    public List<Link> loops() {
        return referrers.stream().filter(link -> link.from().equals(table)).toList();
    }

    /** Whether the database itself sees to it that no two rows have the same values in these columns. */
    public boolean isUnique(Collection<String> names) {
        Set<String> set = new HashSet<>(names);
        return !set.isEmpty()
                && (enforced && set.equals(new HashSet<>(key))
                        || uniques.stream().anyMatch(unique -> set.equals(new HashSet<>(unique))));
    }
}
