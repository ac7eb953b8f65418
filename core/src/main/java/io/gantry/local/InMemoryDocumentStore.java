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
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps documents in memory, for as long as this object lives. */
public final class InMemoryDocumentStore implements DocumentStore {

    private final Map<String, TreeMap<String, Document>> documents = new HashMap<>();

    /** Makes an empty store. */
    public InMemoryDocumentStore() {
        // nothing to set up
    }

    private static String place(String tenant, String id) {
        return tenant + '\0' + id;
    }

    private TreeMap<String, Document> kind(String name) {
        TreeMap<String, Document> kind = documents.get(name);
        if (kind == null) {
            throw new IllegalArgumentException("Kind '" + name + "' was not declared; known are " + documents.keySet());
        }
        return kind;
    }

    @Override
    public synchronized void open(Collection<DocumentKind> kinds) {
        kinds.forEach(kind -> documents.computeIfAbsent(kind.name(), name -> new TreeMap<>()));
    }

    @Override
    public synchronized Optional<Document> find(String tenant, String kind, String id) {
        return Optional.ofNullable(kind(kind).get(place(tenant, id)));
    }

    @Override
    public synchronized DocumentPage query(DocumentQuery query) {
        Comparator<Document> order = Comparator.comparing(Document::id).thenComparing(Document::tenant);
        String attribute = query.order();
        if (attribute != null) {
            order = Comparator.<Document, @Nullable Object>comparing(
                            document -> document.attributes().get(attribute), InMemoryDocumentStore::compare)
                    .thenComparing(order);
        }
        List<Document> found = kind(query.kind()).values().stream()
                .filter(document -> query.tenant() == null || document.tenant().equals(query.tenant()))
                .filter(document -> query.conditions().stream().allMatch(condition -> meets(document, condition)))
                .sorted(query.descending() ? order.reversed() : order)
                .toList();
        int from = query.cursor() == null
                ? 0
                : after(found, query.cursor(), query.descending() ? order.reversed() : order);
        int to = Math.min(found.size(), from + query.limit());
        List<Document> page = found.subList(from, to);
        return new DocumentPage(page, to < found.size() ? cursor(found.get(to - 1), attribute) : null);
    }

    /** A cursor names the last document of a page by what it is ordered by, so that later changes cannot shift pages. */
    private static String cursor(Document last, @Nullable String attribute) {
        Object value = attribute == null ? null : last.attributes().get(attribute);
        String text = last.tenant() + '\0' + last.id() + '\0' + (value == null ? "" : type(value) + value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String type(Object value) {
        return value.getClass().getSimpleName().substring(0, 1);
    }

    private static int after(List<Document> found, String cursor, Comparator<Document> order) {
        String[] parts;
        try {
            parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\0", -1);
        } catch (IllegalArgumentException e) {
            parts = new String[0];
        }
        if (parts.length != 3) {
            throw new ProviderException(
                    "INVALID_CURSOR", FailureKind.DATA, "The cursor is not one this store gave out");
        }
        String value = parts[2];
        for (int i = 0; i < found.size(); i++) {
            Document document = found.get(i);
            if (document.tenant().equals(parts[0]) && document.id().equals(parts[1])) {
                return i + 1;
            }
        }
        // the document is gone: its place is where it would stand
        Map<String, Object> attributes = new HashMap<>();
        found.stream()
                .findFirst()
                .ifPresent(first -> first.attributes().forEach((name, sample) -> {
                    if (!value.isEmpty() && type(sample).equals(value.substring(0, 1))) {
                        attributes.put(name, parse(value));
                    }
                }));
        Document gone = new Document(parts[0], "", parts[1], 1, attributes, "");
        int at = 0;
        while (at < found.size() && order.compare(found.get(at), gone) <= 0) {
            at++;
        }
        return at;
    }

    private static Object parse(String value) {
        String text = value.substring(1);
        return switch (value.charAt(0)) {
            case 'L' -> Long.valueOf(text);
            case 'B' -> Boolean.valueOf(text);
            case 'I' -> java.time.Instant.parse(text);
            default -> text;
        };
    }

    private static boolean meets(Document document, DocumentQuery.Condition condition) {
        Object value = document.attributes().get(condition.attribute());
        if (value == null) {
            return false;
        }
        int order = compare(value, condition.value());
        return switch (condition.operator()) {
            case EQUAL -> order == 0;
            case LESS -> order < 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    private static int compare(@Nullable Object left, @Nullable Object right) {
        return RowKey.compare(left, right);
    }

    @Override
    public synchronized void commit(List<DocumentWrite> writes) {
        for (DocumentWrite write : writes) {
            check(write);
        }
        for (DocumentWrite write : writes) {
            if (write instanceof DocumentWrite.Insert insert) {
                put(insert.document());
            } else if (write instanceof DocumentWrite.Replace replace) {
                put(replace.document());
            } else if (write instanceof DocumentWrite.Delete delete) {
                kind(delete.kind()).remove(place(delete.tenant(), delete.id()));
            }
        }
    }

    private void put(Document document) {
        kind(document.kind()).put(place(document.tenant(), document.id()), document);
    }

    private void check(DocumentWrite write) {
        if (write instanceof DocumentWrite.Insert insert) {
            Document document = insert.document();
            expect(find(document.tenant(), document.kind(), document.id()).isEmpty(), document.kind(), document.id());
        } else if (write instanceof DocumentWrite.Replace replace) {
            Document document = replace.document();
            expect(
                    revision(document.tenant(), document.kind(), document.id()) == document.revision() - 1,
                    document.kind(),
                    document.id());
        } else if (write instanceof DocumentWrite.Delete delete) {
            expect(
                    revision(delete.tenant(), delete.kind(), delete.id()) == delete.revision(),
                    delete.kind(),
                    delete.id());
        }
    }

    private long revision(String tenant, String kind, String id) {
        return find(tenant, kind, id).map(Document::revision).orElse(-1L);
    }

    private static void expect(boolean holds, String kind, String id) {
        if (!holds) {
            throw new ProviderException(
                    "REVISION_CONFLICT",
                    FailureKind.DENIED,
                    "The " + kind + " '" + id + "' was changed by someone else at the same time",
                    Map.of("kind", Objects.requireNonNull(kind), "id", id),
                    null);
        }
    }

    @Override
    public void close() {
        // nothing is held
    }
}
