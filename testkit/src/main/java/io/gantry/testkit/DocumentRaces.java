// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static io.gantry.testkit.DocumentRig.TENANT;
import static io.gantry.testkit.DocumentRig.notes;
import static io.gantry.testkit.DocumentRig.replaceBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.ProviderException;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.document.DocumentWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** That of callers who race for a document exactly one wins, and that nobody sees half of a commit. */
interface DocumentRaces {

    private DocumentRig rig() {
        return DocumentRig.of(this);
    }

    /** Whether it was done; false when it conflicted. Any other failure is one of the test. */
    private static boolean won(DocumentStore store, DocumentWrite... writes) {
        try {
            store.commit(List.of(writes));
            return true;
        } catch (ProviderException e) {
            if (!e.code().equals("REVISION_CONFLICT")) {
                throw e;
            }
            return false;
        }
    }

    private static Document get(DocumentStore store, String id) {
        return store.find(TENANT, "note", id).orElseThrow();
    }

    private static long size(Document document) {
        return (Long) Objects.requireNonNull(document.attributes().get("size"));
    }

    private static Document plus(Document document, long more) {
        return DocumentRig.next(document, Map.of("size", size(document) + more));
    }

    @Test
    default void of_eight_threads_that_replace_a_document_one_wins_each_revision() {
        try (DocumentRig rig = rig()) {
            rig.insert(DocumentRig.number("counter", 0));
            Queue<Long> won = new ConcurrentLinkedQueue<>();
            Together.run(8, thread -> {
                for (int wins = 0; wins < 25; ) {
                    Document next = plus(get(rig.store(), "counter"), 1);
                    if (won(rig.store(), replaceBy(next))) {
                        won.add(next.revision());
                        wins++;
                    }
                }
            });
            Document last = get(rig.store(), "counter");
            assertThat(last.revision()).isEqualTo(201);
            assertThat(size(last)).isEqualTo(200);
            assertThat(won).hasSize(200).doesNotHaveDuplicates();
        }
    }

    @Test
    default void of_eight_threads_that_insert_a_document_one_wins() {
        try (DocumentRig rig = rig()) {
            Set<String> winners = ConcurrentHashMap.newKeySet();
            AtomicInteger wins = new AtomicInteger();
            Together.run(8, thread -> {
                for (int i = 0; i < 20; i++) {
                    Document claim = DocumentRig.word("claim" + i, "thread" + thread);
                    if (won(rig.store(), new DocumentWrite.Insert(claim))) {
                        winners.add(claim.id() + " thread" + thread);
                        wins.incrementAndGet();
                    }
                }
            });
            assertThat(wins).hasValue(20);
            assertThat(rig.all(notes()))
                    .extracting(document ->
                            document.id() + " " + document.attributes().get("word"))
                    .containsExactlyInAnyOrderElementsOf(winners);
        }
    }

    @Test
    default void a_deletion_and_a_replacement_do_not_both_win() {
        try (DocumentRig rig = rig()) {
            for (int turn = 0; turn < 20; turn++) {
                Document document = DocumentRig.number("n" + turn, 1);
                rig.insert(document);
                AtomicInteger wins = new AtomicInteger();
                Together.run(4, thread -> {
                    DocumentWrite write =
                            thread % 2 == 0 ? DocumentRig.delete(document) : replaceBy(plus(document, thread));
                    if (won(rig.store(), write)) {
                        wins.incrementAndGet();
                    }
                });
                assertThat(wins).hasValue(1);
            }
        }
    }

    @Test
    default void commits_that_name_the_same_documents_in_any_order_lose_nothing() {
        try (DocumentRig rig = rig()) {
            for (int i = 0; i < 4; i++) {
                rig.insert(DocumentRig.number("account" + i, 1_000));
            }
            Together.run(8, thread -> {
                for (int done = 0; done < 15; ) {
                    String from = "account" + thread % 4;
                    String to = "account" + (thread + 1 + done % 3) % 4;
                    DocumentStore store = rig.store();
                    DocumentWrite less = replaceBy(plus(get(store, from), -1));
                    DocumentWrite more = replaceBy(plus(get(store, to), 1));
                    DocumentWrite receipt = new DocumentWrite.Insert(
                            new Document(TENANT, "plain_thing", "t" + thread + "-" + done, 1, Map.of(), "{}"));
                    if (done % 2 == 0 ? won(store, less, receipt, more) : won(store, more, receipt, less)) {
                        done++;
                    }
                }
            });
            assertThat(rig.all(notes()).stream().mapToLong(DocumentRaces::size).sum())
                    .isEqualTo(4_000);
            assertThat(rig.all(notes()).stream()
                            .mapToLong(document -> document.revision() - 1)
                            .sum())
                    .isEqualTo(8 * 15 * 2);
        }
    }

    @Test
    default void nobody_sees_half_of_a_commit() {
        try (DocumentRig rig = rig()) {
            rig.insert(DocumentRig.number("a", 0), DocumentRig.number("b", 0));
            AtomicBoolean ended = new AtomicBoolean();
            Together.run(4, thread -> {
                if (thread == 0) {
                    for (int i = 0; i < 100; i++) {
                        Document a = get(rig.store(), "a");
                        Document b = get(rig.store(), "b");
                        rig.commit(replaceBy(plus(b, 1)), replaceBy(plus(a, 1)));
                    }
                    ended.set(true);
                    return;
                }
                long last = 0;
                do {
                    List<Document> both = rig.store().query(notes()).documents();
                    assertThat(both).hasSize(2);
                    assertThat(size(both.get(0))).isEqualTo(size(both.get(1))).isGreaterThanOrEqualTo(last);
                    last = size(both.get(0));
                } while (!ended.get());
            });
        }
    }

    @Test
    default void pages_are_whole_while_others_write() {
        try (DocumentRig rig = rig()) {
            List<Document> steady = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                steady.add(DocumentRig.number("s" + i, i % 20));
            }
            rig.insert(steady);
            AtomicBoolean ended = new AtomicBoolean();
            Together.run(3, thread -> {
                if (thread > 0) {
                    for (int i = 0; !ended.get(); i++) {
                        Document passing = DocumentRig.number("p" + thread + "-" + i, i % 20);
                        rig.insert(passing);
                        rig.commit(DocumentRig.delete(passing));
                    }
                    return;
                }
                try {
                    for (int turn = 0; turn < 10; turn++) {
                        assertThat(rig.ids(
                                        notes().orderBy("size", turn % 2 == 0).page(9, null)))
                                .filteredOn(id -> id.startsWith("s"))
                                .hasSize(200)
                                .doesNotHaveDuplicates();
                    }
                } finally {
                    ended.set(true);
                }
            });
        }
    }
}
