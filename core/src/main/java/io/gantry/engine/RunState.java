// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.Reason;
import io.gantry.run.RunError;
import io.gantry.run.RunMode;
import io.gantry.run.RunSettings;
import io.gantry.run.RunStatus;
import io.gantry.run.Task;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentQuery.Operator;
import io.gantry.validation.Counts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a run, as its document holds it.
 *
 * @param id its id
 * @param revision of the document
 * @param status where it stands
 * @param order what it was submitted to do
 * @param attempt how often it was begun
 * @param startedAt when it was last begun
 * @param endedAt when it ended
 * @param result what it came to; before its end, what it comes to if it is applied; null before that is known
 * @param rollback how it was taken back, or is being taken back; null when it is not
 * @param undoUntil until when what it takes to undo it is kept; null when it cannot be undone
 */
record RunState(
        String id,
        long revision,
        RunStatus status,
        Order order,
        int attempt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Result result,
        @Nullable RollbackOrder rollback,
        @Nullable Instant undoUntil) {

    static final DocumentKind KIND = new DocumentKind(
            "run",
            Map.of(
                    "pipeline", DocumentKind.Type.TEXT,
                    "pipeline_at", DocumentKind.Type.TEXT,
                    "status", DocumentKind.Type.TEXT,
                    "submitted_at", DocumentKind.Type.TIME,
                    "loaded_file", DocumentKind.Type.TEXT));

    private static final DateTimeFormatter AT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    /**
     * What a run was submitted to do.
     *
     * @param pipelineId the pipeline
     * @param pipelineCode its code
     * @param version of the pipeline
     * @param contentHash of the version; a plan is good for no other
     * @param loads whether its rows go to a dataset
     * @param mode what it is for
     * @param file the file it reads; null when it reads none
     * @param correctionOf the run it corrects; null for none
     * @param retryOf the run it tries again; null for none
     * @param parameters what it was told
     * @param settings how to carry it out
     * @param expectedMark of the dataset, when it applies a plan; else null
     * @param admin whether whoever submitted it administers pipelines
     * @param warnings what whoever submitted it should know
     * @param submittedBy who
     * @param submittedAt when
     */
    record Order(
            String pipelineId,
            String pipelineCode,
            String version,
            String contentHash,
            @JsonProperty("importing") boolean loads,
            RunMode mode,
            @Nullable InputFile file,
            @Nullable String correctionOf,
            @Nullable String retryOf,
            Map<String, String> parameters,
            RunSettings settings,
            @Nullable String expectedMark,
            boolean admin,
            List<String> warnings,
            String submittedBy,
            Instant submittedAt) {}

    /**
     * A file that is read.
     *
     * @param ref where it is
     * @param sha256 its hash
     */
    record InputFile(String ref, String sha256) {}

    /**
     * What a run came to. Refs name files of the tenant.
     *
     * @param counts of rows
     * @param tasks its stages
     * @param error why it failed; null when it did not
     * @param report ref of the report; null when it has none
     * @param rejects ref of the rejected rows; null when it has none
     * @param rejectedRows ref of their numbers; null when it has none
     * @param output ref of the file that it wrote; null when it wrote none
     * @param mark of the dataset before a preview; null for other runs
     * @param memory what the pipeline is to remember of the run; null for nothing
     */
    record Result(
            Counts counts,
            List<Task> tasks,
            @Nullable RunError error,
            @Nullable String report,
            @Nullable String rejects,
            @Nullable String rejectedRows,
            @Nullable String output,
            @Nullable String mark,
            @Nullable RunMemory memory) {

        /** The files that a result names. */
        static Set<String> refs(@Nullable Result result) {
            return result == null
                    ? Set.of()
                    : Stream.of(result.report, result.rejects, result.rejectedRows, result.output)
                            .filter(Objects::nonNull)
                            .collect(Collectors.toSet());
        }

        /** Nothing was read yet. */
        static Result failed(GantryException failure, Counts counts, List<Task> tasks) {
            String message = failure.getMessage();
            return new Result(
                    counts,
                    tasks,
                    new RunError(failure.code(), message == null ? failure.code() : message),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
    }

    /**
     * How a run is to be taken back.
     *
     * @param reason why
     * @param refuseOnConflict whether rows that were changed since keep all of it from being taken back
     * @param by who wants it
     * @param at when
     */
    record RollbackOrder(Reason reason, boolean refuseOnConflict, String by, Instant at) {}

    static RunState queued(String id, Order order) {
        return new RunState(id, 1, RunStatus.QUEUED, order, 0, null, null, null, null, null);
    }

    RunState begun(Instant now) {
        RunState begun = status == RunStatus.RUNNING ? this : moved(RunStatus.RUNNING);
        return new RunState(id, revision + 1, begun.status, order, attempt + 1, now, null, result, null, null);
    }

    /** Back in the queue; what it comes to is forgotten, for it begins anew. */
    RunState requeued() {
        return new RunState(
                id, revision + 1, moved(RunStatus.QUEUED).status, order, attempt, null, null, null, null, null);
    }

    /** What it comes to when it is applied. */
    RunState prepared(Result result) {
        return new RunState(id, revision + 1, status, order, attempt, startedAt, null, result, null, null);
    }

    RunState ended(RunStatus status, Instant now, Result result) {
        return new RunState(id, revision + 1, moved(status).status, order, attempt, startedAt, now, result, null, null);
    }

    /** The same, with what it takes to undo it kept for some time. */
    RunState undoable(Instant until) {
        return new RunState(id, revision, status, order, attempt, startedAt, endedAt, result, rollback, until);
    }

    /** The same once more, so that no decision that rests on this one is committed. */
    RunState touched() {
        return new RunState(id, revision + 1, status, order, attempt, startedAt, endedAt, result, rollback, undoUntil);
    }

    /** To be taken back, or, with null, not any more. */
    RunState rollingBack(@Nullable RollbackOrder rollback) {
        return new RunState(id, revision + 1, status, order, attempt, startedAt, endedAt, result, rollback, undoUntil);
    }

    RunState rolledBack() {
        return new RunState(
                id,
                revision + 1,
                moved(RunStatus.ROLLED_BACK).status,
                order,
                attempt,
                startedAt,
                endedAt,
                result,
                rollback,
                null);
    }

    private RunState moved(RunStatus to) {
        if (!status.next().contains(to)) {
            throw new GantryException(
                    ErrorCode.ILLEGAL_STATE,
                    "Run '" + id + "' is " + status + " and cannot become " + to + "; it can become " + status.next(),
                    Map.of("state", status.name(), "allowed", status.next().toString()),
                    null);
        }
        return new RunState(id, revision, to, order, attempt, startedAt, endedAt, result, rollback, undoUntil);
    }

    /** How it ends when it comes to this. */
    RunStatus end(Result result) {
        return result.error != null
                ? RunStatus.FAILED
                : result.counts.rejected() > 0 && !isPreview() ? RunStatus.PARTIAL : RunStatus.SUCCEEDED;
    }

    boolean isPreview() {
        return order.mode() == RunMode.PREVIEW;
    }

    Document document(String tenant) {
        Map<String, Object> attributes = new HashMap<>(Map.of(
                "pipeline",
                order.pipelineId,
                "pipeline_at",
                pipelineAt(order.pipelineId, order.submittedAt),
                "status",
                status.name(),
                "submitted_at",
                order.submittedAt));
        InputFile file = order.file;
        if (file != null && !isPreview() && (status == RunStatus.SUCCEEDED || status == RunStatus.PARTIAL)) {
            attributes.put("loaded_file", file.sha256);
        }
        return new Document(tenant, KIND.name(), id, revision, attributes, Json.write(this));
    }

    /** Pipeline and time in one: so a store finds a page of a pipeline's latest runs by one index, however many there are. */
    private static String pipelineAt(String pipeline, Instant at) {
        return pipeline + " " + AT.format(at);
    }

    /**
     * Narrows a query to the runs of a pipeline, and orders them by time, the latest first.
     *
     * @param from the earliest moment of submission; null for any
     * @param until the moment before which they were submitted; null for any
     */
    static DocumentQuery ofPipeline(
            DocumentQuery query, String pipeline, @Nullable Instant from, @Nullable Instant until) {
        String least = from == null ? pipeline + " " : pipelineAt(pipeline, from);
        String tooLate = until == null ? pipeline + "!" : pipelineAt(pipeline, until);
        return query.where("pipeline_at", Operator.GREATER_OR_EQUAL, least)
                .where("pipeline_at", Operator.LESS, tooLate)
                .orderBy("pipeline_at", true);
    }

    static RunState of(Document document) {
        return Json.read(document.body(), RunState.class);
    }

    /** What the audit log tells of it. */
    String summary() {
        return Json.write(new Summary(
                order.pipelineCode, order.version, order.mode, status, attempt, result == null ? null : result.counts));
    }

    private record Summary(
            String pipeline,
            String version,
            RunMode mode,
            RunStatus status,
            int attempt,
            @Nullable Counts counts) {}
}
