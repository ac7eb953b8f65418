// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Cells;
import io.gantry.jdbc.sql.Names;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableColumn;
import io.gantry.spi.dataset.DatasetWriter.Changes;
import io.gantry.spi.dataset.DatasetWriter.Outcome;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.RowChange;
import io.gantry.spi.dataset.RowChange.FieldChange;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells what merging staged rows would do, by reading only. */
final class PreviewedLoad {

    private final Session session;
    private final LoadPlan plan;
    private final MergeSql sql;
    private final Names names;
    private final Cells cells;

    PreviewedLoad(Session session, LoadPlan plan, Stage stage, Ledger ledger) {
        this.session = session;
        this.plan = plan;
        names = session.names();
        cells = new Cells(session.dialect());
        sql = new MergeSql(session, plan, stage, ledger, 0);
    }

    /**
     * Counts the changes.
     *
     * @param rows how many are left to be merged
     */
    Outcome outcome(long rows) throws SQLException {
        if (plan.mode() == LoadMode.INSERT) {
            return new Outcome(rows, 0, 0, 0);
        }
        long[] found = new long[2];
        session.query("SELECT COUNT(*), SUM(CASE WHEN " + sql.same() + " THEN 1 ELSE 0 END) FROM " + pairs(), row -> {
            found[0] = row.getLong(1);
            found[1] = row.getLong(2);
        });
        long deleted = 0;
        if (plan.mode() == LoadMode.REPLACE) {
            sql.refuseReferred();
            deleted = session.number("SELECT COUNT(*) FROM " + sql.target + " t WHERE " + sql.gone());
        }
        return new Outcome(rows - found[0], found[0] - found[1], found[1], deleted);
    }

    private String pairs() {
        return sql.source + " s JOIN " + sql.target + " t ON " + sql.on() + " WHERE " + sql.number + " > 0";
    }

    /** Tells the first changes of each kind. */
    void tell(int each, Changes changes) throws SQLException {
        if (each == 0) {
            return;
        }
        List<TableColumn> columns =
                plan.fields().stream().map(plan.layout()::column).toList();
        String staged = names.read("s.", columns);
        String absent = plan.key().isEmpty()
                ? ""
                : " AND NOT EXISTS (SELECT 1 FROM " + sql.target + " t WHERE " + sql.on() + ")";
        query(
                each,
                "SELECT " + sql.number + ", " + staged + " FROM " + sql.source + " s WHERE " + sql.number + " > 0"
                        + absent + " ORDER BY " + sql.number,
                row -> changes.accept(inserted(row)));
        if (plan.mode() != LoadMode.INSERT) {
            query(
                    each,
                    "SELECT " + sql.number + ", " + staged + ", " + names.read("t.", columns) + " FROM " + pairs()
                            + " AND NOT (" + sql.same() + ") ORDER BY " + sql.number,
                    row -> changes.accept(updated(row)));
        }
        if (plan.mode() == LoadMode.REPLACE) {
            String key = names.list("t.", plan.key());
            query(
                    each,
                    "SELECT "
                            + names.read(
                                    "t.",
                                    plan.key().stream()
                                            .map(plan.layout()::column)
                                            .toList())
                            + " FROM " + sql.target + " t WHERE " + sql.gone() + " ORDER BY " + key,
                    row -> changes.accept(deleted(row)));
        }
    }

    private void query(int rows, String query, Session.Rows each) throws SQLException {
        try (PreparedStatement statement = session.watch(session.connection().prepareStatement(query))) {
            statement.setMaxRows(rows);
            try (ResultSet answer = statement.executeQuery()) {
                while (answer.next()) {
                    each.accept(answer);
                }
            }
        }
    }

    private List<@Nullable Object> values(ResultSet row, int from, List<String> columns) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            values.add(cells.object(row, from + i, plan.layout().column(columns.get(i))));
        }
        return values;
    }

    private List<@Nullable Object> key(List<@Nullable Object> after) {
        List<@Nullable Object> key = new ArrayList<>();
        plan.key().forEach(name -> key.add(after.get(plan.fields().indexOf(name))));
        return key;
    }

    private RowChange inserted(ResultSet row) throws SQLException {
        List<@Nullable Object> after = values(row, 2, plan.fields());
        List<FieldChange> fields = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            if (after.get(i) != null) {
                fields.add(new FieldChange(plan.fields().get(i), null, after.get(i)));
            }
        }
        return new RowChange(RowChange.Kind.INSERTED, row.getLong(1), key(after), fields);
    }

    private RowChange updated(ResultSet row) throws SQLException {
        List<@Nullable Object> after = values(row, 2, plan.fields());
        List<@Nullable Object> before = values(row, 2 + after.size(), plan.fields());
        List<FieldChange> fields = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            if (!same(before.get(i), after.get(i))) {
                fields.add(new FieldChange(plan.fields().get(i), before.get(i), after.get(i)));
            }
        }
        return new RowChange(RowChange.Kind.UPDATED, row.getLong(1), key(after), fields);
    }

    private RowChange deleted(ResultSet row) throws SQLException {
        return new RowChange(RowChange.Kind.DELETED, 0, values(row, 1, plan.key()), List.of());
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof BigDecimal number && other instanceof BigDecimal another) {
            return number.compareTo(another) == 0;
        }
        return Objects.deepEquals(one, other);
    }
}
