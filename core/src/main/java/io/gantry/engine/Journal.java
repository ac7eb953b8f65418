// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.Reason;
import io.gantry.audit.AuditEvent;
import io.gantry.audit.AuditLog;
import io.gantry.spi.FailureKind;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.document.DocumentWrite;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which documents are changed: a decision reads what it needs and says what to write and what to audit, and all
 * of it is committed at once. When someone else was quicker, the decision is taken anew on what is there then.
 *
 * <p>As every audited commit takes the next number of its tenant's chain, no two of them can rest on the same past: audited
 * decisions of one tenant are serial, whatever they read. Decisions that audit nothing are only safe as far as the revisions of
 * the documents they replace make them so.
 */
public final class Journal {

    /** What the document store is told of audit events. */
    static final DocumentKind EVENTS = new DocumentKind(
            "audit_event",
            Map.of(
                    "sequence", DocumentKind.Type.NUMBER,
                    "at", DocumentKind.Type.TIME,
                    "by", DocumentKind.Type.TEXT,
                    "action", DocumentKind.Type.TEXT,
                    "subject", DocumentKind.Type.TEXT));

    /** One of the contenders gets on with every try, so that this many is enough for as many of them at once. */
    private static final int TRIES = 500;

    private static final AuditLog.Head NOTHING = new AuditLog.Head(0, "");

    private final DocumentStore documents;
    private final Clock clock;

    /** Where each chain ended when last seen: a guess that saves a query, and that the commit proves. */
    private final Map<String, AuditLog.Head> heads = new ConcurrentHashMap<>();

    /**
     * Makes a journal.
     *
     * @param documents where to commit
     * @param clock tells when an event happened
     */
    public Journal(DocumentStore documents, Clock clock) {
        this.documents = documents;
        this.clock = clock;
    }

    /** What a decision wants to be written. */
    static final class Draft {

        private final List<DocumentWrite> writes = new ArrayList<>();
        private final List<Note> notes = new ArrayList<>();

        private record Note(
                String by,
                String action,
                String subject,
                @Nullable Reason reason,
                @Nullable String before,
                @Nullable String after) {}

        Draft insert(Document document) {
            writes.add(new DocumentWrite.Insert(document));
            return this;
        }

        Draft replace(Document document) {
            writes.add(new DocumentWrite.Replace(document));
            return this;
        }

        /** Inserts what is new by its revision, and replaces what is not. */
        Draft put(Document document) {
            return document.revision() == 1 ? insert(document) : replace(document);
        }

        Draft delete(Document document) {
            writes.add(
                    new DocumentWrite.Delete(document.tenant(), document.kind(), document.id(), document.revision()));
            return this;
        }

        /** Has an event audited. */
        Draft note(
                String by,
                String action,
                String subject,
                @Nullable Reason reason,
                @Nullable String before,
                @Nullable String after) {
            notes.add(new Note(by, action, subject, reason, before, after));
            return this;
        }
    }

    /** What a decision has come to, and where the chain ends with it. */
    private record Decided<T>(List<DocumentWrite> writes, T result, AuditLog.Head head, boolean audited) {}

    /**
     * Commits a decision. When the store is lost while it commits, it is asked what became of that.
     *
     * @param tenant whose chain the events join
     * @param decision may be called several times; what it throws ends the attempt
     * @throws GantryException of kind {@link FailureKind#UNKNOWN_OUTCOME} when it cannot be told whether it was committed
     */
    <T> T commit(String tenant, Function<Draft, T> decision) {
        Doubts<T> doubts = new Doubts<>(documents);
        for (int attempt = 0; ; attempt++) {
            Optional<T> made = doubts.made();
            if (made.isPresent()) {
                return made.get();
            }
            Decided<T> decided;
            try {
                decided = decide(tenant, decision);
            } catch (GantryException e) {
                // it may be what was committed that speaks against committing it
                made = doubts.made();
                if (made.isPresent()) {
                    return made.get();
                }
                throw doubts.failure(e);
            }
            if (decided.writes.isEmpty()) {
                return doubts.made().orElse(decided.result);
            }
            try {
                documents.commit(decided.writes);
                if (decided.audited) {
                    heads.put(tenant, decided.head);
                }
                return decided.result;
            } catch (GantryException e) {
                heads.remove(tenant);
                if (e.kind() == FailureKind.UNKNOWN_OUTCOME) {
                    doubts.add(decided.writes, decided.result, e);
                } else if (!e.code().equals(ErrorCode.REVISION_CONFLICT.name()) || attempt >= TRIES) {
                    throw doubts.failure(e);
                }
            } catch (RuntimeException e) {
                heads.remove(tenant);
                throw e;
            }
        }
    }

    private <T> Decided<T> decide(String tenant, Function<Draft, T> decision) {
        AuditLog.Head head = head(tenant);
        Draft draft = new Draft();
        T result = Providers.call(() -> decision.apply(draft));
        AuditLog.Head next = Providers.call(() -> appended(tenant, head, draft));
        return new Decided<>(draft.writes, result, next, !draft.notes.isEmpty());
    }

    private AuditLog.Head appended(String tenant, AuditLog.Head head, Draft draft) {
        AuditLog.Head next = head;
        for (Draft.Note note : draft.notes) {
            next = append(tenant, next, note, draft);
        }
        return next;
    }

    private AuditLog.Head append(String tenant, AuditLog.Head head, Draft.Note note, Draft draft) {
        AuditEvent open = new AuditEvent(
                head.sequence() + 1,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                note.by,
                note.action,
                note.subject,
                note.reason,
                note.before,
                note.after,
                "");
        AuditEvent event = AuditChain.sealed(open, head.hash());
        draft.insert(new Document(
                tenant,
                EVENTS.name(),
                AuditChain.id(event.sequence()),
                1,
                Map.of(
                        "sequence", event.sequence(),
                        "at", event.at(),
                        "by", event.by(),
                        "action", event.action(),
                        "subject", event.subject()),
                Json.write(event)));
        return new AuditLog.Head(event.sequence(), event.hash());
    }

    /** Where a tenant's chain ends, perhaps. */
    private AuditLog.Head head(String tenant) {
        AuditLog.Head known = heads.get(tenant);
        if (known == null) {
            known = lastHead(tenant);
            heads.put(tenant, known);
        }
        return known;
    }

    /** Where a tenant's chain ends now. */
    AuditLog.Head lastHead(String tenant) {
        return documents
                .query(DocumentQuery.of(tenant, EVENTS.name())
                        .orderBy("sequence", true)
                        .page(1, null))
                .documents()
                .stream()
                .findFirst()
                .map(document -> Json.read(document.body(), AuditEvent.class))
                .map(event -> new AuditLog.Head(event.sequence(), event.hash()))
                .orElse(NOTHING);
    }
}
