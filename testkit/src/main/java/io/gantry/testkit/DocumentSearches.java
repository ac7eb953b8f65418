// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static io.gantry.testkit.DocumentRig.notes;
import static io.gantry.testkit.DocumentRig.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentQuery.Operator;
import io.gantry.spi.schema.FieldType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** That conditions find what they should, and orders are what they are said to be. */
interface DocumentSearches {

    private DocumentRig rig() {
        return DocumentRig.of(this);
    }

    private static List<Document> ascending(String attribute, FieldType type) {
        List<Document> documents = new ArrayList<>();
        List<Object> values = Values.ascending(type);
        for (int i = 0; i < values.size(); i++) {
            documents.add(DocumentRig.note("n" + (char) ('z' - i), Map.of(attribute, values.get(i))));
        }
        return documents;
    }

    private void compares(String attribute, FieldType type) {
        try (DocumentRig rig = rig()) {
            List<Document> documents = ascending(attribute, type);
            rig.insert(documents);
            rig.insert(DocumentRig.note("absent", Map.of()));
            for (int i = 0; i < documents.size(); i++) {
                Object value =
                        Objects.requireNonNull(documents.get(i).attributes().get(attribute));
                DocumentQuery query = notes().orderBy(attribute, false);
                assertThat(rig.all(query.where(attribute, Operator.LESS, value)))
                        .as("less than " + value)
                        .isEqualTo(documents.subList(0, i));
                assertThat(rig.all(query.where(attribute, Operator.GREATER_OR_EQUAL, value)))
                        .as("at least " + value)
                        .isEqualTo(documents.subList(i, documents.size()));
                assertThat(rig.all(query.where(attribute, Operator.EQUAL, value)))
                        .as("equal to " + value)
                        .containsExactly(documents.get(i));
                assertThat(rig.all(query.where(attribute, Operator.IN, List.of(value, value))))
                        .as("one of " + value)
                        .containsExactly(documents.get(i));
            }
        }
    }

    @Test
    default void texts_are_compared_by_their_code_points() {
        compares("word", FieldType.STRING);
    }

    @Test
    default void numbers_are_compared_by_size() {
        compares("size", FieldType.INTEGER);
    }

    @Test
    default void false_is_before_true() {
        compares("done", FieldType.BOOLEAN);
    }

    @Test
    default void times_are_compared_by_when_they_are() {
        compares("at", FieldType.TIMESTAMP);
    }

    @Test
    default void long_texts_are_compared_to_their_ends() {
        try (DocumentRig rig = rig()) {
            String head = "\ud83d\ude00".repeat(200) + "x".repeat(400);
            rig.insert(word("a", head + "a"), word("b", head + "b"), word("c", head + "c"), word("h", head));
            assertThat(rig.ids(notes().where("word", Operator.EQUAL, head + "b")))
                    .containsExactly("b");
            assertThat(rig.ids(notes().where("word", Operator.IN, List.of(head + "a", head))))
                    .containsExactly("a", "h");
            assertThat(rig.ids(notes().where("word", Operator.LESS, head + "b")))
                    .containsExactly("a", "h");
            assertThat(rig.ids(notes().where("word", Operator.GREATER_OR_EQUAL, head + "b")))
                    .containsExactly("b", "c");
        }
    }

    @Test
    default void one_of_many_values_may_be_asked_for() {
        try (DocumentRig rig = rig()) {
            List<Document> documents = new ArrayList<>();
            for (int i = 100; i < 400; i++) {
                documents.add(DocumentRig.note("n" + i, Map.of("size", (long) i, "word", "w" + i)));
            }
            rig.insert(documents);
            List<Object> sizes = new ArrayList<>();
            List<Object> words = new ArrayList<>();
            for (int i = 100; i < 300; i += 2) {
                sizes.add((long) i);
                words.add("w" + (i + 100));
            }
            assertThat(rig.ids(notes().where("size", Operator.IN, sizes))).hasSize(100);
            DocumentQuery both = notes().where("size", Operator.IN, sizes).where("word", Operator.IN, words);
            assertThat(rig.ids(both.page(7, null)))
                    .hasSize(50)
                    .startsWith("n200", "n202")
                    .endsWith("n298");
            assertThat(rig.store().count(both)).isEqualTo(50);
        }
    }

    @Test
    default void several_conditions_must_all_hold() {
        try (DocumentRig rig = rig()) {
            for (long i = 0; i < 20; i++) {
                rig.insert(DocumentRig.note(
                        "n" + (10 + i), Map.of("size", i, "done", i % 2 == 0, "word", i % 3 == 0 ? "three" : "other")));
            }
            assertThat(rig.ids(notes().where("size", Operator.GREATER_OR_EQUAL, 5L)
                            .where("size", Operator.LESS, 15L)
                            .where("done", Operator.EQUAL, true)
                            .where("word", Operator.EQUAL, "three")))
                    .containsExactly("n16", "n22");
            assertThat(rig.ids(notes().where("size", Operator.LESS, 5L).where("size", Operator.GREATER_OR_EQUAL, 5L)))
                    .isEmpty();
        }
    }

    @Test
    default void documents_without_the_attribute_stand_first_or_last_and_meet_no_condition() {
        try (DocumentRig rig = rig()) {
            rig.insert(
                    DocumentRig.number("b", 2),
                    DocumentRig.number("c", 1),
                    word("a", "none"),
                    word("d", "none"),
                    DocumentRig.number("e", 1));
            assertThat(rig.ids(notes().orderBy("size", false))).containsExactly("a", "d", "c", "e", "b");
            assertThat(rig.ids(notes().orderBy("size", true))).containsExactly("b", "e", "c", "d", "a");
            assertThat(rig.ids(notes().where("size", Operator.LESS, Long.MAX_VALUE)))
                    .containsExactly("b", "c", "e");
            assertThat(rig.ids(notes().where("size", Operator.GREATER_OR_EQUAL, Long.MIN_VALUE)))
                    .containsExactly("b", "c", "e");
        }
    }

    @Test
    default void ids_are_ordered_by_code_points_either_way() {
        try (DocumentRig rig = rig()) {
            List<String> ids = List.of("0", "B", "a", "a ", "aa", "b", "z", "\u00e4", "\uffee", "\ud83d\ude00");
            ids.forEach(id -> rig.insert(word(id, "same")));
            assertThat(rig.ids(notes())).isEqualTo(ids);
            List<String> reversed = new ArrayList<>(ids);
            Collections.reverse(reversed);
            assertThat(rig.ids(new DocumentQuery("acme", "note", List.of(), null, true, 3, null)))
                    .isEqualTo(reversed);
            assertThat(rig.ids(notes().orderBy("word", false).page(3, null))).isEqualTo(ids);
            assertThat(rig.ids(notes().orderBy("word", true).page(3, null))).isEqualTo(reversed);
        }
    }

    @Test
    default void a_count_knows_no_pages() {
        try (DocumentRig rig = rig()) {
            assertThat(rig.store().count(notes())).isZero();
            for (long i = 0; i < 30; i++) {
                rig.insert(DocumentRig.number("n" + (10 + i), i % 3));
            }
            DocumentQuery query = notes().where("size", Operator.GREATER_OR_EQUAL, 1L)
                    .orderBy("size", true)
                    .page(5, null);
            String cursor = rig.store().query(query).cursor();
            assertThat(rig.store().count(query)).isEqualTo(20);
            assertThat(rig.store().count(query.page(1, cursor))).isEqualTo(20);
            assertThat(rig.store().count(DocumentQuery.of("zeta", "note"))).isZero();
        }
    }
}
