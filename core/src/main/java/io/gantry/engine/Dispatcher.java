// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.settings.TenantSettings;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentPage;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentQuery.Operator;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which work is done next.
 *
 * <p>Each run gets a turn when it is submitted: one more than the last of its own tenant's that waits, but at least that of the
 * run at the head of the queue. So tenants take turns however many runs each has waiting, and a tenant that comes later waits for
 * one run of each of the others at most. The order is fixed by one indexed number; nothing is counted when a slot becomes free.
 *
 * <p>Limits of a tenant are kept by its gate, a document that every taking of a run of the tenant replaces: two processes cannot
 * both take what only one may.
 */
final class Dispatcher {

    /** What the document store is told of gates. */
    static final DocumentKind GATES = new DocumentKind("gate", Map.of());

    private static final int PAGE = 100;

    private final Engine engine;
    private final String owner;

    /**
     * Makes a dispatcher.
     *
     * @param owner under which name it takes work; unique to this engine
     */
    Dispatcher(Engine engine, String owner) {
        this.engine = engine;
        this.owner = owner;
    }

    /** Work that was taken: it is this engine's until its lease ends. */
    record Taken(Ticket ticket, boolean takenOver) {}

    /** The turn of a run that is submitted now. */
    long turn(String tenant) {
        DocumentQuery queued =
                tickets().where("state", Operator.EQUAL, Ticket.QUEUED).page(1, null);
        long head = first(queued.orderBy("turn", false)).map(Ticket::turn).orElse(0L);
        long own = first(queued.where("of_tenant", Operator.EQUAL, tenant).orderBy("turn", true))
                .map(ticket -> ticket.turn() + 1)
                .orElse(0L);
        return Math.max(head, own);
    }

    private static DocumentQuery tickets() {
        return DocumentQuery.of(Engine.SHARED, Ticket.KIND.name());
    }

    private Optional<Ticket> first(DocumentQuery query) {
        return engine.documents().query(query).documents().stream().findFirst().map(Ticket::of);
    }

    /** Takes the work that is due: first what a lost worker left, then what waits. */
    Optional<Taken> next() {
        Instant now = engine.clock().instant();
        DocumentQuery left = tickets()
                .where("state", Operator.EQUAL, Ticket.TAKEN)
                .where("lease_until", Operator.LESS, now)
                .orderBy("lease_until", false)
                .page(PAGE, null);
        for (Document document : engine.documents().query(left).documents()) {
            Optional<Taken> taken = takeOver(Ticket.of(document));
            if (taken.isPresent()) {
                return taken;
            }
        }
        Set<String> full = new HashSet<>();
        DocumentQuery waiting = tickets()
                .where("state", Operator.EQUAL, Ticket.QUEUED)
                .orderBy("turn", false)
                .page(PAGE, null);
        DocumentPage page = engine.documents().query(waiting);
        while (true) {
            for (Document document : page.documents()) {
                Ticket ticket = Ticket.of(document);
                if (full.contains(ticket.tenant()) || full.contains(ticket.pipeline())) {
                    continue;
                }
                Optional<Taken> taken = take(ticket, full);
                if (taken.isPresent()) {
                    return taken;
                }
            }
            if (page.cursor() == null) {
                return Optional.empty();
            }
            page = engine.documents().query(waiting.page(PAGE, page.cursor()));
        }
    }

    private Optional<Taken> takeOver(Ticket seen) {
        return engine.journal().commit(seen.tenant(), draft -> {
            Instant now = engine.clock().instant();
            Optional<Ticket> ticket = Ticket.find(engine, seen.id())
                    .filter(found ->
                            found.leaseUntil() != null && found.leaseUntil().isBefore(now));
            if (ticket.isEmpty()) {
                return Optional.empty();
            }
            Ticket taken = ticket.get().taken(owner, now.plus(engine.lease()));
            draft.replace(taken.document());
            if (taken.work() == Ticket.Work.RUN) {
                RunState run =
                        RunBook.state(engine, taken.tenant(), taken.run()).begun(now);
                draft.replace(run.document(taken.tenant()))
                        .note(
                                io.gantry.Principal.ENGINE,
                                "RUN_TAKE_OVER",
                                "run:" + run.id(),
                                null,
                                null,
                                run.summary());
            }
            return Optional.of(new Taken(taken, true));
        });
    }

    private Optional<Taken> take(Ticket seen, Set<String> full) {
        return engine.journal().commit(seen.tenant(), draft -> {
            Optional<Ticket> ticket = Ticket.find(engine, seen.id()).filter(Ticket::isQueued);
            if (ticket.isEmpty()) {
                return Optional.empty();
            }
            // the gate is read before the runs are counted, so that the count is of its revision or a later one
            Optional<Document> gate = engine.documents().find(Engine.SHARED, GATES.name(), seen.tenant());
            Optional<String> limit = limit(ticket.get());
            if (limit.isPresent()) {
                full.add(limit.get());
                return Optional.empty();
            }
            Instant now = engine.clock().instant();
            Ticket taken = ticket.get().taken(owner, now.plus(engine.lease()));
            RunState run = RunBook.state(engine, taken.tenant(), taken.run()).begun(now);
            Document passed = new Document(
                    Engine.SHARED,
                    GATES.name(),
                    seen.tenant(),
                    gate.map(Document::revision).orElse(0L) + 1,
                    Map.of(),
                    "{}");
            draft.replace(taken.document()).replace(run.document(taken.tenant()));
            if (gate.isPresent()) {
                draft.replace(passed);
            } else {
                draft.insert(passed);
            }
            return Optional.of(new Taken(taken, false));
        });
    }

    /** What keeps a run waiting whatever slots are free: its tenant, or its pipeline. */
    private Optional<String> limit(Ticket ticket) {
        TenantSettings settings = SettingsBook.of(engine, ticket.tenant());
        if (taken("of_tenant", ticket.tenant()) >= settings.runs()) {
            return Optional.of(ticket.tenant());
        }
        return taken("pipeline", ticket.pipeline()) >= settings.runsPerPipeline()
                ? Optional.of(ticket.pipeline())
                : Optional.empty();
    }

    private long taken(String attribute, String value) {
        return engine.documents()
                .count(tickets().where("state", Operator.EQUAL, Ticket.TAKEN).where(attribute, Operator.EQUAL, value));
    }

    /** The tickets of a pipeline's runs that are not over. */
    List<Ticket> open(String pipeline) {
        return engine.documents().query(tickets().where("pipeline", Operator.EQUAL, pipeline)).documents().stream()
                .map(Ticket::of)
                .filter(ticket -> ticket.work() == Ticket.Work.RUN)
                .toList();
    }

    /** Why a run waits, in words that tell nothing of other tenants. */
    String whyWaiting(Ticket ticket, String pipelineCode) {
        TenantSettings settings = SettingsBook.of(engine, ticket.tenant());
        long ofTenant = taken("of_tenant", ticket.tenant());
        if (ofTenant >= settings.runs()) {
            return "The tenant has " + ofTenant + " of at most " + settings.runs() + " runs under way";
        }
        long ofPipeline = taken("pipeline", ticket.pipeline());
        if (ofPipeline >= settings.runsPerPipeline()) {
            return "Pipeline '" + pipelineCode + "' has " + ofPipeline + " of at most " + settings.runsPerPipeline()
                    + " runs under way";
        }
        long before = engine.documents()
                .count(tickets()
                        .where("state", Operator.EQUAL, Ticket.QUEUED)
                        .where("turn", Operator.LESS, ticket.turn()));
        return before == 0
                ? "It is among the next; it waits for one of the engine's slots to become free"
                : before + (before == 1 ? " run has its turn" : " runs have their turn")
                        + " before it; the engine carries out "
                        + engine.runs().slots() + " at once";
    }
}
