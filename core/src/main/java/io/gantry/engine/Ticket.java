// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Work that is not over: a run that waits or is carried out, or a rollback. It is there from the commit that submits the work to
 * the commit that ends it, so that whoever looks for work left behind looks at tickets, however many runs there were. Its owner
 * shows signs of life by moving {@code leaseUntil}; whoever finds it in the past may take the ticket over.
 *
 * @param id the run's id, or that with a suffix for a rollback
 * @param revision of the document
 * @param tenant whose
 * @param run which run
 * @param pipeline the id of its pipeline
 * @param work what is to be done
 * @param turn its place in the queue: the lower comes first
 * @param since when it began to wait
 * @param attempt how often it was taken
 * @param owner who carries it out; null while it waits
 * @param leaseUntil until when the owner has it for sure; null while it waits
 * @param cancelledBy who asked for it to be stopped; null when nobody did
 */
record Ticket(
        String id,
        long revision,
        String tenant,
        String run,
        String pipeline,
        Work work,
        long turn,
        Instant since,
        int attempt,
        @Nullable String owner,
        @Nullable Instant leaseUntil,
        @Nullable String cancelledBy) {

    static final DocumentKind KIND = new DocumentKind(
            "ticket",
            Map.of(
                    "of_tenant", DocumentKind.Type.TEXT,
                    "pipeline", DocumentKind.Type.TEXT,
                    "state", DocumentKind.Type.TEXT,
                    "turn", DocumentKind.Type.NUMBER,
                    "lease_until", DocumentKind.Type.TIME));

    static final String QUEUED = "QUEUED";
    static final String TAKEN = "TAKEN";

    /** What is to be done. */
    enum Work {
        /** Carry out the run. */
        RUN,
        /** Take it back. */
        ROLLBACK
    }

    static Ticket queued(String tenant, RunState run, long turn, Instant now) {
        return new Ticket(
                run.id(), 1, tenant, run.id(), run.order().pipelineId(), Work.RUN, turn, now, 0, null, null, null);
    }

    static Ticket rollback(String tenant, RunState run, String owner, Instant now, Instant leaseUntil) {
        return new Ticket(
                rollbackId(run.id()),
                1,
                tenant,
                run.id(),
                run.order().pipelineId(),
                Work.ROLLBACK,
                0,
                now,
                1,
                owner,
                leaseUntil,
                null);
    }

    static String rollbackId(String run) {
        return run + "/rollback";
    }

    boolean isQueued() {
        return owner == null;
    }

    Ticket taken(String owner, Instant leaseUntil) {
        return with(attempt + 1, owner, leaseUntil, cancelledBy);
    }

    Ticket renewed(Instant leaseUntil) {
        return with(attempt, owner, leaseUntil, cancelledBy);
    }

    Ticket givenBack() {
        return with(attempt, null, null, cancelledBy);
    }

    Ticket cancelled(String by) {
        return with(attempt, owner, leaseUntil, by);
    }

    private Ticket with(
            int attempt, @Nullable String owner, @Nullable Instant leaseUntil, @Nullable String cancelledBy) {
        return new Ticket(
                id, revision + 1, tenant, run, pipeline, work, turn, since, attempt, owner, leaseUntil, cancelledBy);
    }

    /** Whether the ticket is still the one that was taken: same owner, same attempt. */
    boolean isHeldLike(Ticket taken) {
        return attempt == taken.attempt && owner != null && owner.equals(taken.owner);
    }

    Document document() {
        Map<String, Object> attributes = new HashMap<>(
                Map.of("of_tenant", tenant, "pipeline", pipeline, "state", isQueued() ? QUEUED : TAKEN, "turn", turn));
        if (leaseUntil != null) {
            attributes.put("lease_until", leaseUntil);
        }
        return new Document(Engine.SHARED, KIND.name(), id, revision, attributes, Json.write(this));
    }

    static Ticket of(Document document) {
        return Json.read(document.body(), Ticket.class);
    }

    static Optional<Ticket> find(Engine engine, String id) {
        return engine.documents().find(Engine.SHARED, KIND.name(), id).map(Ticket::of);
    }
}
