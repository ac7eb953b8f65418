// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Names;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableColumn;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.LoadMode;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Merges by one statement where there is one. PostgreSQL knows of each row which transaction wrote it, so that what a run
 * left need not be kept: of an inserted row the key, of an updated or deleted one the image before and who had written that.
 */
final class PostgresMerge implements Merge {

    private static final String NOBODY = "CAST('0' AS xid)";

    /** That this transaction wrote a row. */
    private static final String WRITTEN = "CAST(CAST(t.xmin AS text) AS bigint) = txid_current() % 4294967296";

    /** In place of a number of rows that is not known. */
    private static final long UNKNOWN = -1;

    private final Session session;
    private final LoadPlan plan;
    private final Ledger ledger;
    private final long run;
    private final MergeSql sql;
    private final Stage stage;
    private final IntSupplier dropped;
    private @Nullable Rewriting rewriting;
    private final Names names;

    PostgresMerge(Session session, LoadPlan plan, Stage stage, Ledger ledger, long run, IntSupplier dropped) {
        this.dropped = dropped;
        this.stage = stage;
        this.session = session;
        this.plan = plan;
        this.ledger = ledger;
        this.run = run;
        names = session.names();
        sql = new MergeSql(session, plan, stage, ledger, run);
    }

    @Override
    public long replace() throws SQLException {
        return sql.replace();
    }

    @Override
    public Changes merge(long rows) throws SQLException {
        return mergeAll(sql.all(), rows);
    }

    @Override
    public Changes merge(long from, long to) throws SQLException {
        return mergeAll(sql.between(from, to), UNKNOWN);
    }

    /** Rows without a key are new, and get one. */
    private Changes mergeAll(String these, long rows) throws SQLException {
        Optional<String> blank = sql.blank();
        if (blank.isEmpty()) {
            return merge(these, rows);
        }
        Changes changes = merge(these + " AND NOT (" + blank.get() + ")", UNKNOWN);
        long made = insertMade(sql.insertBlank(these + " AND " + blank.get()));
        return new Changes(changes.inserted() + made, changes.updated(), changes.dropped());
    }

    /** Inserts rows whose keys are made up; their images get numbers that no row of a file has. */
    private long insertMade(String insert) throws SQLException {
        if (!sql.keepsImages()) {
            return session.update(insert);
        }
        String made = "WITH s AS (" + session.dialect().returning(insert, names.list("", sql.identity())) + ") ";
        return session.update(made + keepKeys(GeneratedKeys.FIRST + " + ROW_NUMBER() OVER ()", "s.", "s"));
    }

    private Changes merge(String these, long rows) throws SQLException {
        if (!plan.key().isEmpty() && plan.holdsIdentity() && rewriting().any()) {
            return mergeRewritten(these);
        }
        if (plan.mode() == LoadMode.INSERT) {
            return new Changes(insert(these), 0, 0);
        }
        if (plan.mode() == LoadMode.UPDATE || !plan.lacking().isEmpty()) {
            return new Changes(0, update(these, rows), 0);
        }
        if (!plan.layout().isUnique(plan.key()) || plan.layout().deferred()) {
            long updated = update(these, rows);
            String absent = " AND NOT EXISTS (SELECT 1 FROM " + sql.target + " t WHERE " + sql.on() + ")";
            long inserted = session.update(sql.insert(these + absent));
            keepNew(these);
            return new Changes(inserted, updated, 0);
        }
        return upsert(these, rows);
    }

    private Rewriting rewriting() throws SQLException {
        Rewriting known = rewriting;
        if (known == null) {
            known = Rewriting.of(session, plan.layout().table());
            rewriting = known;
        }
        return known;
    }

    /** Believes in no count of a statement, but looks what became of each row. */
    private Changes mergeRewritten(String these) throws SQLException {
        long lost = 0;
        long updated = 0;
        if (plan.mode() != LoadMode.INSERT && !plan.settable().isEmpty() && keepBefore(these) > 0) {
            session.update(sql.update(these + " AND NOT (" + sql.same() + ")"));
            String stale = these + " AND " + sql.imaged(Ledger.BEFORE) + " AND NOT " + writtenHere();
            long ignored = sql.reject(stale, dropped.getAsInt());
            if (ignored > 0) {
                session.update("DELETE FROM " + sql.images + " b WHERE b." + ledger.run() + " = " + run + " AND b."
                        + ledger.kind() + " = '" + Ledger.BEFORE + "' AND b." + ledger.row() + " IN (SELECT "
                        + sql.number + " FROM " + sql.source + " s WHERE " + stale + ")");
                stage.withdraw();
            }
            lost += ignored;
            updated = session.number(
                    "SELECT COUNT(*) FROM " + sql.source + " s WHERE " + these + " AND " + sql.imaged(Ledger.BEFORE));
        }
        if (plan.mode() == LoadMode.UPDATE || !plan.lacking().isEmpty()) {
            return new Changes(0, updated, lost);
        }
        String fresh = these + " AND " + sql.absent();
        long expected = session.number("SELECT COUNT(*) FROM " + sql.source + " s WHERE " + fresh);
        long returned = 0;
        if (expected > 0 && rewriting().rules()) {
            session.update(sql.insert(fresh));
        } else if (expected > 0) {
            String made = "WITH w AS (" + session.dialect().returning(sql.insert(fresh), names.list("", sql.identity()))
                    + ") ";
            String numbered = "COALESCE(" + sql.number + ", " + GeneratedKeys.FIRST + " + ROW_NUMBER() OVER ())";
            returned = session.update(made
                    + keepKeys(
                            numbered,
                            "w.",
                            "w LEFT JOIN " + sql.source + " s ON "
                                    + names.all(plan.layout().key(), name -> "w." + name + " = s." + name) + " AND "
                                    + sql.all()));
        }
        long missing = session.number("SELECT COUNT(*) FROM " + sql.source + " s WHERE " + fresh);
        if (returned == expected) {
            return new Changes(returned, updated, lost); // maybe under other keys, which are known
        }
        if (returned == 0) {
            keepNew(these); // what came into the table by another way, such as into one of its partitions
        } else if (returned + missing != expected) {
            throw new ProviderException(
                    "JDBC_ROWS_REWRITTEN",
                    FailureKind.DATA,
                    "Triggers of " + plan.layout().table().fullName()
                            + " drop some rows and change the keys of others, so that it cannot be told which ones");
        }
        lost += sql.reject(fresh, dropped.getAsInt());
        stage.withdraw();
        return new Changes(expected - missing, updated, lost);
    }

    private String writtenHere() {
        return "EXISTS (SELECT 1 FROM " + sql.target + " t WHERE " + sql.on() + " AND " + WRITTEN + ")";
    }

    private long insert(String these) throws SQLException {
        if (!sql.keepsImages()) {
            return session.update(sql.insert(these));
        }
        if (plan.holdsIdentity()) {
            long inserted = session.update(sql.insert(these));
            session.update(keepKeys(sql.number, "s.", sql.source + " s WHERE " + these));
            return inserted;
        }
        return insertMade(sql.insert(these));
    }

    private String keepKeys(String row, String alias, String from) {
        List<String> key = sql.identity();
        return sql.keep("'" + Ledger.INSERTED + "'", row, key, NOBODY + ", " + names.list(alias, key), from);
    }

    /** Keeps the keys of rows that were inserted by this transaction and are not known otherwise. */
    private void keepNew(String these) throws SQLException {
        if (sql.keepsImages()) {
            session.update(keepKeys(
                    sql.number,
                    "t.",
                    sql.source + " s JOIN " + sql.target + " t ON " + sql.on() + " WHERE " + these
                            + " AND " + WRITTEN + " AND NOT "
                            + sql.imaged(Ledger.BEFORE)));
        }
    }

    private long update(String these, long rows) throws SQLException {
        if (plan.settable().isEmpty()) {
            return 0;
        }
        boolean all = keepBefore(these) == rows; // then each is there and changes
        return session.update(sql.update(these + (all ? "" : " AND NOT (" + sql.same() + ")")));
    }

    private long keepBefore(String these) throws SQLException {
        return !sql.keepsImages()
                ? 0
                : session.update(sql.keep(
                        "'" + Ledger.BEFORE + "'",
                        sql.number,
                        plan.layout().stored(),
                        sql.whole(),
                        sql.source + " s JOIN " + sql.target + " t ON " + sql.on() + " WHERE " + these + " AND NOT ("
                                + sql.same() + ")"));
    }

    private Changes upsert(String these, long rows) throws SQLException {
        boolean once = plan.holdsIdentity() && !plan.ownKey();
        // images are kept of rows that are new or change; where that is all of them, none is compared a second time
        boolean all = false;
        if (once) {
            all = keepBoth(these) == rows;
        } else if (!plan.settable().isEmpty()) {
            keepBefore(these);
        }
        String set = names.quote(plan.settable()).stream()
                .map(column -> column + " = excluded." + column)
                .collect(Collectors.joining(", "));
        String resolution = plan.settable().isEmpty()
                ? "DO NOTHING"
                : "DO UPDATE SET " + set + (all ? "" : " WHERE NOT (" + sameAsExcluded() + ")");
        long changed = session.update(
                sql.insert(" AS t", these) + " ON CONFLICT (" + names.list("", plan.key()) + ") " + resolution);
        if (!once) {
            keepNew(these);
        }
        long inserted = sql.keepsImages() ? session.number(count(Ledger.INSERTED)) : changed;
        return new Changes(inserted, changed - inserted, 0);
    }

    private String count(String kind) {
        return "SELECT COUNT(*) FROM " + sql.images + " WHERE " + ledger.run() + " = " + run + " AND " + ledger.kind()
                + " = '" + kind + "'";
    }

    /** In one pass: of new rows the key, of rows that change the image before. */
    private long keepBoth(String these) throws SQLException {
        Collection<String> key = plan.key();
        String first = "t." + names.quote(plan.key().get(0));
        String values = plan.layout().stored().stream()
                .map(column -> {
                    String quoted = names.quote(column);
                    return key.contains(column) ? "COALESCE(t." + quoted + ", s." + quoted + ")" : "t." + quoted;
                })
                .collect(Collectors.joining(", "));
        return session.update(sql.keep(
                "CASE WHEN " + first + " IS NULL THEN '" + Ledger.INSERTED + "' ELSE '" + Ledger.BEFORE + "' END",
                sql.number,
                plan.layout().stored(),
                "COALESCE(t.xmin, " + NOBODY + "), " + values,
                sql.source + " s LEFT JOIN " + sql.target + " t ON " + sql.on() + " WHERE " + these + " AND (" + first
                        + " IS NULL OR NOT (" + sql.same() + "))"));
    }

    private String sameAsExcluded() {
        return plan.values().stream()
                .map(name -> {
                    TableColumn column = plan.layout().column(name);
                    String quoted = names.quote(name);
                    return session.dialect()
                            .same(
                                    session.dialect().exact("t." + quoted, column),
                                    session.dialect().exact("excluded." + quoted, column));
                })
                .collect(Collectors.joining(" AND "));
    }
}
