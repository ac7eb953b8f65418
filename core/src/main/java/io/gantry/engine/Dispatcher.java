// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.GantryException;
import io.gantry.Principal;
import io.gantry.settings.TenantSettings;
import io.gantry.spi.FailureKind;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentPage;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentQuery.Operator;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which work is done next.
 *
 * <p>Each run gets a turn when it is submitted: one more than that of its tenant's last run, but at least that of the run that was
 * taken last, whoever's it was. So tenants take turns however many runs each has waiting, and one that comes later has its turn
 * before all runs that wait for a later one. The turns that were taken are remembered: a tenant whose runs never wait for long
 * gets no more turns than others, and one that its limits hold up leaves no turns behind that are long over.
 *
 * <p>Limits of a tenant are kept by its gate, a document that every taking of a run of the tenant replaces: two processes cannot
 * both take what only one may.
 *
 * <p>Runs that a limit holds up are passed over. So that a long queue of them costs no more each time than a short one, the front
 * of the queue is looked at each time, and what is behind it piece by piece.
 */
final class Dispatcher {

    private static final String TURN = "turn";

    /** What the document store is told of gates: the greatest turn that was taken of a tenant's. */
    static final DocumentKind GATES = new DocumentKind("gate", Map.of(TURN, DocumentKind.Type.NUMBER));

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int PAGE = 250;

    /** How many pages of the front, and how many behind it, are looked at each time. */
    private static final int PAGES = 4;

    private final Engine engine;
    private final String owner;

    /** Where what is behind the front is looked at next; null for directly behind it. */
    private volatile @Nullable String behind;

    /** What was found broken, and told of once. */
    private final Set<String> broken = ConcurrentHashMap.newKeySet();

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
        long now = turn(engine
                .documents()
                .query(DocumentQuery.of(Engine.SHARED, GATES.name())
                        .orderBy(TURN, true)
                        .page(1, null))
                .documents()
                .stream()
                .findFirst());
        long taken = turn(gate(tenant));
        long waiting = engine
                .documents()
                .query(tickets()
                        .where("state", Operator.EQUAL, Ticket.QUEUED)
                        .where("of_tenant", Operator.EQUAL, tenant)
                        .orderBy(TURN, true)
                        .page(1, null))
                .documents()
                .stream()
                .findFirst()
                .map(document -> Ticket.of(document).turn())
                .orElse(-1L);
        return Math.max(now, Math.max(taken, waiting) + 1);
    }

    private Optional<Document> gate(String tenant) {
        return engine.documents().find(Engine.SHARED, GATES.name(), tenant);
    }

    /** The greatest turn that was taken through a gate; -1 when none was. */
    private static long turn(Optional<Document> gate) {
        return gate.map(document -> (Long) document.attributes().get(TURN)).orElse(-1L);
    }

    private static DocumentQuery tickets() {
        return DocumentQuery.of(Engine.SHARED, Ticket.KIND.name());
    }

    /** Takes the work that is due: first what a lost worker left, then what waits. */
    Optional<Taken> next() {
        DocumentQuery left = tickets()
                .where("state", Operator.EQUAL, Ticket.TAKEN)
                .where("lease_until", Operator.LESS, engine.clock().instant())
                .orderBy("lease_until", false);
        Search lost = new Search(left, this::takeOver);
        Optional<Taken> taken = lost.in(null);
        if (taken.isPresent()) {
            return taken;
        }
        Set<String> full = new HashSet<>();
        DocumentQuery waiting =
                tickets().where("state", Operator.EQUAL, Ticket.QUEUED).orderBy(TURN, false);
        Search search = new Search(waiting, ticket -> {
            boolean isFull = full.contains(ofTenant(ticket)) || full.contains(ofPipeline(ticket));
            return isFull ? Optional.empty() : take(ticket, full);
        });
        taken = search.in(null);
        if (taken.isEmpty() && search.end != null) {
            String from = behind;
            taken = search.in(from == null ? search.end : from);
            behind = search.end;
        }
        return taken;
    }

    /** Looks for a ticket of which something comes. Used by one thread. */
    private final class Search {

        private final DocumentQuery query;
        private final Function<Ticket, Optional<Taken>> attempt;

        /** Where the last look ended; null at the end of the queue. */
        private @Nullable String end;

        Search(DocumentQuery query, Function<Ticket, Optional<Taken>> attempt) {
            this.query = query;
            this.attempt = attempt;
        }

        /** Looks at some pages from a place on, null being the begin. */
        Optional<Taken> in(@Nullable String place) {
            end = place;
            for (int i = 0; i < PAGES; i++) {
                DocumentPage page = engine.documents().query(query.page(PAGE, end));
                for (Document document : page.documents()) {
                    Optional<Taken> taken = unlessBroken(document, attempt);
                    if (taken.isPresent()) {
                        return taken;
                    }
                }
                end = page.cursor();
                if (end == null) {
                    break;
                }
            }
            return Optional.empty();
        }
    }

    private static String ofTenant(Ticket ticket) {
        return "tenant " + ticket.tenant();
    }

    private static String ofPipeline(Ticket ticket) {
        return "pipeline " + ticket.pipeline();
    }

    /** Work of which the documents are broken keeps no other work waiting. */
    private Optional<Taken> unlessBroken(Document document, Function<Ticket, Optional<Taken>> attempt) {
        try {
            return attempt.apply(Ticket.of(document));
        } catch (RuntimeException e) {
            boolean passing = e instanceof GantryException failure
                    && (failure.kind() == FailureKind.TRANSIENT || failure.kind() == FailureKind.UNKNOWN_OUTCOME);
            if (passing) {
                throw e;
            }
            if (broken.add(document.id())) {
                LOG.warn("Work cannot be taken: ticket={}", document.id(), e);
            }
            return Optional.empty();
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
            Ticket taken = ticket.get().takenOver(owner, now.plus(engine.lease()));
            draft.replace(taken.document());
            if (taken.work() == Ticket.Work.RUN) {
                RunState run =
                        RunBook.state(engine, taken.tenant(), taken.run()).begun(now);
                draft.replace(run.document(taken.tenant()))
                        .note(Principal.ENGINE, "RUN_TAKE_OVER", "run:" + run.id(), null, null, run.summary());
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
            Optional<Document> gate = gate(seen.tenant());
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
                    Map.of(TURN, Math.max(turn(gate), taken.turn())),
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

    /** What keeps a run waiting whatever slots are free: that its tenant, or its pipeline, has as many as it may. */
    private Optional<String> limit(Ticket ticket) {
        TenantSettings settings = SettingsBook.of(engine, ticket.tenant());
        if (taken("of_tenant", ticket.tenant()) >= settings.runs()) {
            return Optional.of(ofTenant(ticket));
        }
        return taken("pipeline", ticket.pipeline()) >= settings.runsPerPipeline()
                ? Optional.of(ofPipeline(ticket))
                : Optional.empty();
    }

    private long taken(String attribute, String value) {
        return engine.documents()
                .count(tickets().where("state", Operator.EQUAL, Ticket.TAKEN).where(attribute, Operator.EQUAL, value));
    }

    /** A run of a pipeline that is not over, if there is one. */
    Optional<String> open(String pipeline) {
        return engine
                .documents()
                .query(tickets().where("pipeline", Operator.EQUAL, pipeline).page(1, null))
                .documents()
                .stream()
                .map(document -> Ticket.of(document).run())
                .findFirst();
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
                        .where("of_tenant", Operator.EQUAL, ticket.tenant())
                        .where(TURN, Operator.LESS, ticket.turn()));
        return before == 0
                ? "It is the next of the tenant's runs; it waits for its turn and for a free slot of the engine"
                : before + (before == 1 ? " run" : " runs") + " of the tenant "
                        + (before == 1 ? "has its turn" : "have their turns") + " before it";
    }
}
