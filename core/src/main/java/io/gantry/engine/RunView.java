// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.Principal;
import io.gantry.check.BeanRules;
import io.gantry.check.Faults;
import io.gantry.pipeline.Pipeline;
import io.gantry.run.Plan;
import io.gantry.Reason;
import io.gantry.run.Run;
import io.gantry.run.RunError;
import io.gantry.run.RunMode;
import io.gantry.run.RunStatus;
import io.gantry.run.Task;
import io.gantry.spi.Cancellation;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.Rollback;
import io.gantry.spi.dataset.RollbackOutcome;
import io.gantry.spi.dataset.UndoableDataset;
import io.gantry.spi.file.StoredFile;
import io.gantry.validation.Counts;
import io.gantry.validation.ValidationReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A run as a principal sees it. */
final class RunView implements Run {

    private static final int SAMPLES = 20;

    /** How long to wait for a run of this process before looking whether another process has ended it. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Engine engine;
    private final RunWorker worker;
    private final RunBook book;
    private final Principal principal;
    private final RunState state;

    RunView(Engine engine, RunWorker worker, RunBook book, Principal principal, RunState state) {
        this.engine = engine;
        this.worker = worker;
        this.book = book;
        this.principal = principal;
        this.state = state;
    }

    @Override
    public String id() {
        return state.id();
    }

    @Override
    public String pipeline() {
        return state.order().pipelineCode();
    }

    @Override
    public RunMode mode() {
        return state.order().mode();
    }

    @Override
    public RunStatus status() {
        return state.status();
    }

    @Override
    public Counts counts() {
        return result().map(RunState.Result::counts).orElse(Counts.NONE);
    }

    private Optional<RunState.Result> result() {
        return Optional.ofNullable(state.result());
    }

    @Override
    public List<Task> tasks() {
        return result().map(RunState.Result::tasks).orElse(List.of());
    }

    @Override
    public Optional<RunError> error() {
        return result().map(RunState.Result::error);
    }

    @Override
    public Optional<String> correctionOf() {
        return Optional.ofNullable(state.order().correctionOf());
    }

    @Override
    public String submittedBy() {
        return state.order().submittedBy();
    }

    @Override
    public Instant submittedAt() {
        return state.order().submittedAt();
    }

    @Override
    public Optional<Instant> startedAt() {
        return Optional.ofNullable(state.startedAt());
    }

    @Override
    public Optional<Instant> endedAt() {
        return Optional.ofNullable(state.endedAt());
    }

    @Override
    public Run refresh() {
        return book.get(state.id());
    }

    @Override
    public Run await() {
        return await(null);
    }

    @Override
    public Run await(@Nullable Duration longest) {
        long begin = System.nanoTime();
        while (true) {
            CompletableFuture<Void> ending = worker.ending(state.id());
            Run now = refresh();
            if (now.status().hasEnded()) {
                worker.forget(state.id());
                return now;
            }
            Duration left = longest == null ? LOOK : longest.minusNanos(System.nanoTime() - begin);
            if (left.isNegative() || left.isZero()) {
                throw new GantryException(
                        ErrorCode.WAIT_TIMED_OUT,
                        "Run '" + state.id() + "' is " + now.status() + " still, and goes on");
            }
            try {
                ending.get(Math.min(left.toNanos(), LOOK.toNanos()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                continue; // to look again
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new GantryException(
                        ErrorCode.WAIT_TIMED_OUT, "The wait was interrupted; run '" + state.id() + "' goes on");
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public boolean cancel() {
        return worker.cancel(principal.tenant(), state.id());
    }

    @Override
    public ValidationReport report() {
        RunState now = worker.state(principal.tenant(), state.id());
        RunState.Result result = now.result();
        String ref = result == null ? null : result.report();
        StoredFile file = book.stored(ref)
                .orElseThrow(() -> new GantryException(
                        ErrorCode.ILLEGAL_STATE,
                        "Run '" + now.id() + "' is " + now.status() + " and has no report"
                                + (result == null || result.error() == null
                                        ? ""
                                        : ": " + result.error().message())));
        try (InputStream in = file.open()) {
            return ValidationReport.fromJson(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new GantryException(ErrorCode.STORAGE_FAILED, "The report could not be read", Map.of(), e);
        }
    }

    @Override
    public Optional<StoredFile> rejects() {
        return result().flatMap(result -> book.stored(result.rejects()));
    }

    @Override
    public Optional<StoredFile> output() {
        return result().flatMap(result -> book.stored(result.output()));
    }

    @Override
    public Plan plan() {
        RunState.Result result = state.result();
        if (mode() != RunMode.PREVIEW || status() != RunStatus.SUCCEEDED || result == null) {
            throw new GantryException(
                    ErrorCode.ILLEGAL_STATE,
                    "Run '" + id() + "' is a " + mode() + " that is " + status()
                            + "; only a preview that succeeded has a plan");
        }
        String mark = result.mark();
        if (mark == null) {
            throw new GantryException(
                    ErrorCode.DATASET_UNFIT, "The dataset cannot tell whether it has changed, so no plan can be kept");
        }
        StoredFile file = book.stored(state.order().fileRef())
                .orElseThrow(() -> new GantryException(ErrorCode.FILE_NOT_FOUND, "The preview's file is gone"));
        return new Plan(
                id(),
                state.order().pipelineId(),
                state.order().contentHash(),
                file.ref(),
                file.sha256(),
                mark,
                result.counts());
    }

    @Override
    public RollbackOutcome previewRollback() {
        return undo(UndoableDataset::previewRollback, false);
    }

    @Override
    public RollbackOutcome rollBack(Reason reason) {
        return rollBack(reason, false);
    }

    @Override
    public RollbackOutcome rollBack(Reason reason, boolean refuseOnConflict) {
        Faults faults = new Faults("The reason");
        BeanRules.check(reason, faults);
        if (reason.code().equals(Reason.OTHER) && reason.text().isBlank()) {
            faults.add("text", "is required when the code is OTHER");
        }
        faults.throwIfAny();
        RollbackOutcome outcome = undo(UndoableDataset::rollBack, refuseOnConflict);
        RunState now = worker.state(principal.tenant(), state.id());
        if (now.status() != RunStatus.ROLLED_BACK && now.status().next().contains(RunStatus.ROLLED_BACK)) {
            worker.save(principal.tenant(), now.rolledBack(reason));
        }
        return outcome;
    }

    private RollbackOutcome undo(
            BiFunction<UndoableDataset, Rollback, RollbackOutcome> call, boolean refuseOnConflict) {
        RunState now = worker.state(principal.tenant(), state.id());
        if (!now.status().hasEnded()) {
            throw new GantryException(
                    ErrorCode.ILLEGAL_STATE,
                    "Run '" + id() + "' is " + now.status() + "; cancel it, or wait until it has ended");
        }
        if (now.status() == RunStatus.FAILED
                || now.status() == RunStatus.CANCELLED
                || mode() == RunMode.PREVIEW
                || now.order().fileRef() == null) {
            // nothing was loaded: that is no error, there is just nothing to be undone
            return new RollbackOutcome(0, 0, 0, List.of());
        }
        Pipeline pipeline = new PipelineBook(engine, principal).get(now.order().pipelineId());
        Dataset dataset = engine.dataset(principal.tenant(), pipeline.dataset());
        if (!(dataset instanceof UndoableDataset undoable)) {
            throw new GantryException(
                    ErrorCode.DATASET_UNFIT, "Dataset '" + dataset.name() + "' cannot take a load back");
        }
        try {
            return Objects.requireNonNull(call.apply(
                    undoable,
                    new Rollback(
                            id(),
                            refuseOnConflict ? Rollback.OnConflict.REFUSE : Rollback.OnConflict.KEEP,
                            SAMPLES,
                            engine.clock().instant(),
                            Cancellation.NEVER)));
        } catch (ProviderException e) {
            throw GantryException.of(e);
        }
    }

    @Override
    public String toString() {
        return "Run " + id() + " of " + pipeline() + ": " + status() + ", " + counts();
    }
}
