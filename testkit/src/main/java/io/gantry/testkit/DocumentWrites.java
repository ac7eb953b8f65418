// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static io.gantry.testkit.DocumentRig.TENANT;
import static io.gantry.testkit.DocumentRig.conflicts;
import static io.gantry.testkit.DocumentRig.delete;
import static io.gantry.testkit.DocumentRig.next;
import static io.gantry.testkit.DocumentRig.notes;
import static io.gantry.testkit.DocumentRig.number;
import static io.gantry.testkit.DocumentRig.replaceBy;
import static io.gantry.testkit.DocumentRig.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That a store changes documents as they are expected to be, all of a commit or none. */
interface DocumentWrites {

    private DocumentRig rig() {
        return DocumentRig.of(this);
    }

    @Test
    default void an_inserted_document_is_found_as_it_was_given() {
        try (DocumentRig rig = rig()) {
            Document document = word("a", "apple");
            rig.insert(document);
            assertThat(rig.find("a")).isEqualTo(document);
            assertThat(rig.find("b")).isNull();
        }
    }

    @Test
    default void a_replaced_document_has_nothing_of_the_one_before() {
        try (DocumentRig rig = rig()) {
            Document before = word("a", "apple");
            rig.insert(before);
            Document after = next(before, Map.of("size", 5L));
            rig.commit(replaceBy(after));
            assertThat(rig.find("a")).isEqualTo(after);
            Document bare = next(after, Map.of());
            rig.commit(replaceBy(bare));
            assertThat(rig.find("a")).isEqualTo(bare);
        }
    }

    @Test
    default void a_deleted_document_is_gone_and_may_be_inserted_anew() {
        try (DocumentRig rig = rig()) {
            Document document = word("a", "apple");
            rig.insert(document);
            rig.commit(delete(document));
            assertThat(rig.find("a")).isNull();
            assertThat(rig.ids(notes())).isEmpty();
            rig.insert(word("a", "again"));
            assertThat(rig.find("a")).isEqualTo(word("a", "again"));
        }
    }

    @Test
    default void documents_of_other_tenants_and_kinds_are_other_documents() {
        try (DocumentRig rig = rig()) {
            Document note = word("same", "apple");
            Document other = new Document("zeta", "note", "same", 1, Map.of("word", "pear"), "[]");
            Document plain = new Document(TENANT, "plain_thing", "same", 1, Map.of(), "null");
            rig.insert(note, other, plain);
            rig.commit(delete(other));
            assertThat(rig.store().find(TENANT, "note", "same")).contains(note);
            assertThat(rig.store().find(TENANT, "plain_thing", "same")).contains(plain);
            assertThat(rig.store().find("zeta", "note", "same")).isEmpty();
            assertThat(rig.all(notes())).containsExactly(note);
            assertThat(rig.all(DocumentQuery.of("zeta", "note"))).isEmpty();
        }
    }

    @Test
    default void an_insert_of_a_document_that_is_there_conflicts() {
        try (DocumentRig rig = rig()) {
            rig.insert(word("a", "apple"));
            conflicts(() -> rig.insert(word("a", "pear")));
            assertThat(rig.find("a")).isEqualTo(word("a", "apple"));
        }
    }

    @Test
    default void a_replacement_or_deletion_of_a_document_that_is_not_there_conflicts() {
        try (DocumentRig rig = rig()) {
            Document document = word("a", "apple");
            conflicts(() -> rig.commit(replaceBy(next(document, Map.of()))));
            conflicts(() -> rig.commit(delete(document)));
            conflicts(() -> rig.commit(new DocumentWrite.Delete(TENANT, "note", "a", 0)));
            assertThat(rig.find("a")).isNull();
        }
    }

    @Test
    default void a_stale_replacement_or_deletion_conflicts_and_so_does_one_from_the_future() {
        try (DocumentRig rig = rig()) {
            Document first = word("a", "apple");
            Document second = next(first, Map.of("word", "pear"));
            Document third = next(second, Map.of("word", "plum"));
            Document fourth = next(third, Map.of("word", "fig"));
            rig.insert(first);
            rig.commit(replaceBy(second));
            conflicts(() -> rig.commit(replaceBy(second)));
            conflicts(() -> rig.commit(replaceBy(fourth)));
            conflicts(() -> rig.commit(delete(first)));
            conflicts(() -> rig.commit(delete(third)));
            assertThat(rig.find("a")).isEqualTo(second);
            rig.commit(replaceBy(third));
            assertThat(rig.find("a")).isEqualTo(third);
        }
    }

    @Test
    default void several_writes_are_one_step() {
        try (DocumentRig rig = rig()) {
            Document kept = word("kept", "apple");
            Document gone = word("gone", "pear");
            rig.insert(kept, gone);
            Document plain = new Document(TENANT, "plain_thing", "new", 1, Map.of(), "{}");
            Document changed = next(kept, Map.of("size", 1L));
            rig.commit(delete(gone), new DocumentWrite.Insert(plain), replaceBy(changed));
            assertThat(rig.all(notes())).containsExactly(changed);
            assertThat(rig.store().find(TENANT, "plain_thing", "new")).contains(plain);
        }
    }

    @Test
    default void a_commit_with_one_conflict_changes_nothing() {
        try (DocumentRig rig = rig()) {
            Document one = word("one", "apple");
            Document two = word("two", "pear");
            Document three = word("three", "plum");
            rig.insert(one, two, three);
            List<DocumentWrite> good = List.of(
                    replaceBy(next(one, Map.of("word", "changed"))),
                    delete(two),
                    new DocumentWrite.Insert(word("four", "fig")),
                    new DocumentWrite.Insert(new Document(TENANT, "plain_thing", "five", 1, Map.of(), "{}")));
            List<DocumentWrite> bad = List.of(
                    replaceBy(next(next(three, Map.of()), Map.of())),
                    new DocumentWrite.Insert(word("three", "again")),
                    new DocumentWrite.Delete(TENANT, "note", "three", 7),
                    new DocumentWrite.Delete(TENANT, "plain_thing", "none", 1));
            for (DocumentWrite conflict : bad) {
                for (int place = 0; place <= good.size(); place++) {
                    List<DocumentWrite> writes = new ArrayList<>(good);
                    writes.add(place, conflict);
                    conflicts(() -> rig.store().commit(writes));
                }
            }
            assertThat(rig.all(notes())).containsExactly(one, three, two);
            assertThat(rig.store().find(TENANT, "plain_thing", "five")).isEmpty();
            rig.store().commit(good);
            assertThat(rig.ids(notes())).containsExactly("four", "one", "three");
        }
    }

    @Test
    default void a_commit_of_nothing_does_nothing() {
        try (DocumentRig rig = rig()) {
            rig.commit();
            assertThat(rig.ids(notes())).isEmpty();
        }
    }

    @Test
    default void a_commit_may_hold_a_thousand_documents() {
        try (DocumentRig rig = rig()) {
            List<DocumentWrite> writes = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                writes.add(new DocumentWrite.Insert(number("n" + i, i)));
            }
            rig.store().commit(writes);
            assertThat(rig.store().count(notes())).isEqualTo(1_000);
        }
    }
}
