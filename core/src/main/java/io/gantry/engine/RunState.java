// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

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
import io.gantry.validation.Counts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a run, as its document holds it.
 *
 * @param id its id
 * @param revision of the document
 * @param status where it stands
 * @param order what it was submitted to do
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param result what it came to; null before its end
 * @param rollback why it was taken back; null when it was not
 */
record RunState(
        String id,
        long revision,
        RunStatus status,
        Order order,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Result result,
        @Nullable Reason rollback) {

    static final DocumentKind KIND = new DocumentKind(
            "run",
            Map.of(
                    "pipeline", DocumentKind.Type.TEXT,
                    "status", DocumentKind.Type.TEXT,
                    "submitted_at", DocumentKind.Type.TIME));

    /**
     * What a run was submitted to do.
     *
     * @param pipelineId the pipeline
     * @param pipelineCode its code then
     * @param contentHash its content then; a plan is good for no other
     * @param mode what it is for
     * @param fileRef the file it reads; null for an export
     * @param correctionOf the run it corrects; null for none
     * @param settings how to carry it out
     * @param expectedMark of the dataset, when it applies a plan; else null
     * @param submittedBy who
     * @param submittedAt when
     */
    record Order(
            String pipelineId,
            String pipelineCode,
            String contentHash,
            RunMode mode,
            @Nullable String fileRef,
            @Nullable String correctionOf,
            RunSettings settings,
            @Nullable String expectedMark,
            String submittedBy,
            Instant submittedAt) {}

    /**
     * What a run came to. Refs name files of the tenant.
     *
     * @param counts of rows
     * @param tasks its stages
     * @param error why it failed; null when it did not
     * @param report ref of the report; null when it has none
     * @param rejects ref of the rejected rows; null when it has none
     * @param rejectedRows ref of their numbers; null when it has none
     * @param output ref of the file an export wrote; null when it wrote none
     * @param mark of the dataset before a preview; null for other runs
     */
    record Result(
            Counts counts,
            List<Task> tasks,
            @Nullable RunError error,
            @Nullable String report,
            @Nullable String rejects,
            @Nullable String rejectedRows,
            @Nullable String output,
            @Nullable String mark) {}

    static RunState queued(String id, Order order) {
        return new RunState(id, 1, RunStatus.QUEUED, order, null, null, null, null);
    }

    RunState started(Instant now) {
        return moved(RunStatus.RUNNING, now, null, null, null);
    }

    RunState ended(RunStatus status, Instant now, Result result) {
        return moved(status, startedAt, now, result, null);
    }

    RunState rolledBack(Reason reason) {
        return moved(RunStatus.ROLLED_BACK, startedAt, endedAt, result, reason);
    }

    private RunState moved(
            RunStatus to,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Result result,
            @Nullable Reason reason) {
        if (!status.next().contains(to)) {
            throw new GantryException(
                    ErrorCode.ILLEGAL_STATE,
                    "Run '" + id + "' is " + status + " and cannot become " + to + "; it can become " + status.next(),
                    Map.of("state", status.name(), "allowed", status.next().toString()),
                    null);
        }
        return new RunState(id, revision + 1, to, order, startedAt, endedAt, result, reason);
    }

    Document document(String tenant) {
        return new Document(
                tenant,
                KIND.name(),
                id,
                revision,
                Map.of("pipeline", order.pipelineId, "status", status.name(), "submitted_at", order.submittedAt),
                Json.write(this));
    }

    static RunState of(Document document) {
        return Json.read(document.body(), RunState.class);
    }
}
