// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.Principal;
import io.gantry.pipeline.Direction;
import io.gantry.pipeline.Pipeline;
import io.gantry.run.RunError;
import io.gantry.run.RunListener;
import io.gantry.run.RunMode;
import io.gantry.run.RunStatus;
import io.gantry.run.Task;
import io.gantry.run.loop.CancelSwitch;
import io.gantry.run.loop.ExportRun;
import io.gantry.run.loop.ImportRun;
import io.gantry.run.loop.TaskClock;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.MarkedDataset;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.WritableDataset;
import io.gantry.spi.document.DocumentWrite;
import io.gantry.spi.file.FileStore.PendingFile;
import io.gantry.spi.file.StoredFile;
import io.gantry.spi.run.RunEngine;
import io.gantry.validation.Counts;
import io.gantry.validation.ValidationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Carries out the runs of all tenants, and tells those who wait for them. Safe for use by several threads. */
public final class RunWorker implements RunEngine.Worker {

    private static final Logger LOG = LoggerFactory.getLogger(RunWorker.class);

    private final Engine engine;
    private final Map<String, CancelSwitch> switches = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

    /**
     * Makes the worker of an engine.
     *
     * @param engine what the engine is made of
     */
    public RunWorker(Engine engine) {
        this.engine = engine;
    }

    /** Done when the run ends in this process. */
    CompletableFuture<Void> ending(String run) {
        return waiting.computeIfAbsent(run, key -> new CompletableFuture<>());
    }

    void forget(String run) {
        waiting.remove(run);
    }

    RunState state(String tenant, String run) {
        return engine.documents()
                .find(tenant, RunState.KIND.name(), run)
                .map(RunState::of)
                .orElseThrow(
                        () -> new GantryException(ErrorCode.RUN_NOT_FOUND, "There is no run with id '" + run + "'"));
    }

    RunState save(String tenant, RunState next) {
        try {
            engine.documents().commit(List.of(new DocumentWrite.Replace(next.document(tenant))));
        } catch (ProviderException e) {
            throw GantryException.of(e);
        }
        return next;
    }

    /** Asks a run to stop; false when it has ended. */
    boolean cancel(String tenant, String run) {
        RunState state = state(tenant, run);
        if (state.status() == RunStatus.QUEUED) {
            try {
                end(tenant, state, RunStatus.CANCELLED, unfinished(cancelled(), Counts.NONE, List.of()));
                return true;
            } catch (GantryException e) {
                state = state(tenant, run); // it was begun at the same time
            }
        }
        CancelSwitch toggle = switches.get(run);
        if (toggle == null || state.status().hasEnded()) {
            return false;
        }
        toggle.request();
        return true;
    }

    static GantryException cancelled() {
        return new GantryException(ErrorCode.CANCELLED, "The run was cancelled; nothing was loaded");
    }

    @Override
    public void carryOut(RunEngine.Ticket ticket) {
        MDC.put("tenant", ticket.tenant());
        MDC.put("run", ticket.run());
        CancelSwitch toggle = new CancelSwitch();
        switches.put(ticket.run(), toggle);
        try {
            RunState state = state(ticket.tenant(), ticket.run());
            if (state.status() == RunStatus.QUEUED) {
                state = save(ticket.tenant(), state.started(engine.clock().instant()));
                new Execution(ticket.tenant(), state, toggle).carryOut();
            }
        } catch (RuntimeException e) {
            // nobody waits for an exception here: the run's document could not be read or written
            LOG.warn("Run could not be carried out: run={}", ticket.run(), e);
        } finally {
            switches.remove(ticket.run());
            CompletableFuture<Void> done = waiting.remove(ticket.run());
            if (done != null) {
                done.complete(null);
            }
            MDC.remove("tenant");
            MDC.remove("run");
        }
    }

    private void end(String tenant, RunState state, RunStatus status, RunState.Result result) {
        save(tenant, state.ended(status, engine.clock().instant(), result));
        LOG.debug(
                "Run ended: run={} pipeline={} status={}",
                state.id(),
                state.order().pipelineCode(),
                status);
        for (RunListener listener : engine.listeners()) {
            guarded(() -> listener.ended(tenant, state.id(), status));
        }
        CompletableFuture<Void> done = waiting.remove(state.id());
        if (done != null) {
            done.complete(null);
        }
    }

    static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.warn("A listener failed", e);
        }
    }

    private static RunState.Result unfinished(GantryException failure, Counts counts, List<Task> tasks) {
        String message = failure.getMessage();
        return new RunState.Result(
                counts,
                tasks,
                new RunError(failure.code(), message == null ? failure.code() : message),
                null,
                null,
                null,
                null,
                null);
    }

    /** One run being carried out. */
    private final class Execution {

        private final String tenant;
        private final RunState state;
        private final CancelSwitch toggle;
        private @Nullable ImportRun importRun;
        private @Nullable ExportRun exportRun;

        Execution(String tenant, RunState state, CancelSwitch toggle) {
            this.tenant = tenant;
            this.state = state;
            this.toggle = toggle;
        }

        void carryOut() {
            try {
                Pipeline pipeline = new PipelineBook(
                                engine, Principal.of(tenant, state.order().submittedBy()))
                        .get(state.order().pipelineId());
                if (pipeline.direction() == Direction.IMPORT) {
                    load(pipeline);
                } else {
                    export(pipeline);
                }
            } catch (InterruptedException e) {
                fail(new GantryException(ErrorCode.ENGINE_CLOSED, "The engine was closed; nothing was loaded"));
                Thread.currentThread().interrupt();
            } catch (GantryException e) {
                fail(e);
            } catch (ProviderException e) {
                fail(GantryException.of(e));
            } catch (IOException | UncheckedIOException e) {
                LOG.debug("Run failed: run={}", state.id(), e);
                fail(new GantryException(ErrorCode.STORAGE_FAILED, "A file could not be read or written", Map.of(), e));
            } catch (RuntimeException | Error e) {
                LOG.warn("Run failed for a defect: run={}", state.id(), e);
                fail(new GantryException(ErrorCode.INTERNAL, "The run failed for a defect of the engine", Map.of(), e));
            }
        }

        private void fail(GantryException failure) {
            // a statement that was cancelled says so in its own words
            boolean stopped = toggle.requested() && failure.kind() != FailureKind.UNKNOWN_OUTCOME;
            GantryException reason = stopped ? cancelled() : failure;
            end(
                    tenant,
                    state,
                    stopped ? RunStatus.CANCELLED : RunStatus.FAILED,
                    unfinished(reason, countsSoFar(), tasksSoFar()));
        }

        private Counts countsSoFar() {
            ImportRun started = importRun;
            return started == null ? Counts.NONE : started.countsSoFar();
        }

        private List<Task> tasksSoFar() {
            TaskClock clock = importRun != null ? importRun.tasks() : exportRun != null ? exportRun.tasks() : null;
            return clock == null ? List.of() : clock.ended(true);
        }

        private void load(Pipeline pipeline) throws IOException, InterruptedException {
            Dataset dataset = engine.dataset(tenant, pipeline.dataset());
            if (!(dataset instanceof WritableDataset writable)) {
                throw new GantryException(ErrorCode.DATASET_UNFIT, "Dataset '" + dataset.name() + "' cannot be loaded");
            }
            String ref = state.order().fileRef();
            StoredFile file = Optional.ofNullable(ref)
                    .flatMap(known -> find(tenant, known))
                    .orElseThrow(() -> new GantryException(ErrorCode.FILE_NOT_FOUND, "The run's file is gone"));
            boolean preview = state.order().mode() == RunMode.PREVIEW;
            String mark = preview && dataset instanceof MarkedDataset marked ? marked.mark() : null;
            WorkContext context = context(pipeline, file, dataset);
            ImportRun run = new ImportRun(context, pipeline, writable);
            importRun = run;
            ImportRun.Result result = run.carryOut();
            ValidationReport report = result.report();
            GantryException failure = preview ? null : result.failure();
            RunError error =
                    failure == null ? null : new RunError(failure.code(), String.valueOf(failure.getMessage()));
            RunStatus status = failure != null
                    ? RunStatus.FAILED
                    : report.counts().rejected() > 0 && !preview ? RunStatus.PARTIAL : RunStatus.SUCCEEDED;
            end(
                    tenant,
                    state,
                    status,
                    new RunState.Result(
                            report.counts(),
                            run.tasks().ended(failure != null),
                            error,
                            store("report.json", report.toJson()),
                            result.rejects(),
                            result.rejectedRows(),
                            null,
                            mark));
        }

        private void export(Pipeline pipeline) throws IOException {
            Dataset dataset = engine.dataset(tenant, pipeline.dataset());
            if (!(dataset instanceof ReadableDataset readable)) {
                throw new GantryException(ErrorCode.DATASET_UNFIT, "Dataset '" + dataset.name() + "' cannot be read");
            }
            ExportRun run = new ExportRun(context(pipeline, null, dataset), pipeline, readable);
            exportRun = run;
            String output = run.carryOut();
            end(
                    tenant,
                    state,
                    RunStatus.SUCCEEDED,
                    new RunState.Result(
                            run.countsSoFar(), run.tasks().ended(false), null, null, null, null, output, null));
        }

        private String store(String name, String text) throws IOException {
            try (PendingFile pending = engine.files().create(tenant, name)) {
                pending.out().write(text.getBytes(StandardCharsets.UTF_8));
                return pending.commit().ref();
            }
        }

        private WorkContext context(Pipeline pipeline, @Nullable StoredFile file, Dataset dataset) throws IOException {
            String corrected = state.order().correctionOf();
            return new WorkContext(
                    engine,
                    tenant,
                    state,
                    pipeline,
                    dataset,
                    file,
                    toggle,
                    corrected == null ? null : WorkContext.rejectedRows(engine, tenant, state(tenant, corrected)));
        }
    }

    private Optional<StoredFile> find(String tenant, String ref) {
        try {
            return engine.files().find(tenant, ref);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
