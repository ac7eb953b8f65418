// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.engine.Leases.Held;
import io.gantry.mapping.compile.Placeholders;
import io.gantry.pipeline.Pipeline;
import io.gantry.pipeline.PipelineVersion;
import io.gantry.run.CrashPoint;
import io.gantry.run.RunError;
import io.gantry.run.RunListener;
import io.gantry.run.RunStatus;
import io.gantry.run.Task;
import io.gantry.run.loop.Flow;
import io.gantry.run.loop.Prepared;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.FencedDataset;
import io.gantry.spi.dataset.MarkedDataset;
import io.gantry.spi.dataset.UndoableDataset;
import io.gantry.spi.file.FileStore.PendingFile;
import io.gantry.spi.file.StoredFile;
import io.gantry.validation.Counts;
import io.gantry.validation.ValidationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
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
    private static final int MOST_LOST = 10;

    private final Engine engine;
    private final RunWorker worker;
    private final Held held;
    private final String tenant;
    private final RunState state;
    private final boolean takenOver;
    private final AttemptFiles files;
    private @Nullable Flow flow;
    /** What the flow comes to is stored: the dataset may have been told to make the load part of it. */
    private boolean prepared;
    /** The load became part of the dataset: then only what the dataset says counts. */
    private boolean applied;

    private Duration timeout = Duration.ZERO;

    Execution(Engine engine, RunWorker worker, Held held, RunState state, boolean takenOver) {
        this.engine = engine;
        this.worker = worker;
        this.held = held;
        this.tenant = held.ticket.tenant();
        this.state = state;
        this.takenOver = takenOver;
        this.files = new AttemptFiles(engine, tenant, state);
    }

    void carryOut() {
        try {
            if (takenOver && state.order().loads() && !state.isPreview() && settled()) {
                return;
            }
        } catch (GantryException e) {
            LOG.debug("What a lost worker did cannot be found out now: run={}", state.id(), e);
            worker.leave(held);
            return;
        }
        try {
            if (held.ticket.lost() >= MOST_LOST) {
                throw new GantryException(
                        ErrorCode.WORKER_LOST,
                        "The worker that carried out the run was lost " + held.ticket.lost()
                                + " times; nothing was loaded");
            }
            timeout = Duration.ofSeconds(SettingsBook.of(engine, tenant).timeoutSeconds());
            held.limit(Objects.requireNonNullElseGet(state.startedAt(), engine.clock()::instant)
                    .plus(timeout));
            carryOut(version());
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
        Pipeline pipeline = pipelines.byId(state.order().pipelineId());
        RunBook.permitted(pipeline, state.order().mode(), state.order().admin());
        PipelineVersion version = pipelines.version(pipeline, state.order().version());
        if (!PipelineJson.hash(version.content()).equals(state.order().contentHash())) {
            throw new GantryException(
                    state.order().expectedMark() == null ? ErrorCode.APPROVAL_STALE : ErrorCode.PLAN_STALE,
                    "Version " + version.version() + " of pipeline '" + version.code()
                            + "' was changed since the run was submitted");
        }
        Map<String, String> values = new TreeMap<>(state.order().parameters());
        values.putAll(RunParameters.builtIn(state.id(), state.order().submittedAt()));
        return version.filled(Placeholders.fill(version.mapping(), values, (path, name) -> {}));
    }

    private void fail(GantryException failure) {
        boolean interrupted =
                Thread.interrupted(); // a store may refuse a thread that is, and what is written here has to arrive
        try {
            failed(failure);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void failed(GantryException failure) {
        if (held.isLost()) {
            LOG.warn("A run was taken over while this worker was silent: run={}", state.id());
            files.keepNamed();
            return;
        }
        if (mustAskDataset(failure)) {
            worker.letGo(held);
            return;
        }
        if (held.isParked() && failure.kind() != FailureKind.UNKNOWN_OUTCOME) {
            if (worker.giveBack(held)) {
                files.keepOnly(null);
            } else {
                files.keepNamed();
            }
            return;
        }
        // a statement that was cancelled says so in its own words
        boolean stopped = held.toggle.requested() && failure.kind() != FailureKind.UNKNOWN_OUTCOME;
        GantryException reason = !stopped ? failure : held.isTimedOut() ? timedOut() : RunWorker.cancelled();
        end(
                stopped && !held.isTimedOut() ? RunStatus.CANCELLED : RunStatus.FAILED,
                RunState.Result.failed(reason, countsSoFar(), tasksSoFar()));
    }

    /** Whether the load is, or may be, part of the dataset: then whoever takes the run next asks the dataset. */
    private boolean mustAskDataset(GantryException failure) {
        Flow begun = flow;
        return applied
                || (begun != null
                        && begun.target()
                                .filter(UndoableDataset.class::isInstance)
                                .isPresent()
                        && (failure.kind() == FailureKind.UNKNOWN_OUTCOME
                                || failure.code().equals(ErrorCode.ALREADY_APPLIED.name())
                                // a defect may have come before or after
                                || (prepared && failure.code().equals(ErrorCode.INTERNAL.name()))));
    }

    private GantryException timedOut() {
        return new GantryException(
                ErrorCode.RUN_TIMED_OUT,
                "The run took longer than " + timeout.toSeconds()
                        + " seconds, the most that the tenant's settings permit; nothing was loaded");
    }

    private void end(RunStatus status, RunState.Result result) {
        if (worker.end(
                held, status, result, files.documents(result, state.order().loads()))) {
            files.keepOnly(result);
        } else {
            files.keepNamed();
        }
    }

    private Counts countsSoFar() {
        Flow begun = flow;
        return begun == null ? Counts.NONE : begun.countsSoFar();
    }

    private List<Task> tasksSoFar() {
        Flow begun = flow;
        return begun == null ? List.of() : begun.tasks().ended(true);
    }

    private void carryOut(PipelineVersion version) throws IOException, InterruptedException {
        WorkContext context = new WorkContext(engine, held, state, version, file(), correction(), files);
        Flow begun = Flow.of(context, version);
        flow = begun;
        boolean loads = begun.target().isPresent();
        String before = state.isPreview()
                ? begun.target().map(Execution::datasetVersion).orElse(null)
                : null;
        RunState.Result result;
        try (Prepared outcome = begun.prepare()) {
            if (!state.isPreview() && outcome.failure() == null) {
                // the report is stored first: once the load is part of the dataset, nothing is left that could fail
                context.keep(result(outcome, before));
                prepared = true;
                context.reached(loads ? CrashPoint.PREPARED : CrashPoint.WRITTEN);
                apply(context, outcome, loads);
            }
            result = result(outcome, before);
        }
        // only now, when the load holds nothing of the dataset any more
        end(state.end(result), result);
    }

    private void apply(WorkContext context, Prepared outcome, boolean loads) {
        Counts counts = outcome.report().counts();
        context.progress(RunListener.Stage.APPLYING, context.totalBytes(), counts.read(), counts.rejected());
        outcome.apply();
        if (loads) {
            applied = true;
            context.reached(CrashPoint.APPLIED);
        }
    }

    /**
     * Converts what a flow comes to into the result stored in the run document.
     *
     * @param before the version of the dataset before a preview; null for other runs
     */
    private RunState.Result result(Prepared outcome, @Nullable String before) throws IOException {
        ValidationReport report = outcome.report();
        GantryException failure = state.isPreview() ? null : outcome.failure();
        boolean remembers = state.order().loads() ? state.order().correctionOf() == null : outcome.highWater() != null;
        return new RunState.Result(
                report.counts(),
                Objects.requireNonNull(flow).tasks().ended(failure != null),
                failure == null ? null : new RunError(failure.code(), String.valueOf(failure.getMessage())),
                report(report),
                outcome.rejects(),
                outcome.rejectedRows(),
                outcome.output(),
                before,
                remembers ? new RunMemory(report.file().header(), outcome.highWater()) : null);
    }

    private @Nullable StoredFile file() {
        RunState.InputFile input = state.order().file();
        if (input == null) {
            return null;
        }
        return find(input.ref())
                .orElseThrow(() -> new GantryException(ErrorCode.FILE_NOT_FOUND, "The run's file is gone"));
    }

    private @Nullable BitSet correction() throws IOException {
        String corrected = state.order().correctionOf();
        return corrected == null
                ? null
                : WorkContext.rejectedRows(engine, tenant, RunBook.state(engine, tenant, corrected));
    }

    private static @Nullable String datasetVersion(Dataset dataset) {
        return dataset instanceof MarkedDataset marked ? marked.mark() : null;
    }

    private @Nullable String reportRef;

    /** Stores the report, once. */
    private String report(ValidationReport report) throws IOException {
        String ref = reportRef;
        if (ref == null) {
            try (PendingFile pending = files.create(tenant, "report.json")) {
                pending.out().write(report.toJson().getBytes(StandardCharsets.UTF_8));
                ref = pending.commit().ref();
            }
            reportRef = ref;
        }
        return ref;
    }

    /**
     * Finds out what became of the load of the worker that was lost, and shuts that worker out; true when the run is over with
     * that. Fails when it cannot be told now.
     */
    private boolean settled() {
        RunState.Result known = state.result();
        boolean loaded;
        try {
            loaded = loaded();
        } catch (RuntimeException e) {
            GantryException failure = failure(e);
            boolean passing = failure.kind() == FailureKind.TRANSIENT || failure.kind() == FailureKind.UNKNOWN_OUTCOME;
            if (passing || held.isParked() || held.isLost()) { // the thread may have been interrupted while it asked
                throw failure;
            }
            end(
                    RunStatus.FAILED,
                    RunState.Result.failed(known == null ? failure : untold(failure), Counts.NONE, List.of()));
            return true;
        }
        if (!loaded) {
            return false;
        }
        if (known == null) {
            GantryException failure =
                    new GantryException(ErrorCode.INTERNAL, "The dataset holds a load that was never prepared");
            end(RunStatus.FAILED, RunState.Result.failed(failure, Counts.NONE, List.of()));
        } else {
            end(state.end(known), known);
        }
        return true;
    }

    private GantryException failure(RuntimeException e) {
        if (e instanceof GantryException failure) {
            return failure;
        }
        if (e instanceof ProviderException failure) {
            return GantryException.of(failure);
        }
        LOG.warn("A dataset failed for a defect: run={}", state.id(), e);
        return new GantryException(ErrorCode.INTERNAL, "The run failed for a defect of its dataset", Map.of(), e);
    }

    private static GantryException untold(GantryException failure) {
        return new GantryException(
                ErrorCode.OUTCOME_UNKNOWN,
                "The worker was lost while it loaded the dataset, which cannot tell whether the load became part of it: "
                        + failure.getMessage(),
                Map.of(),
                failure);
    }

    /** Whether the load of an earlier attempt is part of the dataset; none of them becomes so any more. */
    private boolean loaded() {
        Dataset dataset = engine.dataset(tenant, new PipelineDocuments(engine.documents(), tenant).dataset(state));
        if (dataset instanceof FencedDataset fenced) {
            return fenced.fence(state.id(), state.attempt()).isPresent();
        }
        if (dataset instanceof UndoableDataset undoable) {
            return undoable.applied(state.id()).isPresent();
        }
        if (state.result() != null) {
            throw new GantryException(
                    ErrorCode.DATASET_UNFIT, "Dataset '" + dataset.name() + "' keeps no marks of runs");
        }
        return false;
    }

    private Optional<StoredFile> find(String ref) {
        try {
            return engine.files().find(tenant, ref);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
