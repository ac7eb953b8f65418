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
import io.gantry.spi.dataset.AppliedRun;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.Rollback;
import io.gantry.spi.dataset.RollbackOutcome;
import io.gantry.spi.dataset.UndoableDataset;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes runs back: commits the intent, has the dataset do it in one step, and commits that it was done. A process that dies in
 * between leaves a ticket, and whoever finds it asks the dataset once more, which gives the same answer.
 */
final class Rollbacks {

    private static final int SAMPLES = 20;

    /** A rollback whose worker was lost that often is given up: it may be what kills them. */
    private static final int MOST_LOST = 10;

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
        KeptUndo.check(engine, state);
        try {
            return dataset(tenant, state)
                    .previewRollback(rollback(state, 1, false, engine.clock().instant()));
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
            KeptUndo.check(engine, state);
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
        Leases.Held held = worker.leases().hold(begun.get());
        try {
            engine.crashPoints().accept(CrashPoint.ROLLBACK_BEGUN);
            return finish(held, order);
        } finally {
            worker.leases().release(held);
        }
    }

    /** Does what the worker that was lost has left. */
    void finish(Leases.Held held) {
        RollbackOrder order =
                RunBook.state(engine, held.ticket.tenant(), held.ticket.run()).rollback();
        if (order != null) { // else someone else has ended it meanwhile
            finish(held, order);
        }
    }

    private RollbackOutcome finish(Leases.Held held, RollbackOrder order) {
        Ticket ticket = held.ticket;
        RunState state = RunBook.state(engine, ticket.tenant(), ticket.run());
        RollbackOutcome outcome;
        try {
            UndoableDataset dataset = dataset(ticket.tenant(), state);
            if (ticket.lost() >= MOST_LOST && !isTakenBack(dataset, state)) {
                throw new GantryException(
                        ErrorCode.WORKER_LOST,
                        "The worker that took the run back was lost " + ticket.lost()
                                + " times; nothing was taken back");
            }
            outcome = dataset.rollBack(rollback(state, ticket.attempt(), order.refuseOnConflict(), order.at()));
        } catch (ProviderException e) {
            throw refused(held, GantryException.of(e));
        } catch (GantryException e) {
            throw refused(held, e);
        }
        engine.crashPoints().accept(CrashPoint.ROLLED_BACK);
        end(ticket, Optional.empty(), outcome);
        return outcome;
    }

    /** Ends a rollback that the dataset will never do; one that it could not do now is taken up again soon. */
    private GantryException refused(Leases.Held held, GantryException failure) {
        try {
            if (failure.kind() == FailureKind.UNKNOWN_OUTCOME || failure.kind() == FailureKind.TRANSIENT) {
                worker.leave(held);
            } else {
                end(held.ticket, Optional.of(failure.code()), NOTHING);
            }
        } catch (GantryException e) {
            failure.addSuppressed(e); // the ticket stays, and is taken over when its lease is over
        }
        return failure;
    }

    private static boolean isTakenBack(UndoableDataset dataset, RunState state) {
        return dataset.applied(state.id())
                .filter(run -> run.undo() == AppliedRun.Undo.DONE)
                .isPresent();
    }

    private void end(Ticket taken, Optional<String> refusal, RollbackOutcome outcome) {
        engine.journal().commit(taken.tenant(), draft -> {
            Optional<Ticket> ticket = Ticket.find(engine, taken.id()).filter(found -> found.isHeldLike(taken));
            if (ticket.isEmpty()) {
                return false; // someone else has taken it over, and comes to the same end
            }
            RunState before = RunBook.state(engine, taken.tenant(), taken.run());
            boolean again = before.status() == RunStatus.ROLLED_BACK;
            RunState after = again ? before : refusal.isPresent() ? before.rollingBack(null) : before.rolledBack();
            if (!again) {
                draft.replace(after.document(taken.tenant()));
            }
            if (after.status() == RunStatus.ROLLED_BACK) {
                KeptUndo.drop(engine, taken.run(), draft);
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
        return state.order().loads()
                && !state.isPreview()
                && state.status() != RunStatus.FAILED
                && state.status() != RunStatus.CANCELLED;
    }

    private UndoableDataset dataset(String tenant, RunState state) {
        Dataset dataset = engine.dataset(tenant, new PipelineDocuments(engine.documents(), tenant).dataset(state));
        if (!(dataset instanceof UndoableDataset undoable)) {
            throw new GantryException(
                    ErrorCode.DATASET_UNFIT, "Dataset '" + dataset.name() + "' cannot take a load back");
        }
        return undoable;
    }

    private static Rollback rollback(RunState state, int attempt, boolean refuseOnConflict, Instant at) {
        return new Rollback(
                state.id(),
                attempt,
                refuseOnConflict ? Rollback.OnConflict.REFUSE : Rollback.OnConflict.KEEP,
                SAMPLES,
                at,
                Cancellation.NEVER);
    }
}
