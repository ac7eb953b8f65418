// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.Principal;
import io.gantry.engine.Leases.Held;
import io.gantry.run.CrashPoint;
import io.gantry.run.RunListener;
import io.gantry.run.RunStatus;
import io.gantry.spi.ProviderException;
import io.gantry.spi.document.Document;
import io.gantry.spi.run.RunEngine;
import io.gantry.validation.Counts;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Carries out the runs of all tenants, and tells those who wait for them. Safe for use by several threads. */
public final class RunWorker implements RunEngine.Worker {

    private static final Logger LOG = LoggerFactory.getLogger(RunWorker.class);

    private final Engine engine;
    private final String owner;
    private final Dispatcher dispatcher;
    private final Leases leases;
    private final Endings endings = new Endings();
    private final KeptUndo undo;

    /**
     * Makes the worker of an engine.
     *
     * @param engine what the engine is made of
     */
    public RunWorker(Engine engine) {
        this.engine = engine;
        this.owner = engine.ids().get();
        this.dispatcher = new Dispatcher(engine, owner);
        this.leases = new Leases(engine);
        this.undo = new KeptUndo(engine);
    }

    String owner() {
        return owner;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    Leases leases() {
        return leases;
    }

    Endings endings() {
        return endings;
    }

    /** Shows signs of life for the work under way, and looks whether there is more. Never throws. */
    public void beat() {
        try {
            leases.renewAll();
            engine.runs().wake();
        } catch (RuntimeException | Error e) {
            // whatever it is: were it thrown, there might be no next beat
            LOG.warn("A beat of the engine failed", e);
        }
    }

    /** Has the work under way given back, for someone else or a later process to take it. */
    public void park() {
        leases.parkAll();
    }

    @Override
    public boolean carryOutNext() {
        if (leases.isClosing()) {
            return false; // else a slot may take what another one has just given back
        }
        try {
            Optional<Dispatcher.Taken> next = dispatcher.next();
            next.ifPresent(this::carryOut);
            return next.isPresent() || undo.forgetNext();
        } catch (GantryException e) {
            LOG.debug("What is due could not be found out; the next beat tries again", e);
        } catch (RuntimeException | Error e) {
            // the thread goes on whatever happens, else the engine would have a slot less
            LOG.warn("What is due could not be found out for a defect", e);
        }
        return false;
    }

    private void carryOut(Dispatcher.Taken taken) {
        Ticket ticket = taken.ticket();
        MDC.put("tenant", ticket.tenant());
        MDC.put("run", ticket.run());
        Held held = leases.hold(ticket);
        try {
            if (ticket.work() == Ticket.Work.ROLLBACK) {
                new Rollbacks(engine, this).finish(held);
            } else {
                engine.crashPoints().accept(CrashPoint.CLAIMED);
                RunState state = RunBook.state(engine, ticket.tenant(), ticket.run());
                new Execution(engine, this, held, state, taken.takenOver()).carryOut();
            }
        } catch (GantryException | ProviderException e) {
            // the ticket stays, and whoever finds its lease over goes on from what is there then
            LOG.debug("Work was left for another attempt: run={}", ticket.run(), e);
        } catch (RuntimeException | Error e) {
            LOG.warn("Work was left for another attempt for a defect: run={}", ticket.run(), e);
        } finally {
            leases.release(held);
            MDC.remove("tenant");
            MDC.remove("run");
            endings.tell(ticket.run());
            engine.runs().wake(); // what waited for a limit may be due now
        }
    }

    /** Commits the end of a run; false when it is not this worker's any more. */
    boolean end(Held held, RunStatus status, RunState.Result result, List<Document> files) {
        Ticket taken = held.ticket;
        boolean done = engine.journal().commit(taken.tenant(), draft -> {
            Optional<Ticket> ticket = Ticket.find(engine, taken.id()).filter(found -> found.isHeldLike(taken));
            if (ticket.isEmpty()) {
                return false;
            }
            RunState before = RunBook.state(engine, taken.tenant(), taken.run());
            RunState after = KeptUndo.keep(
                    engine, taken.tenant(), before.ended(status, engine.clock().instant(), result), draft);
            files.forEach(draft::insert);
            draft.replace(after.document(taken.tenant()))
                    .delete(ticket.get().document())
                    .note(Principal.ENGINE, "RUN_END", "run:" + after.id(), null, before.summary(), after.summary());
            RunMemory memory = result.memory();
            boolean loaded = status == RunStatus.SUCCEEDED || status == RunStatus.PARTIAL;
            if (memory != null && loaded && !after.isPreview()) {
                memory.save(engine, taken.tenant(), after.order().pipelineId(), draft);
            }
            return true;
        });
        if (!done) {
            LOG.warn("A run was taken over while this worker was silent; its end here is void: run={}", taken.run());
            return false;
        }
        engine.crashPoints().accept(CrashPoint.ENDED);
        tellListeners(taken.tenant(), taken.run(), status);
        return true;
    }

    private void tellListeners(String tenant, String run, RunStatus status) {
        LOG.debug("Run ended: run={} status={}", run, status);
        for (RunListener listener : engine.listeners()) {
            guarded(() -> listener.ended(tenant, run, status));
        }
    }

    /** Puts a run back into the queue; false when it is not this worker's any more. */
    boolean giveBack(Held held) {
        return whileHeld(
                held,
                (ticket, draft) -> draft.replace(ticket.givenBack().document())
                        .replace(RunBook.state(engine, ticket.tenant(), ticket.run())
                                .requeued()
                                .document(ticket.tenant())));
    }

    /** Lets go of work whose outcome cannot be told now: whoever takes it next finds out. */
    void letGo(Held held) {
        whileHeld(
                held,
                (ticket, draft) ->
                        draft.replace(ticket.renewed(engine.clock().instant()).document()));
    }

    /** Leaves work for which something else is away: it is taken up again when its lease is over. */
    void leave(Held held) {
        whileHeld(held, (ticket, draft) -> draft.replace(ticket.left().document()));
    }

    private boolean whileHeld(Held held, BiConsumer<Ticket, Journal.Draft> decision) {
        return engine.journal().commit(held.ticket.tenant(), draft -> {
            Optional<Ticket> ticket =
                    Ticket.find(engine, held.ticket.id()).filter(found -> found.isHeldLike(held.ticket));
            ticket.ifPresent(found -> decision.accept(found, draft));
            return ticket.isPresent();
        });
    }

    /** Asks a run to stop; false when it has ended. */
    boolean cancel(String tenant, String run, String by) {
        Cancelling outcome = engine.journal().commit(tenant, draft -> {
            RunState state = RunBook.state(engine, tenant, run);
            Optional<Ticket> found = Ticket.find(engine, run);
            if (state.status().hasEnded() || found.isEmpty()) {
                return Cancelling.OVER;
            }
            Ticket ticket = found.get();
            if (ticket.isQueued()) {
                RunState.Result result = RunState.Result.failed(cancelled(), Counts.NONE, List.of());
                RunState after = state.ended(RunStatus.CANCELLED, engine.clock().instant(), result);
                draft.replace(after.document(tenant)).delete(ticket.document());
                draft.note(by, "RUN_CANCEL", "run:" + run, null, state.summary(), after.summary());
                return Cancelling.ENDED;
            }
            if (ticket.cancelledBy() == null) {
                draft.replace(ticket.cancelled(by).document());
                draft.note(by, "RUN_CANCEL", "run:" + run, null, state.summary(), null);
            }
            return Cancelling.ASKED;
        });
        switch (outcome) {
            case ASKED -> leases.find(run).ifPresent(held -> guarded(held.toggle::request)); // else it is heard of soon
            case ENDED -> {
                endings.tell(run);
                tellListeners(tenant, run, RunStatus.CANCELLED);
            }
            case OVER -> {}
        }
        return outcome != Cancelling.OVER;
    }

    /** What comes of asking a run to stop. */
    private enum Cancelling {
        /** It was asked. */
        ASKED,
        /** It had not begun, and never will. */
        ENDED,
        /** It had ended before. */
        OVER
    }

    static GantryException cancelled() {
        return new GantryException(ErrorCode.CANCELLED, "The run was cancelled; nothing was loaded");
    }

    static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.warn("Someone who was told of a run failed", e);
        }
    }
}
