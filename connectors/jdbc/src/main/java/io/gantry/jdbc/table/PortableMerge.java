// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Layout;
import io.gantry.jdbc.sql.Names;
import io.gantry.jdbc.sql.Session;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.LoadMode;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/** Merges in steps that every database knows, and keeps each changed row as it was and as it is. */
final class PortableMerge implements Merge {

    /** Marks the keys of rows that were just inserted, until their images are made. */
    private static final String NEW = "N";

    private final Session session;
    private final LoadPlan plan;
    private final Ledger ledger;
    private final long run;
    private final MergeSql sql;
    private final Stage stage;
    private final IntSupplier dropped;

    PortableMerge(Session session, LoadPlan plan, Stage stage, Ledger ledger, long run, IntSupplier dropped) {
        this.dropped = dropped;
        this.stage = stage;
        this.session = session;
        this.plan = plan;
        this.ledger = ledger;
        this.run = run;
        sql = new MergeSql(session, plan, stage, ledger, run);
    }

    @Override
    public long replace() throws SQLException {
        return sql.replace();
    }

    @Override
    public Changes merge(long rows) throws SQLException {
        return withoutDropped(mergeAll(sql.all()), rows);
    }

    @Override
    public Changes merge(long from, long to) throws SQLException {
        return mergeAll(sql.between(from, to));
    }

    /** Rejects the rows that are not in the table afterwards. */
    private Changes withoutDropped(Changes changes, long rows) throws SQLException {
        if (plan.mode() == LoadMode.UPDATE || plan.key().isEmpty() || changes.inserted() + changes.updated() >= rows) {
            return changes;
        }
        String present = sql.blank().map(blank -> " AND NOT (" + blank + ")").orElse("");
        long lost = sql.reject(sql.all() + present + " AND " + sql.absent(), dropped.getAsInt());
        if (lost > 0) {
            stage.withdraw();
        }
        return new Changes(changes.inserted(), changes.updated(), lost);
    }

    /** Rows without a key are new, and get one. */
    private Changes mergeAll(String these) throws SQLException {
        Optional<String> blank = sql.blank();
        if (blank.isEmpty()) {
            return merge(these);
        }
        Changes changes = merge(these + " AND NOT (" + blank.get() + ")");
        String without = these + " AND " + blank.get();
        boolean any = session.number("SELECT COUNT(*) FROM " + sql.source + " s WHERE " + without) > 0;
        long made = any ? insertKeyless(sql.insertBlank(without)) : 0;
        return new Changes(changes.inserted() + made, changes.updated(), 0);
    }

    private Changes merge(String these) throws SQLException {
        if (plan.mode() == LoadMode.INSERT) {
            return new Changes(plan.key().isEmpty() ? insertKeyless(sql.insert(these)) : insert(these, ""), 0, 0);
        }
        String there = sql.target + " t WHERE " + sql.on();
        session.update(session.dialect()
                .delete(sql.source, "s", these + " AND EXISTS (SELECT 1 FROM " + there + " AND " + sql.same() + ")"));
        String pairs = sql.source + " s JOIN " + sql.target + " t ON " + sql.on() + " WHERE " + these;
        if (sql.keepsImages()) {
            session.update(sql.keep(
                    "'" + Ledger.BEFORE + "'", sql.number, plan.layout().stored(), sql.whole(), pairs));
        }
        long updated = plan.settable().isEmpty() ? 0 : session.update(sql.update(these));
        if (sql.keepsImages()) {
            session.update(
                    sql.keep("'" + Ledger.AFTER + "'", sql.number, plan.layout().stored(), sql.whole(), pairs));
        }
        long inserted = plan.mode() == LoadMode.UPDATE || !plan.lacking().isEmpty()
                ? 0
                : insert(these, " AND NOT EXISTS (SELECT 1 FROM " + there + ")");
        return new Changes(inserted, updated, 0);
    }

    /** Inserts those of these rows that are absent, and keeps images of them: they have no other image. */
    private long insert(String these, String absent) throws SQLException {
        List<Layout.Link> loops = plan.layout().loops().stream()
                .filter(loop -> plan.fields().containsAll(loop.columns())
                        && plan.fields().containsAll(loop.targets()))
                .toList();
        long inserted = 0;
        if (session.dialect().checksRowByRow() && !loops.isEmpty()) {
            String ready = loops.stream().map(this::ready).collect(Collectors.joining(" AND "));
            String left = these + " AND NOT EXISTS (SELECT 1 FROM " + sql.target + " t WHERE " + sql.on() + ")";
            long level;
            do {
                level = session.update(sql.insert(left + " AND " + ready));
                inserted += level;
            } while (level > 0);
            inserted += session.update(sql.insert(left));
        } else {
            inserted = session.update(sql.insert(these + absent));
        }
        if (sql.keepsImages()) {
            String alone = absent.isEmpty() ? "" : " AND NOT " + sql.imaged(Ledger.BEFORE);
            session.update(sql.keep(
                    "'" + Ledger.INSERTED + "'",
                    sql.number,
                    plan.layout().stored(),
                    sql.whole(),
                    sql.source + " s JOIN " + sql.target + " t ON " + sql.on() + " WHERE " + these + alone));
        }
        return inserted;
    }

    /** That the row which a staged row refers to is there already, or is the row itself, or that it refers to nothing. */
    private String ready(Layout.Link loop) {
        Names names = sql.names();
        StringBuilder nothing = new StringBuilder();
        StringBuilder found = new StringBuilder();
        StringBuilder itself = new StringBuilder();
        for (int i = 0; i < loop.columns().size(); i++) {
            String column = "s." + names.quote(loop.columns().get(i));
            String target = names.quote(loop.targets().get(i));
            nothing.append(column).append(" IS NULL OR ");
            found.append(i == 0 ? "" : " AND ")
                    .append("p.")
                    .append(target)
                    .append(" = ")
                    .append(column);
            itself.append(i == 0 ? "" : " AND ")
                    .append("s.")
                    .append(target)
                    .append(" = ")
                    .append(column);
        }
        return "(" + nothing + "(" + itself + ") OR EXISTS (SELECT 1 FROM " + sql.target + " p WHERE " + found + "))";
    }

    /** Inserts rows whose key the database makes up. */
    private long insertKeyless(String insert) throws SQLException {
        if (!sql.keepsImages()) {
            return session.update(insert);
        }
        if (!session.dialect().returns()) {
            throw new ProviderException(
                    "JDBC_KEY_NOT_LOADED",
                    FailureKind.DATA,
                    "The load does not hold the key " + sql.identity() + " of "
                            + plan.layout().table().name()
                            + ", and this database does not tell which one it makes up: map the key");
        }
        long inserted = GeneratedKeys.insert(session, ledger, plan.layout(), insert, run, NEW);
        Names names = sql.names();
        session.update(sql.keep(
                "'" + Ledger.INSERTED + "'",
                "k." + ledger.row(),
                plan.layout().stored(),
                sql.whole(),
                sql.images + " k JOIN " + sql.target + " t ON "
                        + names.all(sql.identity(), name -> "t." + name + " = k." + name) + " WHERE k." + ledger.run()
                        + " = " + run + " AND k." + ledger.kind() + " = '" + NEW + "'"));
        session.update("DELETE FROM " + sql.images + " WHERE " + ledger.run() + " = " + run + " AND " + ledger.kind()
                + " = '" + NEW + "'");
        return inserted;
    }
}
