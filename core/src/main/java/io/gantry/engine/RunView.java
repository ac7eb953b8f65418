// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.Permission;
import io.gantry.Principal;
import io.gantry.Reason;
import io.gantry.run.Plan;
import io.gantry.run.Run;
import io.gantry.run.RunError;
import io.gantry.run.RunMode;
import io.gantry.run.RunStatus;
import io.gantry.run.Task;
import io.gantry.spi.dataset.RollbackOutcome;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run as a principal sees it. */
final class RunView implements Run {

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

    /** What it came to; before its end, what it would come to is nobody's business. */
    private Optional<RunState.Result> result() {
        return state.status().hasEnded() ? Optional.ofNullable(state.result()) : Optional.empty();
    }

    private RunState now() {
        return RunBook.state(engine, principal.tenant(), state.id());
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
    public String version() {
        return state.order().version();
    }

    @Override
    public Map<String, String> parameters() {
        return state.order().parameters();
    }

    @Override
    public List<String> warnings() {
        return state.order().warnings();
    }

    @Override
    public int attempt() {
        return state.attempt();
    }

    @Override
    public Optional<String> retryOf() {
        return Optional.ofNullable(state.order().retryOf());
    }

    @Override
    public String whyWaiting() {
        return Ticket.find(engine, state.id())
                .filter(Ticket::isQueued)
                .map(ticket -> worker.dispatcher().whyWaiting(ticket, pipeline()))
                .orElse("");
    }

    @Override
    public Run retry() {
        return book.retry(now());
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
            try (Endings.Waiter waiter = worker.endings().waiter(state.id())) {
                Run now = refresh();
                if (now.status().hasEnded()) {
                    return now;
                }
                Duration left = longest == null ? LOOK : longest.minusNanos(System.nanoTime() - begin);
                if (left.isNegative() || left.isZero()) {
                    throw new GantryException(
                            ErrorCode.WAIT_TIMED_OUT,
                            "Run '" + state.id() + "' is " + now.status() + " still, and goes on");
                }
                waiter.await(left.compareTo(LOOK) < 0 ? left : LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new GantryException(
                        ErrorCode.WAIT_TIMED_OUT, "The wait was interrupted; run '" + state.id() + "' goes on");
            }
        }
    }

    @Override
    public boolean cancel() {
        principal.require(state.order().loads() ? Permission.IMPORTS_RUN : Permission.EXPORTS_GENERATE);
        return worker.cancel(principal.tenant(), state.id(), principal.name());
    }

    /** A run can be seen by who may only submit it; what it found out about the rows takes the permission to look. */
    private void requireSight() {
        principal.require(state.order().loads() ? Permission.IMPORTS_VIEW : Permission.EXPORTS_VIEW);
    }

    @Override
    public ValidationReport report() {
        requireSight();
        RunState now = now();
        RunState.Result result = now.status().hasEnded() ? now.result() : null;
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
        requireSight();
        return result().flatMap(result -> handedOut(result.rejects()));
    }

    @Override
    public Optional<StoredFile> output() {
        principal.require(Permission.EXPORTS_DOWNLOAD);
        return result().flatMap(result -> handedOut(result.output()));
    }

    private Optional<StoredFile> handedOut(@Nullable String ref) {
        return book.stored(ref).map(file -> new HandedOut(engine, principal, "run:" + state.id(), file));
    }

    @Override
    public Plan plan() {
        requireSight();
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
        if (state.order().file() == null) {
            throw new GantryException(
                    ErrorCode.ILLEGAL_STATE,
                    "Run '" + id() + "' read a dataset, which may change before a plan is applied; only previews of"
                            + " files have a plan");
        }
        StoredFile file = Optional.ofNullable(state.order().file())
                .flatMap(input -> book.stored(input.ref()))
                .orElseThrow(() -> new GantryException(ErrorCode.FILE_NOT_FOUND, "The preview's file is gone"));
        return new Plan(
                id(),
                state.order().pipelineId(),
                state.order().version(),
                state.order().contentHash(),
                file.ref(),
                file.sha256(),
                mark,
                result.counts());
    }

    @Override
    public Optional<Instant> undoableUntil() {
        return Optional.ofNullable(state.undoUntil());
    }

    @Override
    public RollbackOutcome previewRollback() {
        principal.require(Permission.IMPORTS_ROLL_BACK);
        return new Rollbacks(engine, worker).preview(principal.tenant(), state.id());
    }

    @Override
    public RollbackOutcome rollBack(Reason reason) {
        return rollBack(reason, false);
    }

    @Override
    public RollbackOutcome rollBack(Reason reason, boolean refuseOnConflict) {
        principal.require(Permission.IMPORTS_ROLL_BACK);
        Reasons.check(reason);
        return new Rollbacks(engine, worker)
                .rollBack(
                        principal.tenant(),
                        state.id(),
                        new RunState.RollbackOrder(
                                reason,
                                refuseOnConflict,
                                principal.name(),
                                engine.clock().instant()));
    }

    @Override
    public String toString() {
        return "Run " + id() + " of " + pipeline() + ": " + status() + ", " + counts();
    }
}
