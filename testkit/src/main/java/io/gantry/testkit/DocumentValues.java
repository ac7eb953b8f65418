// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static io.gantry.testkit.DocumentRig.TENANT;
import static io.gantry.testkit.DocumentRig.notes;
import static io.gantry.testkit.DocumentRig.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentQuery.Operator;
import io.gantry.spi.schema.FieldType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** That a store gives back what it was given, to the letter, and finds it by it. */
interface DocumentValues {

    private DocumentRig rig() {
        return DocumentRig.of(this);
    }

    private void comeBack(String attribute, List<Object> values) {
        try (DocumentRig rig = rig()) {
            List<Document> documents = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                documents.add(DocumentRig.note("n" + (100 + i), Map.of(attribute, values.get(i))));
            }
            rig.insert(documents);
            assertThat(rig.all(notes())).isEqualTo(documents);
            for (Document document : documents) {
                Object value = Objects.requireNonNull(document.attributes().get(attribute));
                assertThat(rig.find(document.id())).isEqualTo(document);
                assertThat(rig.all(notes().where(attribute, Operator.EQUAL, value)))
                        .as("equal to " + value)
                        .containsExactly(document);
            }
        }
    }

    @Test
    default void texts_come_back_and_are_found() {
        List<Object> texts = new ArrayList<>(Values.ascending(FieldType.STRING));
        texts.addAll(Values.scripts());
        texts.addAll(List.of(" ", "  ", "a ", " a", "\u0001", "\u007f", "'", "\\", "\\\\", "NULL", "\r\n\t", "\uffff"));
        texts.addAll(List.of("x".repeat(1_000), "x".repeat(999) + "y", "\ud83d\ude00".repeat(500), longest()));
        comeBack("word", texts);
    }

    /** A thousand characters of three bytes which no index can make much smaller. */
    private static String longest() {
        StringBuilder text = new StringBuilder();
        int place = 17;
        while (text.length() < 1_000) {
            place = (place * 48_271 + 11) & 0x7fffffff;
            text.append((char) (0x4e00 + place % 20_000));
        }
        return text.toString();
    }

    @Test
    default void numbers_come_back_and_are_found() {
        comeBack("size", List.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, -1L, 0L, 1L, 1L << 53, Long.MAX_VALUE));
    }

    @Test
    default void flags_come_back_and_are_found() {
        comeBack("done", List.of(true, false));
    }

    @Test
    default void times_come_back_and_are_found() {
        List<Object> times = new ArrayList<>(Values.ascending(FieldType.TIMESTAMP));
        times.addAll(Values.extremes(FieldType.TIMESTAMP, 38));
        times.add(Instant.EPOCH);
        times.add(Instant.parse("1582-10-10T12:00:00Z")); // a day that other calendars do not have
        times.add(Instant.parse("2026-10-25T00:30:00Z"));
        times.add(Instant.parse("2026-10-25T01:30:00Z"));
        times.add(Instant.parse("2026-10-25T01:30:00.000001Z"));
        comeBack("at", times);
    }

    @Test
    default void times_are_kept_and_compared_in_microseconds() {
        try (DocumentRig rig = rig()) {
            Instant fine = Instant.parse("2026-01-01T00:00:00.123456789Z");
            rig.insert(DocumentRig.note("a", Map.of("at", fine)));
            Document found = Objects.requireNonNull(rig.find("a"));
            assertThat(found.attributes()).containsEntry("at", Instant.parse("2026-01-01T00:00:00.123456Z"));
            assertThat(rig.ids(notes().where("at", Operator.EQUAL, fine))).containsExactly("a");
            assertThat(rig.ids(notes().where("at", Operator.LESS, fine))).isEmpty();
        }
    }

    @Test
    default void every_attribute_may_be_absent() {
        try (DocumentRig rig = rig()) {
            Document full = DocumentRig.note(
                    "full", Map.of("word", "", "size", 0L, "done", false, "at", Instant.parse("2026-01-01T00:00:00Z")));
            Document bare = DocumentRig.note("bare", Map.of());
            rig.insert(full, bare);
            assertThat(rig.all(notes())).containsExactly(bare, full);
        }
    }

    @Test
    default void tenants_and_ids_in_many_scripts_are_told_apart_to_the_letter() {
        try (DocumentRig rig = rig()) {
            List<String> names = new ArrayList<>(Values.scripts());
            names.addAll(List.of("a", "A", "\u00e1", "\u00c1", "a ", " a", "a\u0301", "ss", "\u00df", "i", "\u0130"));
            names.addAll(List.of("../../etc/passwd", "%", "_", "\\", "'", "x".repeat(100)));
            for (String tenant : names) {
                rig.insert(names.stream()
                        .map(id -> new Document(tenant, "note", id, 1, Map.of("word", id), tenant + id))
                        .toList());
            }
            for (String tenant : names) {
                assertThat(rig.store().count(DocumentQuery.of(tenant, "note"))).isEqualTo(names.size());
                for (String id : names) {
                    assertThat(rig.store().find(tenant, "note", id))
                            .hasValueSatisfying(
                                    found -> assertThat(found.body()).isEqualTo(tenant + id));
                }
            }
        }
    }

    @Test
    default void names_may_be_as_long_as_is_said() {
        try (DocumentRig rig = rig()) {
            String tenant = longest().substring(0, 100);
            String id = longest().substring(0, 200);
            Document document = new Document(tenant, "note", id, 1, Map.of("word", longest()), "{}");
            rig.insert(document);
            assertThat(rig.store().find(tenant, "note", id)).contains(document);
            assertThat(rig.all(DocumentQuery.of(tenant, "note").orderBy("word", true)))
                    .containsExactly(document);
        }
    }

    @Test
    default void bodies_come_back_to_the_letter() {
        try (DocumentRig rig = rig()) {
            List<String> bodies = new ArrayList<>(Values.scripts());
            bodies.addAll(List.of(
                    "",
                    " ",
                    "{\"b\": 1,  \"a\": 1.0, \"a\": 2}\r\n",
                    "{\"zero\":\"\\u0000\"}",
                    "not json",
                    "\u0001\u001f\u007f\ufffe\uffff",
                    "\ud83d\ude00".repeat(100_000)));
            for (int i = 0; i < bodies.size(); i++) {
                rig.insert(new Document(TENANT, "plain_thing", "b" + i, 1, Map.of(), bodies.get(i)));
            }
            for (int i = 0; i < bodies.size(); i++) {
                String body = bodies.get(i);
                assertThat(rig.store().find(TENANT, "plain_thing", "b" + i))
                        .hasValueSatisfying(
                                found -> assertThat(found.body().equals(body)).isTrue());
            }
        }
    }

    @Test
    default void a_document_that_was_changed_is_found_by_its_new_values_only() {
        try (DocumentRig rig = rig()) {
            Document before = word("a", "apple");
            rig.insert(before);
            rig.commit(DocumentRig.replaceBy(DocumentRig.next(before, Map.of("word", "pear"))));
            assertThat(rig.ids(notes().where("word", Operator.EQUAL, "apple"))).isEmpty();
            assertThat(rig.ids(notes().where("word", Operator.EQUAL, "pear"))).containsExactly("a");
        }
    }
}
