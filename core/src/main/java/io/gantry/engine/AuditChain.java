// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.Reason;
import io.gantry.audit.AuditEvent;
import io.gantry.audit.AuditLog.Head;
import io.gantry.audit.AuditLog.Verification;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentPage;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentStore;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Hashes of audit events, each over the one before. */
final class AuditChain {

    private final DocumentStore documents;
    private final String tenant;

    AuditChain(DocumentStore documents, String tenant) {
        this.documents = documents;
        this.tenant = tenant;
    }

    /** The id of an event's document: ordered like its number, and the same in every locale, some of which have other digits. */
    static String id(long sequence) {
        return String.format(Locale.ROOT, "%019d", sequence);
    }

    /** The event with its hash. */
    static AuditEvent sealed(AuditEvent event, String before) {
        Reason reason = event.reason();
        String hash = Hashes.sha256(
                before,
                Long.toString(event.sequence()),
                event.at().toString(),
                event.by(),
                event.action(),
                event.subject(),
                reason == null ? null : reason.code(),
                reason == null ? null : reason.text(),
                event.before(),
                event.after());
        return new AuditEvent(
                event.sequence(),
                event.at(),
                event.by(),
                event.action(),
                event.subject(),
                reason,
                event.before(),
                event.after(),
                hash);
    }

    /** Walks the chain from its first event. */
    Verification verify(@Nullable Head known) {
        DocumentQuery query = DocumentQuery.of(tenant, Journal.EVENTS.name()).orderBy("sequence", false);
        long count = 0;
        String hash = "";
        DocumentPage page = documents.query(query);
        while (true) {
            for (Document document : page.documents()) {
                AuditEvent event = Json.read(document.body(), AuditEvent.class);
                String problem = problem(document, event, count + 1, hash, known);
                if (problem != null) {
                    return new Verification(count, count + 1, problem);
                }
                count++;
                hash = event.hash();
            }
            if (page.cursor() == null) {
                break;
            }
            page = documents.query(query.page(1_000, page.cursor()));
        }
        return known != null && known.sequence() > count
                ? new Verification(
                        count,
                        count + 1,
                        "The chain ends with event " + count + "; it once had " + known.sequence() + " events")
                : new Verification(count, 0, "");
    }

    private static @Nullable String problem(
            Document document, AuditEvent event, long expected, String before, @Nullable Head known) {
        if (event.sequence() != expected || !document.id().equals(id(expected))) {
            return "Event " + expected + " is missing; event " + event.sequence() + " is in its place";
        }
        if (!sealed(event, before).hash().equals(event.hash())) {
            return "Event " + expected + " is not what it was when it was written, or the one before it is not";
        }
        if (!matches(document, event)) {
            return "Event " + expected + " is found by other values than it holds";
        }
        if (known != null && known.sequence() == expected && !known.hash().equals(event.hash())) {
            return "Event " + expected + " is not the one that is known";
        }
        return null;
    }

    /** Whether the values by which an event is found are those it holds. */
    private static boolean matches(Document document, AuditEvent event) {
        return Objects.equals(document.attributes().get("sequence"), event.sequence())
                && Objects.equals(document.attributes().get("at"), event.at())
                && Objects.equals(document.attributes().get("by"), event.by())
                && Objects.equals(document.attributes().get("action"), event.action())
                && Objects.equals(document.attributes().get("subject"), event.subject());
    }
}
