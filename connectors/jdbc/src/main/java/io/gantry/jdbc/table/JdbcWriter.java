// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Commit;
import io.gantry.jdbc.sql.Failures;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableId;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.DatasetWriter;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.RowIssues;
import io.gantry.spi.records.RowBatch;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Carries out a load: straight into the table where PostgreSQL can check all there is to check, else by staging. */
final class JdbcWriter implements DatasetWriter.Previewing {

    private static final String STAGING = "staging rows";

    private final Session session;
    private final UnaryOperator<ProviderException> reasons;
    private final Presence presence;
    private final LoadPlan plan;
    private final Ledger ledger;
    private final Fit fit;
    private final Fit keyFit;
    private final StagedLoad staged;
    private byte[] states = new byte[0];
    private @Nullable StraightLoad straight;
    private boolean begun;
    private boolean previewing;
    private boolean settled;

    /**
     * Begins nothing yet.
     *
     * @param reasons finds out, by another connection, whether a failure has its reason in what became of the run
     */
    JdbcWriter(Session session, LoadPlan plan, TableId place, UnaryOperator<ProviderException> reasons) {
        this.session = session;
        this.plan = plan;
        this.reasons = reasons;
        presence = new Presence(
                session,
                plan.layout().table().fullName(),
                plan.load().run(),
                plan.load().attempt());
        ledger = new Ledger(session, plan.layout(), place);
        fit = fit();
        keyFit = fit();
        staged = new StagedLoad(session, plan, ledger, place);
    }

    private Fit fit() {
        return new Fit(
                session.dialect(),
                plan.fields().stream().map(plan.layout()::column).toList(),
                new HashSet<>(plan.key()),
                plan.blankable());
    }

    @Override
    public void previewOnly() {
        previewing = true;
    }

    private void begin() throws SQLException {
        begun = true;
        if (!previewing) {
            presence.show();
            if (presence.isShown()) {
                Fence.refuse(ledger, plan.load());
                session.connection().rollback();
            }
        }
        // a load that goes straight into the table locks out nobody, so that a plan would not be held to its mark
        boolean planned = plan.load().expectedMark() != null;
        if (!previewing
                && !planned
                && plan.mode() == LoadMode.INSERT
                && session.dialect().copies()) {
            straight = StraightLoad.begin(session, plan, ledger).orElse(null);
        }
    }

    /** Takes a step. When it fails, the load is over, and it may be for a reason that the connection does not know. */
    private <T> T step(String doing, Session.Work<T> work) {
        try {
            return session.attempt(doing, () -> {
                if (!begun) {
                    begin();
                }
                return work.run();
            });
        } catch (ProviderException e) {
            throw reason(e);
        }
    }

    private ProviderException reason(ProviderException failure) {
        if (previewing || failure.kind() == FailureKind.DATA || failure.code().equals(Failures.CANCELLED)) {
            return failure;
        }
        close(); // first: there may be no more than one connection
        return reasons.apply(failure);
    }

    @Override
    public boolean stage(RowBatch rows) {
        judge(rows, fit);
        return step(STAGING, () -> {
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
        step(STAGING, () -> {
            staged.add(rows, states);
            return true;
        });
    }

    private void judge(RowBatch rows, Fit fit) {
        if (states.length < rows.size()) {
            states = new byte[rows.size()];
        }
        fit.check(rows, states);
    }

    @Override
    public Outcome check(RowIssues issues) {
        return step("checking and merging rows", () -> {
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
            settled = !previewing;
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
        if (!settled) {
            throw new IllegalStateException("A load is checked before it is applied, and a preview never is");
        }
        String doing = "applying run " + plan.load().run();
        step(doing, () -> {
            if (straight != null) {
                straight.mark();
            } else {
                staged.mark();
            }
            Commit.run(session, doing);
            return true;
        });
    }

    @Override
    public void close() {
        try (session;
                presence;
                staged) {
            if (straight != null) {
                straight.abandon();
            }
        }
    }
}
