// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.engine.Leases.Held;
import io.gantry.mapping.compile.Placeholders;
import io.gantry.pipeline.Direction;
import io.gantry.pipeline.Pipeline;
import io.gantry.pipeline.PipelineVersion;
import io.gantry.run.CrashPoint;
import io.gantry.run.RunError;
import io.gantry.run.RunStatus;
import io.gantry.run.Task;
import io.gantry.run.loop.ExportRun;
import io.gantry.run.loop.ImportRun;
import io.gantry.run.loop.TaskClock;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.AppliedRun;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.FencedDataset;
import io.gantry.spi.dataset.MarkedDataset;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.UndoableDataset;
import io.gantry.spi.dataset.WritableDataset;
import io.gantry.spi.file.FileStore.PendingFile;
import io.gantry.spi.file.StoredFile;
import io.gantry.validation.Counts;
import io.gantry.validation.ValidationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run being carried out, in one attempt. Used by one thread. */
final class Execution {

    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

    /** A run whose worker was lost that often is not tried again: it may be what kills them. */
    private static final int MOST_ATTEMPTS = 10;

    private final Engine engine;
    private final RunWorker worker;
    private final Held held;
    private final String tenant;
    private final RunState state;
    private final boolean takenOver;
    private @Nullable ImportRun importRun;
    private @Nullable ExportRun exportRun;

    /** Whether it is being found out what a lost worker did: as long as that fails, the run must not end. */
    private boolean settling;

    Execution(Engine engine, RunWorker worker, Held held, RunState state, boolean takenOver) {
        this.engine = engine;
        this.worker = worker;
        this.held = held;
        this.tenant = held.ticket.tenant();
        this.state = state;
        this.takenOver = takenOver;
    }

    void carryOut() {
        try {
            PipelineVersion version = version();
            if (version.direction() == Direction.IMPORT) {
                load(version);
            } else {
                export(version);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(new GantryException(ErrorCode.ENGINE_CLOSED, "The engine was closed; nothing was loaded"));
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

    /** What is to be carried out: the version it was submitted for, as long as the pipeline permits runs. */
    private PipelineVersion version() {
        PipelineDocuments pipelines = new PipelineDocuments(engine.documents(), tenant);
        Pipeline pipeline = pipelines.get(state.order().pipelineId());
        RunBook.permitted(pipeline, state.order().mode(), state.order().admin());
        PipelineVersion version = pipelines.version(pipeline, state.order().version());
        if (!PipelineJson.hash(PipelineJson.content(version))
                .equals(state.order().contentHash())) {
            throw new GantryException(
                    state.order().expectedMark() == null ? ErrorCode.APPROVAL_STALE : ErrorCode.PLAN_STALE,
                    "Version " + version.version() + " of pipeline '" + version.code()
                            + "' was changed since the run was submitted");
        }
        Map<String, String> values = new TreeMap<>(state.order().parameters());
        values.putAll(RunParameters.builtIn(state.id(), state.order().submittedAt()));
        return new PipelineVersion(
                version.code(),
                version.version(),
                version.status(),
                version.dataset(),
                version.format(),
                Placeholders.fill(version.mapping(), values, (path, name) -> {}),
                version.parameters(),
                version.contentHash(),
                version.editedBy(),
                version.editedAt(),
                version.history());
    }

    private void fail(GantryException failure) {
        if (held.isLost()) {
            LOG.warn("A run was taken over while this worker was silent: run={}", state.id());
            return;
        }
        if (settling && failure.kind() == FailureKind.TRANSIENT) {
            throw failure;
        }
        if (failure.kind() == FailureKind.UNKNOWN_OUTCOME && canTell()) {
            worker.letGo(held);
            return;
        }
        if (held.isParked()) {
            worker.giveBack(held);
            return;
        }
        // a statement that was cancelled says so in its own words
        boolean stopped = held.toggle.requested() && failure.kind() != FailureKind.UNKNOWN_OUTCOME;
        GantryException reason = stopped ? RunWorker.cancelled() : failure;
        worker.end(
                held,
                stopped ? RunStatus.CANCELLED : RunStatus.FAILED,
                RunState.Result.failed(reason, countsSoFar(), tasksSoFar()));
    }

    /** Whether the dataset can tell later if the load became part of it. */
    private boolean canTell() {
        ImportRun started = importRun;
        return started != null && started.dataset() instanceof UndoableDataset;
    }

    private Counts countsSoFar() {
        ImportRun started = importRun;
        return started == null ? Counts.NONE : started.countsSoFar();
    }

    private List<Task> tasksSoFar() {
        TaskClock clock = importRun != null ? importRun.tasks() : exportRun != null ? exportRun.tasks() : null;
        return clock == null ? List.of() : clock.ended(true);
    }

    private void load(PipelineVersion version) throws IOException, InterruptedException {
        Dataset dataset = engine.dataset(tenant, version.dataset());
        if (!(dataset instanceof WritableDataset writable)) {
            throw new GantryException(ErrorCode.DATASET_UNFIT, "Dataset '" + dataset.name() + "' cannot be loaded");
        }
        if (takenOver && !state.isPreview()) {
            settling = true;
            if (settled(dataset)) {
                return;
            }
            settling = false;
        }
        if (state.attempt() > MOST_ATTEMPTS) {
            throw new GantryException(
                    ErrorCode.WORKER_LOST,
                    "The worker that carried out the run was lost " + (state.attempt() - 1)
                            + " times; nothing was loaded");
        }
        RunState.InputFile input = state.order().file();
        StoredFile file = Optional.ofNullable(input)
                .flatMap(known -> find(known.ref()))
                .orElseThrow(() -> new GantryException(ErrorCode.FILE_NOT_FOUND, "The run's file is gone"));
        String mark = state.isPreview() && dataset instanceof MarkedDataset marked ? marked.mark() : null;
        String corrected = state.order().correctionOf();
        WorkContext context = new WorkContext(
                engine,
                held,
                state,
                version,
                dataset,
                file,
                corrected == null
                        ? null
                        : WorkContext.rejectedRows(engine, tenant, RunBook.state(engine, tenant, corrected)),
                outcome -> result(outcome, mark));
        ImportRun run = new ImportRun(context, version, writable);
        importRun = run;
        RunState.Result result = result(run.carryOut(), mark);
        worker.end(held, state.end(result), result);
    }

    private RunState.Result result(ImportRun.Result outcome, @Nullable String mark) {
        ImportRun run = Objects.requireNonNull(importRun);
        ValidationReport report = outcome.report();
        GantryException failure = state.isPreview() ? null : outcome.failure();
        try {
            return new RunState.Result(
                    report.counts(),
                    run.tasks().ended(failure != null),
                    failure == null ? null : new RunError(failure.code(), String.valueOf(failure.getMessage())),
                    report(report),
                    outcome.rejects(),
                    outcome.rejectedRows(),
                    null,
                    mark,
                    state.order().correctionOf() == null
                            ? new RunMemory(report.file().header(), null)
                            : null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable String reportRef;

    /** Stores the report, once. */
    private String report(ValidationReport report) throws IOException {
        String ref = reportRef;
        if (ref == null) {
            try (PendingFile pending = engine.files().create(tenant, "report.json")) {
                pending.out().write(report.toJson().getBytes(StandardCharsets.UTF_8));
                ref = pending.commit().ref();
            }
            reportRef = ref;
        }
        return ref;
    }

    /**
     * Finds out what became of the load of the worker that was lost, and shuts that worker out; true when the run is over with
     * that.
     */
    private boolean settled(Dataset dataset) {
        Optional<AppliedRun> applied;
        if (dataset instanceof FencedDataset fenced) {
            applied = fenced.fence(state.id(), state.attempt());
        } else if (dataset instanceof UndoableDataset undoable) {
            applied = undoable.applied(state.id());
        } else if (state.result() != null) {
            throw new GantryException(
                    ErrorCode.OUTCOME_UNKNOWN,
                    "The worker was lost while it loaded dataset '" + dataset.name()
                            + "', which cannot tell whether the load became part of it");
        } else {
            return false;
        }
        if (applied.isEmpty()) {
            return false;
        }
        RunState.Result result = state.result();
        if (result == null) {
            throw new GantryException(
                    ErrorCode.INTERNAL, "Dataset '" + dataset.name() + "' holds a load that was never prepared");
        }
        worker.end(held, state.end(result), result);
        return true;
    }

    private void export(PipelineVersion version) throws IOException {
        Dataset dataset = engine.dataset(tenant, version.dataset());
        if (!(dataset instanceof ReadableDataset readable)) {
            throw new GantryException(ErrorCode.DATASET_UNFIT, "Dataset '" + dataset.name() + "' cannot be read");
        }
        WorkContext context = new WorkContext(engine, held, state, version, dataset, null, null, outcome -> {
            throw new IllegalStateException("An export is not applied");
        });
        ExportRun run = new ExportRun(context, version, readable);
        exportRun = run;
        ExportRun.Result written = run.carryOut();
        engine.crashPoints().accept(CrashPoint.WRITTEN);
        String mark = written.mark();
        worker.end(
                held,
                RunStatus.SUCCEEDED,
                new RunState.Result(
                        run.countsSoFar(),
                        run.tasks().ended(false),
                        null,
                        null,
                        null,
                        null,
                        written.output(),
                        null,
                        mark == null ? null : new RunMemory(List.of(), mark)));
    }

    private Optional<StoredFile> find(String ref) {
        try {
            return engine.files().find(tenant, ref);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
