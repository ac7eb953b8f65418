// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static io.gantry.testkit.DocumentRig.TENANT;
import static io.gantry.testkit.DocumentRig.notes;
import static io.gantry.testkit.DocumentRig.refused;
import static io.gantry.testkit.DocumentRig.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.spi.ProviderException;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentQuery.Operator;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.document.DocumentWrite;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That what a store cannot keep is refused with the same codes everywhere, and changes nothing. */
interface DocumentRefusals {

    private DocumentRig rig() {
        return DocumentRig.of(this);
    }

    private static Document withValue(String attribute, Object value) {
        return DocumentRig.note("a", Map.of(attribute, value));
    }

    @Test
    default void kinds_that_were_not_declared_are_refused() {
        try (DocumentRig rig = rig()) {
            DocumentStore store = rig.store();
            Document stranger = new Document(TENANT, "stranger", "a", 1, Map.of(), "{}");
            refused("DOCUMENT_KIND_UNKNOWN", () -> rig.insert(word("a", "apple"), stranger));
            refused("DOCUMENT_KIND_UNKNOWN", () -> store.find(TENANT, "stranger", "a"));
            refused("DOCUMENT_KIND_UNKNOWN", () -> store.find(TENANT, "no\0te'\"", "a"));
            refused("DOCUMENT_KIND_UNKNOWN", () -> store.query(DocumentQuery.of(TENANT, "Note")));
            refused("DOCUMENT_KIND_UNKNOWN", () -> store.count(DocumentQuery.of(TENANT, "stranger")));
            refused(
                    "DOCUMENT_KIND_UNKNOWN",
                    () -> rig.commit(new DocumentWrite.Delete(TENANT, "note; DROP TABLE note", "a", 1)));
            assertThat(rig.ids(notes())).isEmpty();
        }
    }

    @Test
    default void attributes_that_were_not_declared_are_refused() {
        try (DocumentRig rig = rig()) {
            DocumentStore store = rig.store();
            refused("DOCUMENT_ATTRIBUTE_UNKNOWN", () -> rig.insert(word("b", "pear"), withValue("colour", "red")));
            refused("DOCUMENT_ATTRIBUTE_UNKNOWN", () -> store.query(notes().orderBy("body", false)));
            refused("DOCUMENT_ATTRIBUTE_UNKNOWN", () -> store.query(notes().orderBy("word\" DESC; --", true)));
            refused(
                    "DOCUMENT_ATTRIBUTE_UNKNOWN",
                    () -> store.count(notes().where("word' OR 1=1 --", Operator.EQUAL, "x")));
            assertThat(rig.ids(notes())).isEmpty();
        }
    }

    @Test
    default void values_of_another_type_are_refused() {
        try (DocumentRig rig = rig()) {
            DocumentStore store = rig.store();
            refused("DOCUMENT_INVALID", () -> rig.insert(withValue("size", "5")));
            refused("DOCUMENT_INVALID", () -> rig.insert(withValue("size", 5)));
            refused("DOCUMENT_INVALID", () -> rig.insert(withValue("word", 5L)));
            refused("DOCUMENT_INVALID", () -> rig.insert(withValue("at", "2026-01-01T00:00:00Z")));
            refused("DOCUMENT_INVALID", () -> store.query(notes().where("done", Operator.EQUAL, 1L)));
            refused("DOCUMENT_INVALID", () -> store.query(notes().where("size", Operator.LESS, "9")));
            refused("DOCUMENT_INVALID", () -> store.query(notes().where("size", Operator.IN, List.of(1L, "2"))));
            refused("DOCUMENT_INVALID", () -> store.query(notes().where("size", Operator.IN, 1L)));
            refused("DOCUMENT_INVALID", () -> store.query(notes().where("size", Operator.EQUAL, List.of(1L))));
            assertThat(rig.ids(notes())).isEmpty();
        }
    }

    @Test
    default void a_list_of_no_values_or_too_many_is_refused() {
        try (DocumentRig rig = rig()) {
            refused("DOCUMENT_INVALID", () -> rig.ids(notes().where("size", Operator.IN, List.of())));
            List<Long> many = Collections.nCopies(101, 1L);
            refused("DOCUMENT_INVALID", () -> rig.ids(notes().where("size", Operator.IN, many)));
            assertThat(rig.ids(notes().where("size", Operator.IN, many.subList(0, 100))))
                    .isEmpty();
        }
    }

    @Test
    default void times_before_year_1_and_after_year_9999_are_refused() {
        try (DocumentRig rig = rig()) {
            Instant early = Instant.parse("0000-12-31T23:59:59.999999Z");
            Instant late = Instant.parse("+10000-01-01T00:00:00Z");
            refused("DOCUMENT_INVALID", () -> rig.insert(withValue("at", early)));
            refused("DOCUMENT_INVALID", () -> rig.insert(withValue("at", late)));
            refused("DOCUMENT_INVALID", () -> rig.insert(withValue("at", Instant.MAX)));
            refused("DOCUMENT_INVALID", () -> rig.ids(notes().where("at", Operator.LESS, late)));
        }
    }

    @Test
    default void text_that_is_too_long_is_refused() {
        try (DocumentRig rig = rig()) {
            refused("DOCUMENT_LIMIT_EXCEEDED", () -> rig.insert(word("x".repeat(201), "a")));
            refused("DOCUMENT_LIMIT_EXCEEDED", () -> rig.insert(word("a", "x".repeat(1_001))));
            refused(
                    "DOCUMENT_LIMIT_EXCEEDED",
                    () -> rig.insert(new Document("t".repeat(101), "note", "a", 1, Map.of(), "")));
            refused("DOCUMENT_LIMIT_EXCEEDED", () -> rig.ids(notes().where("word", Operator.EQUAL, "x".repeat(1_001))));
            refused("DOCUMENT_LIMIT_EXCEEDED", () -> rig.ids(DocumentQuery.of("t".repeat(101), "note")));
            refused("DOCUMENT_INVALID", () -> rig.insert(word("", "a")));
            assertThat(rig.ids(notes())).isEmpty();
        }
    }

    @Test
    default void nul_characters_and_halves_of_surrogate_pairs_are_refused_wherever_they_stand() {
        try (DocumentRig rig = rig()) {
            for (String bad : List.of("\0", "a\0b", "\ud83d", "\ude00", "\ude00\ud83d", "a\ud83d")) {
                refused("DOCUMENT_TEXT_INVALID", () -> rig.insert(word(bad, "a")));
                refused("DOCUMENT_TEXT_INVALID", () -> rig.insert(word("a", bad)));
                refused("DOCUMENT_TEXT_INVALID", () -> rig.insert(new Document(bad, "note", "a", 1, Map.of(), "{}")));
                refused(
                        "DOCUMENT_TEXT_INVALID",
                        () -> rig.insert(new Document(TENANT, "note", "a", 1, Map.of(), "\"" + bad + "\"")));
                refused("DOCUMENT_TEXT_INVALID", () -> rig.ids(notes().where("word", Operator.LESS, bad)));
                refused("DOCUMENT_TEXT_INVALID", () -> rig.ids(DocumentQuery.of(bad, "note")));
                refused("DOCUMENT_TEXT_INVALID", () -> rig.commit(new DocumentWrite.Delete(TENANT, "note", bad, 1)));
            }
            assertThat(rig.ids(notes())).isEmpty();
        }
    }

    @Test
    default void an_id_that_no_document_can_have_finds_nothing() {
        try (DocumentRig rig = rig()) {
            rig.insert(word("a", "apple"));
            for (String odd : List.of("", "\0", "a\0", "\ud83d", "x".repeat(201), "x".repeat(100_000), "' OR 1=1 --")) {
                assertThat(rig.store().find(TENANT, "note", odd)).isEmpty();
                assertThat(rig.store().find(odd, "note", "a")).isEmpty();
            }
        }
    }

    @Test
    default void a_body_may_have_16_mib_and_not_a_byte_more() {
        try (DocumentRig rig = rig()) {
            Document large = new Document(TENANT, "note", "a", 1, Map.of(), "x".repeat(16 << 20));
            rig.insert(large);
            assertThat(large.equals(rig.find("a"))).isTrue(); // nobody wants to read it in a message
            refused(
                    "DOCUMENT_LIMIT_EXCEEDED",
                    () -> rig.insert(new Document(TENANT, "note", "b", 1, Map.of(), "x".repeat(16 << 20) + "y")));
            refused(
                    "DOCUMENT_LIMIT_EXCEEDED",
                    () -> rig.insert(new Document(TENANT, "note", "c", 1, Map.of(), "\u00e9".repeat((8 << 20) + 1))));
        }
    }

    @Test
    default void revisions_that_make_no_sense_are_refused() {
        try (DocumentRig rig = rig()) {
            Document first = word("a", "apple");
            refused("DOCUMENT_INVALID", () -> rig.insert(DocumentRig.next(first, Map.of())));
            refused("DOCUMENT_INVALID", () -> rig.commit(DocumentRig.replaceBy(first)));
            refused("DOCUMENT_INVALID", () -> rig.insert(new Document(TENANT, "note", "a", 0, Map.of(), "")));
        }
    }

    @Test
    default void a_commit_that_writes_a_document_twice_is_refused() {
        try (DocumentRig rig = rig()) {
            Document first = word("a", "apple");
            refused("DOCUMENT_INVALID", () -> rig.insert(first, first));
            refused(
                    "DOCUMENT_INVALID",
                    () -> rig.commit(
                            new DocumentWrite.Insert(first), DocumentRig.replaceBy(DocumentRig.next(first, Map.of()))));
            assertThat(rig.find("a")).isNull();
        }
    }

    @Test
    default void a_store_that_is_not_open_says_so() {
        DocumentStore store = ((DocumentStoreContract) this).create();
        assertThatThrownBy(() -> store.find(TENANT, "note", "a"))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.code()).isEqualTo("STORE_CLOSED"));
        store.open(List.of(DocumentRig.NOTE));
        store.close();
        store.close();
        assertThatThrownBy(() -> store.query(notes()))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.code()).isEqualTo("STORE_CLOSED"));
        assertThatThrownBy(() -> store.commit(List.of(new DocumentWrite.Insert(word("a", "b")))))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.code()).isEqualTo("STORE_CLOSED"));
    }
}
