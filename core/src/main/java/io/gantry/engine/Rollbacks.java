// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.Principal;
import io.gantry.engine.RunState.RollbackOrder;
import io.gantry.run.CrashPoint;
import io.gantry.run.RunStatus;
import io.gantry.spi.Cancellation;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.Rollback;
import io.gantry.spi.dataset.RollbackOutcome;
import io.gantry.spi.dataset.UndoableDataset;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes runs back: commits the intent, has the dataset do it in one step, and commits that it was done. A process that dies in
 * between leaves a ticket, and whoever finds it asks the dataset once more, which gives the same answer.
 */
final class Rollbacks {

    private static final int SAMPLES = 20;
    private static final RollbackOutcome NOTHING = new RollbackOutcome(0, 0, 0, List.of());

    private final Engine engine;
    private final RunWorker worker;

    Rollbacks(Engine engine, RunWorker worker) {
        this.engine = engine;
        this.worker = worker;
    }

    RollbackOutcome preview(String tenant, String run) {
        RunState state = RunBook.state(engine, tenant, run);
        checkEnded(state);
        if (!loaded(state)) {
            return NOTHING;
        }
        try {
            return dataset(tenant, state)
                    .previewRollback(rollback(state, false, engine.clock().instant()));
        } catch (ProviderException e) {
            throw GantryException.of(e);
        }
    }

    RollbackOutcome rollBack(String tenant, String run, RollbackOrder order) {
        Optional<Ticket> begun = engine.journal().commit(tenant, draft -> {
            RunState state = RunBook.state(engine, tenant, run);
            checkEnded(state);
            if (!loaded(state)) {
                // nothing was loaded: that is no error, there is just nothing to be undone
                draft.note(order.by(), "RUN_ROLLBACK", "run:" + run, order.reason(), state.summary(), state.summary());
                return Optional.empty();
            }
            if (Ticket.find(engine, Ticket.rollbackId(run)).isPresent()) {
                throw new GantryException(ErrorCode.ILLEGAL_STATE, "Run '" + run + "' is being rolled back already");
            }
            dataset(tenant, state);
            Instant now = engine.clock().instant();
            Ticket ticket = Ticket.rollback(tenant, state, worker.owner(), now, now.plus(engine.lease()));
            if (state.status() != RunStatus.ROLLED_BACK) {
                // else the dataset gives the answer it gave, and the first reason stays
                draft.replace(state.rollingBack(order).document(tenant));
            }
            draft.insert(ticket.document())
                    .note(order.by(), "RUN_ROLLBACK", "run:" + run, order.reason(), state.summary(), null);
            return Optional.of(ticket);
        });
        if (begun.isEmpty()) {
            return NOTHING;
        }
        engine.crashPoints().accept(CrashPoint.ROLLBACK_BEGUN);
        Leases.Held held = worker.leases().hold(begun.get());
        try {
            return finish(begun.get());
        } finally {
            worker.leases().release(held);
        }
    }

    /** Does what the ticket is for. */
    RollbackOutcome finish(Ticket ticket) {
        RunState state = RunBook.state(engine, ticket.tenant(), ticket.run());
        RollbackOrder order = Objects.requireNonNull(state.rollback());
        RollbackOutcome outcome;
        try {
            outcome = dataset(ticket.tenant(), state).rollBack(rollback(state, order.refuseOnConflict(), order.at()));
        } catch (ProviderException e) {
            if (e.kind() != FailureKind.UNKNOWN_OUTCOME && e.kind() != FailureKind.TRANSIENT) {
                end(ticket, Optional.of(e.code()), NOTHING);
            }
            throw GantryException.of(e);
        }
        engine.crashPoints().accept(CrashPoint.ROLLED_BACK);
        end(ticket, Optional.empty(), outcome);
        return outcome;
    }

    private void end(Ticket taken, Optional<String> refusal, RollbackOutcome outcome) {
        engine.journal().commit(taken.tenant(), draft -> {
            Optional<Ticket> ticket = Ticket.find(engine, taken.id());
            if (ticket.isEmpty()) {
                return false; // someone else has ended it
            }
            RunState before = RunBook.state(engine, taken.tenant(), taken.run());
            boolean again = before.status() == RunStatus.ROLLED_BACK;
            RunState after = again ? before : refusal.isPresent() ? before.rollingBack(null) : before.rolledBack();
            if (!again) {
                draft.replace(after.document(taken.tenant()));
            }
            draft.delete(ticket.get().document())
                    .note(
                            Principal.ENGINE,
                            "RUN_ROLLBACK_END",
                            "run:" + taken.run(),
                            null,
                            before.summary(),
                            Json.write(Map.of(
                                    "status", after.status(),
                                    "refusal", refusal.orElse(""),
                                    "reversed", outcome.reversed(),
                                    "kept", outcome.kept(),
                                    "failed", outcome.failed())));
            return true;
        });
    }

    private static void checkEnded(RunState state) {
        if (!state.status().hasEnded()) {
            throw new GantryException(
                    ErrorCode.ILLEGAL_STATE,
                    "Run '" + state.id() + "' is " + state.status() + "; cancel it, or wait until it has ended");
        }
    }

    private static boolean loaded(RunState state) {
        return state.order().importing()
                && !state.isPreview()
                && state.status() != RunStatus.FAILED
                && state.status() != RunStatus.CANCELLED;
    }

    private UndoableDataset dataset(String tenant, RunState state) {
        PipelineDocuments pipelines = new PipelineDocuments(engine.documents(), tenant);
        Dataset dataset = engine.dataset(
                tenant, pipelines.get(state.order().pipelineId()).current().dataset());
        if (!(dataset instanceof UndoableDataset undoable)) {
            throw new GantryException(
                    ErrorCode.DATASET_UNFIT, "Dataset '" + dataset.name() + "' cannot take a load back");
        }
        return undoable;
    }

    private static Rollback rollback(RunState state, boolean refuseOnConflict, Instant at) {
        return new Rollback(
                state.id(),
                refuseOnConflict ? Rollback.OnConflict.REFUSE : Rollback.OnConflict.KEEP,
                SAMPLES,
                at,
                Cancellation.NEVER);
    }
}
