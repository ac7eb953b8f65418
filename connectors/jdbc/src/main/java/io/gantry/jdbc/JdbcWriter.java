// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.spi.dataset.DatasetWriter;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.RowIssues;
import io.gantry.spi.records.RowBatch;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/** Carries out a load: straight into the table where PostgreSQL can check all there is to check, else by staging. */
final class JdbcWriter implements DatasetWriter.Previewing {

    private static final String STAGING = "staging rows";

    private final Session session;
    private final LoadPlan plan;
    private final Ledger ledger;
    private final Fit fit;
    private final Fit keyFit;
    private final StagedLoad staged;
    private byte[] states = new byte[0];
    private @Nullable StraightLoad straight;
    private boolean begun;
    private boolean previewing;

    JdbcWriter(Session session, LoadPlan plan, TableId place) {
        this.session = session;
        this.plan = plan;
        ledger = new Ledger(session, plan.layout(), place);
        fit = fit();
        keyFit = fit();
        staged = new StagedLoad(session, plan, ledger, place);
    }

    private Fit fit() {
        return new Fit(
                session.dialect(),
                plan.fields().stream().map(plan.layout()::column).toList(),
                new HashSet<>(plan.key()));
    }

    @Override
    public void previewOnly() {
        previewing = true;
    }

    private void begin() {
        begun = true;
        if (!previewing && plan.mode() == LoadMode.INSERT && session.dialect() == Dialect.POSTGRESQL) {
            straight = session.attempt("looking at the table", () -> StraightLoad.begin(session, plan, ledger))
                    .orElse(null);
        }
    }

    @Override
    public boolean stage(RowBatch rows) {
        judge(rows, fit);
        return session.attempt(STAGING, () -> {
            if (straight != null) {
                return straight.add(rows, states);
            }
            staged.add(rows, states);
            return true;
        });
    }

    @Override
    public void name(RowBatch rows) {
        judge(rows, keyFit);
        keyFit.clear(); // the engine has told why it rejects them
        for (int row = 0; row < rows.size(); row++) {
            states[row] = states[row] == Fit.FITS ? Fit.MISFIT : states[row];
        }
        session.attempt(STAGING, () -> {
            staged.add(rows, states);
            return true;
        });
    }

    private void judge(RowBatch rows, Fit fit) {
        if (!begun) {
            begin();
        }
        if (states.length < rows.size()) {
            states = new byte[rows.size()];
        }
        fit.check(rows, states);
    }

    @Override
    public Outcome check(RowIssues issues) {
        if (!begun) {
            begin();
        }
        return session.attempt("checking and merging rows", () -> {
            Outcome outcome;
            if (straight != null) {
                outcome = straight.check();
                if (outcome.equals(Outcome.AGAIN)) {
                    straight = null;
                    fit.clear();
                    return outcome;
                }
            } else {
                outcome = previewing ? staged.preview(issues) : staged.check(issues);
            }
            fit.tell(issues);
            return outcome;
        });
    }

    @Override
    public void preview(int each, Changes changes) {
        session.attempt("previewing changes", () -> {
            staged.previewed().tell(each, changes);
            return true;
        });
    }

    @Override
    public void apply() {
        Commit.run(session, "applying run " + plan.load().run());
    }

    @Override
    public void close() {
        try (session;
                staged) {
            if (straight != null) {
                straight.abandon();
            }
        }
    }
}
