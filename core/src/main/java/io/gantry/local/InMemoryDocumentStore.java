// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentPage;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.document.DocumentWrite;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps documents in memory, for as long as this object lives: it may be opened again after it was closed. */
public final class InMemoryDocumentStore implements DocumentStore {

    private final Map<String, DocumentKind> kinds = new HashMap<>();
    private final Map<String, TreeMap<String, Document>> documents = new HashMap<>();
    private boolean open;

    /** Makes an empty store. */
    public InMemoryDocumentStore() {
        // nothing to set up
    }

    private static String place(String tenant, String id) {
        return tenant + '\0' + id;
    }

    private TreeMap<String, Document> all(String kind) {
        return documents.computeIfAbsent(kind, name -> new TreeMap<>());
    }

    private DocumentKind kind(String name) {
        if (!open) {
            throw new ProviderException("STORE_CLOSED", FailureKind.TRANSIENT, "The store is not open");
        }
        return DocumentKind.of(kinds, name);
    }

    @Override
    public synchronized void open(Collection<DocumentKind> declared) {
        for (DocumentKind kind : declared) {
            Map<String, DocumentKind.Type> attributes = new HashMap<>(kind.attributes());
            DocumentKind before = kinds.get(kind.name());
            if (before != null) {
                before.attributes().forEach((name, type) -> expectType(kind, name, attributes.put(name, type), type));
            }
            kinds.put(kind.name(), new DocumentKind(kind.name(), attributes));
        }
        open = true;
    }

    private static void expectType(
            DocumentKind kind, String attribute, DocumentKind.@Nullable Type now, DocumentKind.Type before) {
        if (now != null && now != before) {
            throw new ProviderException(
                    "DOCUMENT_KIND_CHANGED",
                    FailureKind.DATA,
                    "Attribute '" + attribute + "' of kind '" + kind.name() + "' was a " + before
                            + " before; it cannot become a " + now);
        }
    }

    @Override
    public synchronized Optional<Document> find(String tenant, String kind, String id) {
        return Optional.ofNullable(all(kind(kind).name()).get(place(tenant, id)));
    }

    @Override
    public synchronized DocumentPage query(DocumentQuery query) {
        Comparator<DocumentQuery.Position> order = Comparator.comparing(DocumentQuery.Position::value, RowKey::compare)
                .thenComparing(DocumentQuery.Position::id, RowKey::compare);
        Comparator<DocumentQuery.Position> directed = query.descending() ? order.reversed() : order;
        DocumentQuery.Position after = query.position();
        List<Document> found = found(query)
                .filter(document -> after == null || directed.compare(position(query, document), after) > 0)
                .sorted(Comparator.comparing(document -> position(query, document), directed))
                .limit(query.limit() + 1L)
                .toList();
        if (found.size() <= query.limit()) {
            return new DocumentPage(found, null);
        }
        List<Document> page = found.subList(0, query.limit());
        return new DocumentPage(page, query.cursorBehind(page.get(page.size() - 1)));
    }

    @Override
    public synchronized long count(DocumentQuery query) {
        return found(query).count();
    }

    private Stream<Document> found(DocumentQuery query) {
        kind(query.kind()).check(query);
        return all(query.kind()).subMap(place(query.tenant(), ""), query.tenant() + '\1').values().stream()
                .filter(document -> query.conditions().stream().allMatch(condition -> meets(document, condition)));
    }

    private static DocumentQuery.Position position(DocumentQuery query, Document document) {
        String order = query.order();
        return new DocumentQuery.Position(
                order == null ? null : document.attributes().get(order), document.id());
    }

    private static boolean meets(Document document, DocumentQuery.Condition condition) {
        Object value = document.attributes().get(condition.attribute());
        if (value == null) {
            return false;
        }
        return switch (condition.operator()) {
            case EQUAL -> value.equals(condition.value());
            case IN -> ((List<?>) condition.value()).contains(value);
            case LESS -> RowKey.compare(value, condition.value()) < 0;
            case GREATER_OR_EQUAL -> RowKey.compare(value, condition.value()) >= 0;
        };
    }

    @Override
    public synchronized void commit(List<DocumentWrite> writes) {
        DocumentWrite.check(writes);
        writes.forEach(this::check);
        for (DocumentWrite write : writes) {
            if (write instanceof DocumentWrite.Insert insert) {
                put(insert.document());
            } else if (write instanceof DocumentWrite.Replace replace) {
                put(replace.document());
            } else {
                all(write.kind()).remove(place(write.tenant(), write.id()));
            }
        }
    }

    private void put(Document document) {
        all(document.kind()).put(place(document.tenant(), document.id()), document);
    }

    private void check(DocumentWrite write) {
        DocumentKind kind = kind(write.kind());
        Document before = all(kind.name()).get(place(write.tenant(), write.id()));
        long revision = before == null ? 0 : before.revision();
        long expected = 0;
        if (write instanceof DocumentWrite.Insert insert) {
            kind.check(insert.document());
        } else if (write instanceof DocumentWrite.Replace replace) {
            kind.check(replace.document());
            expected = replace.document().revision() - 1;
        } else if (write instanceof DocumentWrite.Delete delete) {
            expected = delete.revision();
        }
        if (revision != expected || (before == null && !(write instanceof DocumentWrite.Insert))) {
            throw write.conflict();
        }
    }

    @Override
    public synchronized void close() {
        open = false;
    }
}
