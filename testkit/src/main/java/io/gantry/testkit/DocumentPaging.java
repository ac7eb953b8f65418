// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static io.gantry.testkit.DocumentRig.TENANT;
import static io.gantry.testkit.DocumentRig.notes;
import static io.gantry.testkit.DocumentRig.refused;
import static io.gantry.testkit.DocumentRig.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentPage;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentQuery.Operator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That pages put together are the whole, whatever happens between them, and that cursors are what was given out. */
interface DocumentPaging {

    private DocumentRig rig() {
        return DocumentRig.of(this);
    }

    /** Documents with many ties, many absent values, and text on both sides of the surrogates. */
    private static List<Document> many(int count) {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> attributes = new HashMap<>();
            if (i % 5 != 0) {
                attributes.put(
                        "word", List.of("\uffee", "\ud83d\ude00", "a", "B", "").get(i % 7 % 5) + i % 3);
            }
            if (i % 4 != 0) {
                attributes.put("size", (long) (i * 7919 % 100) - 50);
            }
            if (i % 3 != 0) {
                attributes.put("done", i % 2 == 0);
            }
            if (i % 50 != 0) {
                attributes.put("at", start.plusSeconds(i * 104_729L % 2_000));
            }
            documents.add(
                    DocumentRig.note("n" + (i * 31 % count) + (i % 2 == 0 ? "\ud83d\ude00" : "\uffee"), attributes));
        }
        return documents;
    }

    private static Comparator<Document> order(@Nullable String attribute, boolean descending) {
        Comparator<Document> order = Comparator.comparing(Document::id, Values::compare);
        if (attribute != null) {
            order = Comparator.comparing(
                            (Document document) -> document.attributes().get(attribute),
                            Comparator.nullsFirst(Values::compare))
                    .thenComparing(order);
        }
        return descending ? order.reversed() : order;
    }

    private static DocumentQuery query(@Nullable String order, boolean descending, int limit) {
        return new DocumentQuery(TENANT, "note", List.of(), order, descending, limit, null);
    }

    @Test
    default void pages_of_every_order_put_together_are_the_whole() {
        try (DocumentRig rig = rig()) {
            List<Document> documents = many(2_500);
            rig.insert(documents);
            for (String attribute : Arrays.asList(null, "word", "size", "done", "at")) {
                for (boolean descending : new boolean[] {false, true}) {
                    List<String> expected = documents.stream()
                            .sorted(order(attribute, descending))
                            .map(Document::id)
                            .toList();
                    assertThat(rig.ids(query(attribute, descending, 97)))
                            .as("by " + attribute + (descending ? " descending" : ""))
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    default void pages_of_a_search_put_together_are_the_whole() {
        try (DocumentRig rig = rig()) {
            List<Document> documents = many(600);
            rig.insert(documents);
            for (String attribute : Arrays.asList(null, "word", "size", "done", "at")) {
                DocumentQuery query = query(attribute, true, 11)
                        .where("size", Operator.LESS, 10L)
                        .where("done", Operator.EQUAL, true);
                List<String> expected = documents.stream()
                        .filter(document -> document.attributes().get("size") instanceof Long size && size < 10)
                        .filter(document ->
                                Boolean.TRUE.equals(document.attributes().get("done")))
                        .sorted(order(attribute, true))
                        .map(Document::id)
                        .toList();
                assertThat(expected).hasSizeGreaterThan(33);
                assertThat(rig.ids(query)).as("by " + attribute).isEqualTo(expected);
                assertThat(rig.store().count(query)).isEqualTo(expected.size());
            }
        }
    }

    @Test
    default void what_stays_where_it_is_is_found_once_whatever_else_changes_between_pages() {
        for (String attribute : Arrays.asList(null, "word", "size", "at")) {
            for (boolean descending : new boolean[] {false, true}) {
                try (DocumentRig rig = rig()) {
                    List<Document> documents = new ArrayList<>(many(300));
                    rig.insert(documents);
                    documents.sort(order(attribute, descending));
                    assertThat(changing(rig, documents, query(attribute, descending, 20)))
                            .as("by " + attribute + (descending ? " descending" : ""))
                            .isEqualTo(documents.stream().map(Document::id).toList());
                }
            }
        }
    }

    /** Reads pages and inserts, deletes and changes other documents between them; gives the ids that were found of these. */
    private static List<String> changing(DocumentRig rig, List<Document> documents, DocumentQuery query) {
        List<String> found = new ArrayList<>();
        List<String> ids = documents.stream().map(Document::id).toList();
        DocumentPage page = rig.store().query(query);
        for (int turn = 0; ; turn++) {
            page.documents().stream().map(Document::id).filter(ids::contains).forEach(found::add);
            if (page.cursor() == null) {
                return found;
            }
            Document last = page.documents().get(page.documents().size() - 1);
            Document twin = DocumentRig.note(last.id() + "+", last.attributes());
            Document first = DocumentRig.note("new" + turn, documents.get(0).attributes());
            rig.insert(twin, first);
            if (!ids.contains(last.id())) {
                rig.commit(DocumentRig.delete(last)); // the one that the cursor names
            } else {
                // changed, but it keeps its place
                Document current = Objects.requireNonNull(rig.find(last.id()));
                rig.commit(DocumentRig.replaceBy(DocumentRig.next(current, current.attributes())));
            }
            page = rig.store().query(query.page(query.limit(), page.cursor()));
        }
    }

    @Test
    default void a_cursor_outlives_the_document_it_names_and_all_others() {
        try (DocumentRig rig = rig()) {
            List<Document> documents = many(100);
            rig.insert(documents);
            DocumentQuery query = query("size", false, 10);
            String cursor = rig.store().query(query).cursor();
            documents.forEach(document -> rig.commit(DocumentRig.delete(document)));
            DocumentPage empty = rig.store().query(query.page(10, cursor));
            assertThat(empty.documents()).isEmpty();
            assertThat(empty.cursor()).isNull();
            rig.insert(documents);
            assertThat(rig.store().query(query.page(100, cursor)).documents()).hasSize(90);
        }
    }

    @Test
    default void texts_that_begin_alike_are_each_found_once() {
        try (DocumentRig rig = rig()) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                ids.add("n" + (100 + i));
                rig.insert(word("n" + (100 + i), "\ud83d\ude00".repeat(150) + "x".repeat(100) + i % 13));
            }
            assertThat(rig.ids(query("word", false, 7))).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(rig.ids(query("word", true, 7))).containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    @Test
    default void the_last_page_has_no_cursor_even_when_it_is_full() {
        try (DocumentRig rig = rig()) {
            rig.insert(many(40));
            assertThat(rig.store().query(query("at", true, 40)).cursor()).isNull();
            assertThat(rig.store().query(query("at", true, 39)).cursor()).isNotNull();
            assertThat(rig.store().query(query("at", true, 1_000)).documents()).hasSize(40);
        }
    }

    @Test
    default void a_cursor_that_was_tampered_with_is_refused() {
        try (DocumentRig rig = rig()) {
            rig.insert(many(50));
            DocumentQuery query = query("word", false, 5);
            String cursor = Objects.requireNonNull(rig.store().query(query).cursor());
            for (int i = 0; i < cursor.length(); i++) {
                char[] bent = cursor.toCharArray();
                bent[i] = bent[i] == 'A' ? 'B' : 'A';
                refused("INVALID_CURSOR", () -> rig.store().query(query.page(5, new String(bent))));
            }
            for (String made :
                    List.of("", "x", "AAAA", "' OR 1=1", "\0", cursor + "A", cursor + "=", cursor + cursor)) {
                refused("INVALID_CURSOR", () -> rig.store().query(query.page(5, made)));
            }
            for (int length = 0; length < cursor.length(); length++) {
                String cut = cursor.substring(0, length);
                refused("INVALID_CURSOR", () -> rig.store().query(query.page(5, cut)));
            }
        }
    }

    @Test
    default void a_cursor_of_another_query_is_refused() {
        try (DocumentRig rig = rig()) {
            rig.insert(many(50));
            DocumentQuery query = query("size", false, 5).where("size", Operator.LESS, 40L);
            String cursor = Objects.requireNonNull(rig.store().query(query).cursor());
            assertThat(rig.store().query(query.page(9, cursor)).documents()).hasSize(9);
            for (DocumentQuery other : List.of(
                    query("size", false, 5),
                    query("size", true, 5).where("size", Operator.LESS, 40L),
                    query("at", false, 5).where("size", Operator.LESS, 40L),
                    query(null, false, 5).where("size", Operator.LESS, 40L),
                    query("size", false, 5).where("size", Operator.LESS, 41L),
                    query("size", false, 5).where("size", Operator.GREATER_OR_EQUAL, 40L),
                    DocumentQuery.of("zeta", "note").orderBy("size", false).where("size", Operator.LESS, 40L))) {
                refused("INVALID_CURSOR", () -> rig.store().query(other.page(5, cursor)));
            }
        }
    }

    @Test
    default void another_tenants_documents_are_on_no_page() {
        try (DocumentRig rig = rig()) {
            rig.insert(many(30));
            for (Document document : many(30)) {
                rig.insert(new Document("acmf", "note", document.id(), 1, document.attributes(), "theirs"));
            }
            for (String attribute : Arrays.asList(null, "word", "size", "done", "at")) {
                assertThat(rig.all(query(attribute, true, 7)))
                        .hasSize(30)
                        .allSatisfy(document -> assertThat(document.tenant()).isEqualTo(TENANT));
            }
            assertThat(rig.store().count(notes())).isEqualTo(30);
        }
    }
}
