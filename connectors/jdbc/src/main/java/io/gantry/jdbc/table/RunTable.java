// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Dialect;
import io.gantry.jdbc.sql.Failures;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableId;
import io.gantry.jdbc.sql.Tables;
import io.gantry.jdbc.table.Fence.Standing;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.AppliedRun.Undo;
import io.gantry.spi.dataset.DatasetWriter.Outcome;
import io.gantry.spi.dataset.Load;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code gantry_run}: for each run of a dataset one row, which is the marker of the load that is applied or, before
 * one is, the fence that shuts out earlier attempts.
 */
final class RunTable {

    static final String NAME = "gantry_run";

    private static final String FENCED = "FENCED";
    private static final String APPLIED = "APPLIED";
    private static final String ONE = " WHERE dataset = ? AND run = ?";

    private final Session session;
    private final TableId table;
    private final String quoted;
    private final String dataset;

    /**
     * Opens the table.
     *
     * @param dataset the full name of the dataset's own table
     */
    RunTable(Session session, TableId table, String dataset) {
        this.session = session;
        this.table = table;
        this.dataset = dataset;
        quoted = session.names().quote(table);
    }

    /** What makes the table; nothing when it is there. */
    Optional<String> definition() throws SQLException {
        Set<String> columns = Tables.columns(session, table);
        if (columns.contains("attempt")) {
            return Optional.empty();
        }
        if (!columns.isEmpty()) {
            throw new ProviderException(
                    "JDBC_LEDGER_LAYOUT",
                    FailureKind.DATA,
                    "The table " + table.fullName()
                            + " has no column 'attempt': another version or another program made"
                            + " it; rename it or drop it, and with it the tables gantry_key and gantry_undo_…",
                    Map.of("table", table.fullName()),
                    null);
        }
        Dialect dialect = session.dialect();
        String name = dialect.text(200) + " NOT NULL, ";
        return Optional.of("CREATE TABLE " + quoted + " (dataset " + name + "run " + name
                + "attempt INTEGER NOT NULL, state " + dialect.text(10)
                + " NOT NULL, run_number BIGINT UNIQUE, applied_at "
                + dialect.text(40) + ", load_mode " + dialect.text(10)
                + ", inserted BIGINT, updated BIGINT, unchanged BIGINT, deleted BIGINT, undo_state " + dialect.text(10)
                + ", images " + dialect.text(64)
                + ", txid BIGINT, reversed BIGINT, kept BIGINT, failed BIGINT, rolled_back_at " + dialect.text(40)
                + ", PRIMARY KEY (dataset, run))");
    }

    private boolean exists() throws SQLException {
        return Tables.exists(session, table);
    }

    /** Finds the marker of a run that is applied. */
    Optional<RunMarker> find(String run) throws SQLException {
        if (!exists()) {
            return Optional.empty();
        }
        @Nullable RunMarker[] found = new RunMarker[1];
        session.query(
                "SELECT run_number, inserted, updated, unchanged, deleted, applied_at, undo_state, images, txid, reversed, kept,"
                        + " failed FROM " + quoted + ONE + " AND state = ?",
                row -> found[0] = new RunMarker(
                        row.getLong(1),
                        run,
                        new Outcome(row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)),
                        Instant.parse(row.getString(6)),
                        Undo.valueOf(row.getString(7)),
                        row.getString(8),
                        row.getLong(9),
                        row.getLong(10),
                        row.getLong(11),
                        row.getLong(12)),
                dataset,
                run,
                APPLIED);
        return Optional.ofNullable(found[0]);
    }

    /** Where a run stands; nothing for one that was neither applied nor fenced. */
    Optional<Standing> standing(String run) throws SQLException {
        @Nullable Standing[] found = new Standing[1];
        if (exists()) {
            session.query(
                    "SELECT attempt, state FROM " + quoted + ONE,
                    row -> found[0] =
                            new Standing(row.getInt(1), row.getString(2).equals(APPLIED)),
                    dataset,
                    run);
        }
        return Optional.ofNullable(found[0]);
    }

    /** Moves a fence up; false when there is none, or none with a smaller attempt. */
    boolean raise(String run, int attempt) throws SQLException {
        return session.update(
                        "UPDATE " + quoted + " SET attempt = ?" + ONE + " AND state = ? AND attempt < ?",
                        attempt,
                        dataset,
                        run,
                        FENCED,
                        attempt)
                == 1;
    }

    /** Makes a fence; fails when the run has a row. */
    void fence(String run, int attempt) throws SQLException {
        session.update(
                "INSERT INTO " + quoted + " (dataset, run, attempt, state) VALUES (?, ?, ?, ?)",
                dataset,
                run,
                attempt,
                FENCED);
    }

    /**
     * Writes the marker of a load: the last step of its transaction, so that nobody waits for a load that has not come to
     * it. Fails when the load is shut out, or another one of the same run is applied.
     *
     * <p>Only an attempt after the first can find a fence that lets it pass, and mostly does.
     *
     * @param number the load's, unlike any other
     * @param images the name of the table with its images
     * @param transaction PostgreSQL's id of it
     */
    void mark(Load load, long number, Outcome outcome, String images, long transaction) throws SQLException {
        List<Object> values = List.of(
                load.attempt(),
                APPLIED,
                number,
                load.time().toString(),
                load.mode().name(),
                outcome.inserted(),
                outcome.updated(),
                outcome.unchanged(),
                outcome.deleted(),
                Undo.POSSIBLE.name(),
                images,
                transaction,
                0L,
                0L,
                0L);
        try {
            if (load.attempt() == 1 || !passed(load, values)) {
                List<Object> all = new ArrayList<>(List.of(dataset, load.run()));
                all.addAll(values);
                session.update(
                        "INSERT INTO " + quoted + " (dataset, run, attempt, state, run_number, applied_at, load_mode,"
                                + " inserted, updated, unchanged, deleted, undo_state, images, txid, reversed, kept,"
                                + " failed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        all.toArray());
            }
        } catch (SQLException e) {
            if (!Failures.blamesRows(e)) {
                throw e;
            }
            throw new ProviderException(
                    "JDBC_CONFLICT",
                    FailureKind.TRANSIENT,
                    "Another transaction has written the row of run '" + load.run() + "' in " + table.fullName(),
                    Map.of("run", load.run()),
                    null);
        }
    }

    private boolean passed(Load load, List<Object> values) throws SQLException {
        List<Object> all = new ArrayList<>(values);
        all.addAll(List.of(dataset, load.run(), FENCED, load.attempt()));
        return session.update(
                        "UPDATE " + quoted
                                + " SET attempt = ?, state = ?, run_number = ?, applied_at = ?, load_mode = ?,"
                                + " inserted = ?, updated = ?, unchanged = ?, deleted = ?, undo_state = ?, images = ?,"
                                + " txid = ?, reversed = ?, kept = ?, failed = ?" + ONE
                                + " AND state = ? AND attempt <= ?",
                        all.toArray())
                == 1;
    }

    /** Writes into a marker that its run was rolled back. */
    void markRolledBack(RunMarker marker, long reversed, long kept, long failed, Instant time) throws SQLException {
        session.update(
                "UPDATE " + quoted + " SET undo_state = ?, reversed = ?, kept = ?, failed = ?, rolled_back_at = ?"
                        + ONE,
                Undo.DONE.name(),
                reversed,
                kept,
                failed,
                time.toString(),
                dataset,
                marker.run());
    }

    /** Writes into a marker that its run can no longer be rolled back. */
    void markExpired(RunMarker marker) throws SQLException {
        session.update("UPDATE " + quoted + " SET undo_state = ?" + ONE, Undo.EXPIRED.name(), dataset, marker.run());
    }
}
