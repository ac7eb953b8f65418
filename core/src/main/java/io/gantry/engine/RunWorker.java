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
import io.gantry.spi.run.RunEngine;
import io.gantry.validation.Counts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Map<String, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

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

    /** Shows signs of life for the work under way, and looks whether there is more. */
    public void beat() {
        leases.renewAll();
        engine.runs().wake();
    }

    /** Has the work under way given back, for someone else or a later process to take it. */
    public void park() {
        leases.parkAll();
    }

    /** Done when the run ends in this process. */
    CompletableFuture<Void> ending(String run) {
        return waiting.computeIfAbsent(run, key -> new CompletableFuture<>());
    }

    void forget(String run) {
        CompletableFuture<Void> done = waiting.remove(run);
        if (done != null) {
            done.complete(null);
        }
    }

    @Override
    public boolean carryOutNext() {
        Optional<Dispatcher.Taken> next;
        try {
            next = dispatcher.next();
        } catch (GantryException | ProviderException e) {
            LOG.debug("What is due could not be found out; the next beat tries again", e);
            return false;
        } catch (RuntimeException e) {
            LOG.warn("What is due could not be found out for a defect", e);
            return false;
        }
        next.ifPresent(this::carryOut);
        return next.isPresent();
    }

    private void carryOut(Dispatcher.Taken taken) {
        Ticket ticket = taken.ticket();
        MDC.put("tenant", ticket.tenant());
        MDC.put("run", ticket.run());
        Held held = leases.hold(ticket);
        try {
            if (ticket.work() == Ticket.Work.ROLLBACK) {
                new Rollbacks(engine, this).finish(ticket);
            } else {
                engine.crashPoints().accept(CrashPoint.CLAIMED);
                RunState state = RunBook.state(engine, ticket.tenant(), ticket.run());
                new Execution(engine, this, held, state, taken.takenOver()).carryOut();
            }
        } catch (GantryException | ProviderException e) {
            // the ticket stays, and whoever finds its lease over goes on from what is there then
            LOG.debug("Work was left for another attempt: run={}", ticket.run(), e);
        } catch (RuntimeException e) {
            LOG.warn("Work was left for another attempt for a defect: run={}", ticket.run(), e);
        } finally {
            leases.release(held);
            MDC.remove("tenant");
            MDC.remove("run");
            forget(ticket.run());
            engine.runs().wake(); // what waited for a limit may be due now
        }
    }

    /** Commits the end of a run, if it is still this worker's. */
    void end(Held held, RunStatus status, RunState.Result result) {
        Ticket taken = held.ticket;
        boolean done = engine.journal().commit(taken.tenant(), draft -> {
            Optional<Ticket> ticket = Ticket.find(engine, taken.id()).filter(found -> found.isHeldLike(taken));
            if (ticket.isEmpty()) {
                return false;
            }
            RunState before = RunBook.state(engine, taken.tenant(), taken.run());
            RunState after = before.ended(status, engine.clock().instant(), result);
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
            return;
        }
        LOG.debug("Run ended: run={} status={}", taken.run(), status);
        engine.crashPoints().accept(CrashPoint.ENDED);
        for (RunListener listener : engine.listeners()) {
            guarded(() -> listener.ended(taken.tenant(), taken.run(), status));
        }
    }

    /** Puts a run back into the queue, if it is still this worker's. */
    void giveBack(Held held) {
        Ticket taken = held.ticket;
        engine.journal().commit(taken.tenant(), draft -> {
            Optional<Ticket> ticket = Ticket.find(engine, taken.id()).filter(found -> found.isHeldLike(taken));
            ticket.ifPresent(found -> draft.replace(found.givenBack().document())
                    .replace(RunBook.state(engine, taken.tenant(), taken.run())
                            .requeued()
                            .document(taken.tenant())));
            return ticket.isPresent();
        });
    }

    /** Lets go of work whose outcome cannot be told now: whoever takes it next finds out. */
    void letGo(Held held) {
        Ticket taken = held.ticket;
        engine.journal().commit(taken.tenant(), draft -> {
            Optional<Ticket> ticket = Ticket.find(engine, taken.id()).filter(found -> found.isHeldLike(taken));
            ticket.ifPresent(found ->
                    draft.replace(found.renewed(engine.clock().instant()).document()));
            return ticket.isPresent();
        });
    }

    /** Asks a run to stop; false when it has ended. */
    boolean cancel(String tenant, String run, String by) {
        boolean open = engine.journal().commit(tenant, draft -> {
            RunState state = RunBook.state(engine, tenant, run);
            Optional<Ticket> found = Ticket.find(engine, run);
            if (state.status().hasEnded() || found.isEmpty()) {
                return false;
            }
            Ticket ticket = found.get();
            if (ticket.cancelledBy() != null) {
                return true;
            }
            if (ticket.isQueued()) {
                RunState.Result result = RunState.Result.failed(cancelled(), Counts.NONE, List.of());
                RunState after = state.ended(RunStatus.CANCELLED, engine.clock().instant(), result);
                draft.replace(after.document(tenant)).delete(ticket.document());
                draft.note(by, "RUN_CANCEL", "run:" + run, null, state.summary(), after.summary());
            } else {
                draft.replace(ticket.cancelled(by).document());
                draft.note(by, "RUN_CANCEL", "run:" + run, null, state.summary(), null);
            }
            return true;
        });
        if (open) {
            leases.find(run).ifPresentOrElse(held -> held.toggle.request(), () -> {
                forget(run);
                engine.runs().wake();
            });
        }
        return open;
    }

    static GantryException cancelled() {
        return new GantryException(ErrorCode.CANCELLED, "The run was cancelled; nothing was loaded");
    }

    static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.warn("A listener failed", e);
        }
    }
}
