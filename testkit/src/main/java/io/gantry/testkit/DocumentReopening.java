// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static io.gantry.testkit.DocumentRig.NOTE;
import static io.gantry.testkit.DocumentRig.PLAIN;
import static io.gantry.testkit.DocumentRig.TENANT;
import static io.gantry.testkit.DocumentRig.conflicts;
import static io.gantry.testkit.DocumentRig.next;
import static io.gantry.testkit.DocumentRig.notes;
import static io.gantry.testkit.DocumentRig.replaceBy;
import static io.gantry.testkit.DocumentRig.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gantry.spi.ProviderException;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentKind.Type;
import io.gantry.spi.document.DocumentPage;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentQuery.Operator;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.document.DocumentWrite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** That documents outlive a store's object, that kinds may grow, and that stores may share their documents. */
interface DocumentReopening {

    private DocumentRig rig() {
        return DocumentRig.of(this);
    }

    private static DocumentKind grown() {
        Map<String, Type> attributes = new HashMap<>(NOTE.attributes());
        attributes.put("colour", Type.TEXT);
        attributes.put("weight", Type.NUMBER);
        attributes.put("lost", Type.FLAG);
        attributes.put("seen", Type.TIME);
        return new DocumentKind(NOTE.name(), attributes);
    }

    @Test
    default void a_store_that_is_opened_again_has_its_documents() {
        try (DocumentRig rig = rig()) {
            Document document = word("a", "apple");
            rig.insert(document);
            String cursor;
            rig.insert(word("b", "pear"));
            cursor = rig.store().query(notes().page(1, null)).cursor();
            rig.end();
            try (DocumentRig again = rig.again(NOTE, PLAIN)) {
                assertThat(again.find("a")).isEqualTo(document);
                DocumentPage second = again.store().query(notes().page(1, cursor));
                assertThat(second.documents()).extracting(Document::id).containsExactly("b");
            }
        }
    }

    @Test
    default void a_kind_may_gain_attributes() {
        try (DocumentRig rig = rig()) {
            Document before = word("old", "apple");
            rig.insert(before);
            rig.end();
            DocumentKind more = new DocumentKind("more", Map.of("colour", Type.TEXT));
            try (DocumentRig again = rig.again(grown(), PLAIN, more)) {
                assertThat(again.find("old")).isEqualTo(before);
                Document fresh = DocumentRig.note("new", Map.of("colour", "red", "weight", 5L, "lost", true));
                again.insert(fresh, new Document(TENANT, "more", "a", 1, Map.of("colour", "red"), "{}"));
                assertThat(again.find("new")).isEqualTo(fresh);
                assertThat(again.ids(notes().orderBy("colour", false))).containsExactly("old", "new");
                Document after = next(before, Map.of("word", "apple", "colour", "blue"));
                again.commit(replaceBy(after));
                assertThat(again.all(notes().orderBy("colour", false))).containsExactly(after, fresh);
                assertThat(again.ids(notes().where("colour", Operator.EQUAL, "blue")))
                        .containsExactly("old");
                assertThat(again.ids(DocumentQuery.of(TENANT, "more"))).containsExactly("a");
            }
        }
    }

    @Test
    default void an_attribute_that_is_no_longer_declared_keeps_its_values() {
        try (DocumentRig rig = rig()) {
            rig.insert(DocumentRig.note("a", Map.of("word", "apple", "size", 5L)));
            rig.end();
            DocumentKind less = new DocumentKind(NOTE.name(), Map.of("word", Type.TEXT));
            try (DocumentRig again = rig.again(less)) {
                assertThat(again.ids(notes().where("word", Operator.EQUAL, "apple")))
                        .containsExactly("a");
                again.insert(word("b", "pear"));
                again.end();
                try (DocumentRig last = again.again(NOTE)) {
                    assertThat(last.ids(notes().where("size", Operator.EQUAL, 5L)))
                            .containsExactly("a");
                    assertThat(last.ids(notes().orderBy("size", true))).containsExactly("a", "b");
                }
            }
        }
    }

    @Test
    default void an_attribute_cannot_become_one_of_another_type() {
        try (DocumentRig rig = rig()) {
            rig.insert(word("a", "apple"));
            rig.end();
            DocumentKind bent = new DocumentKind(NOTE.name(), Map.of("word", Type.NUMBER));
            DocumentRig.refused("DOCUMENT_KIND_CHANGED", () -> rig.again(bent).end());
        }
    }

    @Test
    default void stores_that_share_their_documents_see_each_others_commits_at_once() {
        try (DocumentRig rig = rig()) {
            assumeTrue(rig.contract().areShared());
            try (DocumentRig other = rig.again(NOTE, PLAIN)) {
                for (int i = 0; i < 20; i++) {
                    Document document = DocumentRig.number("n" + i, i);
                    rig.insert(document);
                    assertThat(other.find("n" + i)).isEqualTo(document);
                    Document changed = next(document, Map.of("word", "changed"));
                    other.commit(replaceBy(changed));
                    assertThat(rig.find("n" + i)).isEqualTo(changed);
                    conflicts(() -> rig.commit(replaceBy(changed)));
                }
                assertThat(rig.store().count(notes())).isEqualTo(20);
                other.end();
                assertThat(rig.store().count(notes())).isEqualTo(20);
            }
        }
    }

    @Test
    default void stores_that_share_their_documents_race_as_threads_do() {
        try (DocumentRig rig = rig()) {
            assumeTrue(rig.contract().areShared());
            try (DocumentRig other = rig.again(NOTE, PLAIN)) {
                rig.insert(DocumentRig.number("counter", 0));
                Together.run(4, thread -> {
                    DocumentRig mine = thread % 2 == 0 ? rig : other;
                    for (int wins = 0; wins < 20; ) {
                        Document current = Objects.requireNonNull(mine.find("counter"));
                        long size = (Long)
                                Objects.requireNonNull(current.attributes().get("size"));
                        Document next = next(current, Map.of("size", size + 1));
                        try {
                            mine.commit(replaceBy(next));
                            wins++;
                        } catch (ProviderException e) {
                            assertThat(e.code()).isEqualTo("REVISION_CONFLICT");
                        }
                    }
                });
                assertThat(rig.ids(notes().where("size", Operator.EQUAL, 80L))).containsExactly("counter");
            }
        }
    }

    @Test
    default void stores_that_share_their_documents_may_be_opened_at_the_same_time() {
        DocumentStoreContract contract = (DocumentStoreContract) this;
        assumeTrue(contract.areShared());
        DocumentStore first = contract.create();
        List<DocumentStore> stores =
                List.of(first, contract.again(first), contract.again(first), contract.again(first));
        ConcurrentLinkedQueue<DocumentStore> opened = new ConcurrentLinkedQueue<>();
        Together.run(stores.size(), thread -> {
            DocumentStore store = stores.get(thread);
            store.open(List.of(thread % 2 == 0 ? NOTE : grown(), PLAIN));
            store.commit(List.of(new DocumentWrite.Insert(word("n" + thread, "apple"))));
            opened.add(store);
        });
        assertThat(opened).hasSize(4).allSatisfy(store -> {
            assertThat(store.count(notes())).isEqualTo(4);
            store.close();
        });
    }
}
