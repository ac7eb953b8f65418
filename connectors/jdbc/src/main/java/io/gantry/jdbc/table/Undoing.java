// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Cells;
import io.gantry.jdbc.sql.Commit;
import io.gantry.jdbc.sql.Layout;
import io.gantry.jdbc.sql.Session;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.AppliedRun.Undo;
import io.gantry.spi.dataset.Rollback;
import io.gantry.spi.dataset.RollbackOutcome;
import io.gantry.spi.dataset.RollbackOutcome.Bucket;
import io.gantry.spi.dataset.RollbackOutcome.Sample;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes back one run, in one transaction.
 *
 * <p>Rows that refer to each other may make a step fail until another is done, so the steps are repeated as long as that
 * helps; what fails then is left alone. A preview does the same and rolls it back: only so does it know what would fail.
 */
final class Undoing {

    /**
     * Rows that are deleted at a time. They were inserted one after the other, so they lie together: of all rows at once, the
     * database would visit page after page, and each again and again, as soon as their keys do not fit into its memory.
     */
    private static final long PIECE = 250_000;

    private final Session session;
    private final Layout layout;
    private final Ledger ledger;
    private final Rollback rollback;
    private final RunMarker marker;
    private final List<UndoStep> steps = new ArrayList<>();
    private final UndoSql sql;
    private final Cells cells;
    private final String doing;

    private Undoing(
            Session session, Layout layout, Ledger ledger, Rollback rollback, RunMarker marker, UndoSql.Tables tables) {
        this.session = session;
        this.layout = layout;
        this.ledger = ledger;
        this.rollback = rollback;
        this.marker = marker;
        sql = new UndoSql(session, layout, ledger, marker, tables);
        cells = new Cells(session.dialect());
        doing = "rolling back run " + marker.run();
    }

    /**
     * Rolls back a run.
     *
     * @param preview whether to leave everything as it is
     */
    static RollbackOutcome run(Session session, Layout layout, Ledger ledger, Rollback rollback, boolean preview)
            throws SQLException {
        RunMarker marker = marker(ledger, rollback);
        if (marker.undo() == Undo.EXPIRED) {
            throw new ProviderException(
                    "UNDO_EXPIRED",
                    FailureKind.DENIED,
                    "What it takes to roll back run '" + marker.run() + "' is no longer kept",
                    Map.of("run", marker.run()),
                    null);
        }
        if (!ledger.imagesName().equals(marker.images())) {
            throw new ProviderException(
                    "JDBC_TABLE_CHANGED",
                    FailureKind.DENIED,
                    "The columns of " + layout.table().name() + " were changed since run '" + marker.run()
                            + "'; its rows as they were before are in " + marker.images(),
                    Map.of("run", marker.run()),
                    null);
        }
        String images = ledger.images(ledger.imagesName());
        if (marker.undo() == Undo.DONE) {
            return new Undoing(session, layout, ledger, rollback, marker, new UndoSql.Tables(images, "", "")).outcome();
        }
        Presence presence = presence(session, ledger, rollback, preview);
        try (presence;
                StraightKeys keys = StraightKeys.open(session, layout, ledger, marker)) {
            session.beginWriting(layout.table());
            if (marker(ledger, rollback).undo() != marker.undo()) {
                return run(session, layout, ledger, rollback, preview); // someone else was at it until now
            }
            String later = UndoSql.gatherLater(session, layout, ledger, marker, images);
            UndoSql.Tables tables = new UndoSql.Tables(images, keys.table(), later);
            Undoing undoing = new Undoing(session, layout, ledger, rollback, marker, tables);
            undoing.takeBack();
            RollbackOutcome outcome = undoing.settle();
            session.proceed(undoing.doing);
            if (preview) {
                session.connection().rollback();
            } else {
                Commit.run(session, undoing.doing);
            }
            return outcome;
        }
    }

    private static RunMarker marker(Ledger ledger, Rollback rollback) throws SQLException {
        return ledger.runs().find(rollback.run()).orElseThrow(() -> nothing(rollback.run()));
    }

    /** Ends those who began the same rollback earlier, and shows this one to whoever comes later. */
    private static Presence presence(Session session, Ledger ledger, Rollback rollback, boolean preview)
            throws SQLException {
        String name = "rollback of " + rollback.run();
        Presence presence = new Presence(session, ledger.dataset(), name, rollback.attempt());
        if (!preview) {
            if (rollback.attempt() > 1) {
                Presence.expel(session, ledger.dataset(), name, rollback.attempt());
            }
            presence.show();
        }
        return presence;
    }

    private static ProviderException nothing(String run) {
        return new ProviderException(
                "NOTHING_TO_ROLL_BACK",
                FailureKind.DATA,
                "Run '" + run + "' was never applied to this table",
                Map.of("run", run),
                null);
    }

    private void takeBack() throws SQLException {
        boolean failures = marker.outcome().inserted() > 0 && recordReferred();
        boolean more = failures || !layout.loops().isEmpty();
        steps.add(new UndoStep(
                Ledger.BEFORE,
                marker.outcome().updated(),
                Long.MAX_VALUE,
                (from, to) -> session.update(sql.restoration(from, to))));
        steps.add(new UndoStep(
                Ledger.INSERTED,
                marker.outcome().inserted(),
                sql.findsKeysByNumber() && layout.loops().isEmpty() ? PIECE : Long.MAX_VALUE,
                (from, to) -> delete(from, to, more)));
        steps.add(new UndoStep(
                Ledger.DELETED,
                marker.outcome().deleted(),
                Long.MAX_VALUE,
                (from, to) -> session.update(sql.reinsertion(from, to))));
        steps.removeIf(step -> step.rows() == 0);
        long done;
        do {
            done = 0;
            for (UndoStep step : steps) {
                done += step.run(session, doing, () -> ends(step));
            }
        } while (done > 0 && steps.stream().anyMatch(step -> !step.failed().isEmpty()));
        for (UndoStep step : steps) {
            for (long row : step.failed()) {
                session.update(sql.recordRest(
                        Ledger.REFUSED, sql.from(step.kind(), "i") + " AND i." + ledger.row() + " = " + row));
            }
        }
    }

    /** The first and the last row number of a step's images. */
    private long[] ends(UndoStep step) throws SQLException {
        String row = "i." + ledger.row();
        long[] ends = new long[2];
        session.query("SELECT MIN(" + row + "), MAX(" + row + ") FROM " + sql.from(step.kind(), "i"), range -> {
            ends[0] = range.getLong(1);
            ends[1] = range.getLong(2);
        });
        return ends;
    }

    /** Sets aside the inserted rows to which other tables refer: deleting them fails, or deletes more than the run wrote. */
    private boolean recordReferred() throws SQLException {
        long referred = 0;
        for (Layout.Link link : layout.referrers()) {
            if (!link.from().equals(layout.table())) {
                referred += session.update(sql.record(Ledger.REFERRED, sql.referred(link)));
            }
        }
        return referred > 0;
    }

    private long delete(long from, long to, boolean failures) throws SQLException {
        for (Layout.Link loop : layout.loops()) {
            while (session.update(sql.record(Ledger.REFERRED, sql.referredWithin(loop))) > 0) {
                session.proceed(doing); // each that stays may keep another
            }
        }
        return Deletion.delete(session, layout, sql.deletion(from, to, failures));
    }

    /** Records which rows were kept, and the end of it in the marker. */
    private RollbackOutcome settle() throws SQLException {
        for (UndoStep step : steps) {
            if (!step.isComplete()) {
                String left = step.kind().equals(Ledger.INSERTED) ? sql.stillThere() : sql.notBack(step.kind());
                session.update(sql.recordRest(Ledger.KEPT, left));
            }
        }
        boolean complete = steps.stream().allMatch(UndoStep::isComplete);
        long kept = complete ? 0 : count(Ledger.KEPT);
        long failed = complete ? 0 : count(Ledger.REFERRED) + count(Ledger.REFUSED);
        if (kept > 0 && rollback.onConflict() == Rollback.OnConflict.REFUSE) {
            throw new ProviderException(
                    "ROLLBACK_REFUSED",
                    FailureKind.DENIED,
                    kept + " rows that run '" + marker.run() + "' wrote were changed since: nothing was rolled back",
                    Map.of("run", marker.run(), "rows", kept),
                    null);
        }
        long reversed = steps.stream().mapToLong(UndoStep::rows).sum() - kept - failed;
        ledger.runs().markRolledBack(marker, reversed, kept, failed, rollback.time());
        return new RollbackOutcome(reversed, kept, failed, kept + failed == 0 ? List.of() : samples());
    }

    private long count(String kind) throws SQLException {
        return session.number("SELECT COUNT(*) FROM " + sql.from(kind, "i"));
    }

    private RollbackOutcome outcome() throws SQLException {
        return new RollbackOutcome(marker.reversed(), marker.kept(), marker.failed(), samples());
    }

    private List<Sample> samples() throws SQLException {
        List<Sample> samples = new ArrayList<>();
        samples(samples, Ledger.KEPT, Bucket.KEPT, "It was changed since the run");
        samples(samples, Ledger.REFERRED, Bucket.FAILED, "Rows of another table refer to it");
        samples(samples, Ledger.REFUSED, Bucket.FAILED, "The database would not take it back");
        return samples;
    }

    private void samples(List<Sample> samples, String kind, Bucket bucket, String reason) throws SQLException {
        if (rollback.samples() == 0) {
            return;
        }
        String query = "SELECT "
                + session.names()
                        .read("i.", layout.key().stream().map(layout::column).toList())
                + " FROM " + sql.from(kind, "i")
                + " ORDER BY i." + ledger.row();
        try (PreparedStatement statement = session.watch(session.connection().prepareStatement(query))) {
            statement.setMaxRows(rollback.samples());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    List<@Nullable Object> key = new ArrayList<>();
                    for (int i = 0; i < layout.key().size(); i++) {
                        key.add(cells.object(
                                row, i + 1, layout.column(layout.key().get(i))));
                    }
                    samples.add(new Sample(bucket, key, reason));
                }
            }
        }
    }
}
