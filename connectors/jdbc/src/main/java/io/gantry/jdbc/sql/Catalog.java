// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Reads what a table is like. Every database tells it in its own way; this is the common part. */
public final class Catalog {

    private final TableId table;
    private final Map<String, TableColumn> columns = new LinkedHashMap<>();
    private final Map<Integer, String> key = new TreeMap<>();
    private final Map<String, List<String>> uniques = new LinkedHashMap<>();
    private final Map<String, Layout.Link> references = new LinkedHashMap<>();
    private final Map<String, Layout.Link> referrers = new LinkedHashMap<>();
    private boolean deferred;

    public Catalog(TableId table) {
        this.table = table;
    }

    public static Layout read(Session session, TableId table) throws SQLException {
        Catalog catalog = new Catalog(table);
        session.dialect().readTable(session, table, catalog);
        return catalog.layout();
    }

    public void column(TableColumn column) {
        columns.put(column.name(), column);
    }

    public void key(int place, String column) {
        key.put(place, column);
    }

    /** The next column of a unique index. */
    public void unique(String index, String column) {
        uniques.computeIfAbsent(index, name -> new ArrayList<>()).add(column);
    }

    /** The next column of a foreign key of this table. */
    public void reference(String constraint, String column, TableId to, String target) {
        link(references, constraint, table, column, to, target);
    }

    /** The next column of a foreign key to this table. */
    public void referrer(String constraint, TableId from, String column, String target) {
        link(referrers, constraint, from, column, table, target);
    }

    public void deferred() {
        deferred = true;
    }

    private static void link(
            Map<String, Layout.Link> links, String constraint, TableId from, String column, TableId to, String target) {
        Layout.Link link = links.computeIfAbsent(
                constraint, name -> new Layout.Link(from, new ArrayList<>(), to, new ArrayList<>()));
        link.columns().add(column);
        link.targets().add(target);
    }

    private Layout layout() {
        List<String> primary = new ArrayList<>(key.values());
        List<List<String>> others = new ArrayList<>();
        Set<Set<String>> seen = new HashSet<>();
        seen.add(new HashSet<>(primary));
        for (List<String> unique : uniques.values()) {
            // An index may be on an expression, or on a column that is no field: then there is nothing to compare.
            if (unique.stream().allMatch(this::isField) && seen.add(new HashSet<>(unique))) {
                others.add(List.copyOf(unique));
            }
        }
        if (primary.stream().anyMatch(name -> columnOf(name).computed())) {
            primary.clear(); // no row could be put back with its key
        }
        if (primary.isEmpty()) {
            others.stream()
                    .filter(unique ->
                            unique.stream().noneMatch(name -> columnOf(name).nullable()))
                    .findFirst()
                    .ifPresent(unique -> {
                        primary.addAll(unique);
                        others.remove(unique);
                    });
        }
        return new Layout(
                table,
                columns,
                List.copyOf(primary),
                true,
                others,
                List.copyOf(references.values()),
                List.copyOf(referrers.values()),
                deferred);
    }

    private TableColumn columnOf(String name) {
        return Objects.requireNonNull(columns.get(name), name);
    }

    private boolean isField(String name) {
        TableColumn column = columns.get(name);
        return column != null && column.type() != null && !column.computed();
    }
}
