// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Failures;
import io.gantry.jdbc.sql.Refusal;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableId;
import io.gantry.spi.dataset.DatasetWriter.Outcome;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.RowIssues;
import io.gantry.spi.records.RowBatch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A load that goes through a staging table.
 *
 * <p>The check merges, too, in a transaction that {@code apply} commits: so a constraint that nobody foresaw fails while
 * rows can still be rejected for it.
 */
final class StagedLoad implements AutoCloseable {

    private static final String CHECKING = "checking and merging rows";

    private final Session session;
    private final LoadPlan plan;
    private final Ledger ledger;
    private final Stage stage;
    private final TextValues texts;
    private final SetChecks checks;
    private final Map<List<String>, KeyHashes> watchers = new LinkedHashMap<>();
    private final long run;
    private final Merge merge;
    private long staged;
    private long greatest;
    private final Set<Long> refused = new HashSet<>();
    private long transaction;
    private Outcome outcome = new Outcome(0, 0, 0, 0);
    private @Nullable PreviewedLoad previewed;

    StagedLoad(Session session, LoadPlan plan, Ledger ledger, TableId place) {
        this.session = session;
        this.plan = plan;
        this.ledger = ledger;
        run = Ledger.number(plan.load(), plan.layout().table().fullName());
        if (session.dialect().copies()) {
            watch(plan.key());
            plan.uniques().forEach(this::watch);
        }
        String hash =
                Stage.hash(plan.layout().table(), plan.load().run(), plan.load().attempt());
        stage = new Stage(
                session,
                plan.layout(),
                place,
                hash,
                plan.fields(),
                plan.key(),
                plan.mode() == LoadMode.REPLACE,
                new ArrayList<>(watchers.values()));
        texts = new TextValues(
                session,
                stage,
                plan.fields().stream().map(plan.layout()::column).toList());
        checks = new SetChecks(session, plan, stage, fields -> {
            KeyHashes hashes = watchers.get(List.copyOf(fields));
            return hashes != null && hashes.surelyDifferent();
        });
        merge = session.dialect().copies()
                ? new PostgresMerge(session, plan, stage, ledger, run, checks::dropped)
                : new PortableMerge(session, plan, stage, ledger, run, checks::dropped);
    }

    private void watch(List<String> fields) {
        if (!fields.isEmpty()
                && fields.stream().allMatch(name -> plan.layout().column(name).bytewise())) {
            watchers.put(
                    List.copyOf(fields),
                    new KeyHashes(
                            fields.stream().mapToInt(plan.fields()::indexOf).toArray()));
        }
    }

    void add(RowBatch rows, byte[] states) throws SQLException {
        stage.add(rows, states, refused::add);
        for (int row = 0; row < rows.size(); row++) {
            staged += states[row] == Fit.FITS ? 1 : 0;
        }
        if (rows.size() > 0) {
            greatest = Math.max(greatest, rows.number(rows.size() - 1));
        }
    }

    /** Checks all rows against the dataset as it is, without touching it. */
    Outcome preview(RowIssues issues) throws SQLException {
        stage.finish();
        texts.convert(checks::unreadable);
        rejectRefused();
        session.beginReading();
        long rejected = checks.run();
        previewed = new PreviewedLoad(session, plan, stage, ledger);
        Outcome outcome = previewed.outcome(staged - rejected);
        checks.tell(issues);
        return outcome;
    }

    PreviewedLoad previewed() {
        if (previewed == null) {
            throw new IllegalStateException("A preview needs previewOnly() before the first row, and check()");
        }
        return previewed;
    }

    Outcome check(RowIssues issues) throws SQLException {
        stage.finish(); // first: a connection that copies takes no other statement
        texts.convert(checks::unreadable);
        ledger.prepare();
        rejectRefused();
        try {
            outcome = attempt();
        } catch (SQLException e) {
            if (!Failures.blamesRows(e)) {
                throw e;
            }
            session.connection().rollback();
            rejectCulprits();
            outcome = attempt();
        }
        transaction = session.dialect().copies() ? session.number("SELECT txid_current()") : 0;
        checks.tell(issues);
        return outcome;
    }

    private void rejectRefused() throws SQLException {
        if (!refused.isEmpty()) {
            stage.reject(refused, checks.refusal(Refusal.UNKNOWN));
        }
    }

    private Outcome attempt() throws SQLException {
        session.beginWriting(plan.layout().table());
        ContentMark.confirm(session, plan);
        long left = staged - checks.run();
        session.proceed(CHECKING);
        long deleted = plan.mode() == LoadMode.REPLACE ? merge.replace() : 0;
        Merge.Changes changes = left == 0 ? new Merge.Changes(0, 0, 0) : merge.merge(left);
        long kept = left - changes.dropped();
        return new Outcome(
                changes.inserted(), changes.updated(), kept - changes.inserted() - changes.updated(), deleted);
    }

    /** Merges as far as it goes to see which rows fail, takes all of that back, and rejects them. */
    private void rejectCulprits() throws SQLException {
        stage.index();
        session.beginWriting(plan.layout().table());
        checks.run();
        if (plan.mode() == LoadMode.REPLACE) {
            merge.replace();
        }
        Map<Long, Refusal> culprits =
                Bisect.culprits(session, CHECKING, 1, greatest, (from, to) -> merge.merge(from, to));
        session.connection().rollback();
        for (Refusal refusal : new HashSet<>(culprits.values())) {
            Set<Long> numbers = new HashSet<>();
            culprits.forEach((number, why) -> {
                if (why.equals(refusal)) {
                    numbers.add(number);
                }
            });
            stage.reject(numbers, checks.refusal(refusal));
        }
    }

    void mark() throws SQLException {
        if (session.dialect().copies()) {
            Sequences.advance(session, plan);
        }
        ledger.mark(plan.load(), run, outcome, transaction);
    }

    @Override
    public void close() {
        stage.close();
    }
}
