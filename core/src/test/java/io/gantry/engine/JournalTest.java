// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.audit.AuditEvent;
import io.gantry.spi.FailureKind;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.document.DocumentWrite;
import io.gantry.testkit.SettableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the journal makes of a store that is lost while it commits. */
class JournalTest {

    private static final DocumentKind THING = new DocumentKind("thing", Map.of());

    private final LosingDocuments store = new LosingDocuments();
    private final DocumentStore documents = new EngineDocuments(store);
    private final SettableClock clock = SettableClock.at("2026-01-31T08:00:00Z");
    private final Journal journal = new Journal(documents, clock);
    private int decisions;

    @BeforeEach
    void open() {
        documents.open(List.of(Journal.EVENTS, THING));
    }

    private static Document thing(String id, long revision, String body) {
        return new Document("acme", THING.name(), id, revision, Map.of(), body);
    }

    /** Makes a thing, unless it is there: then that is refused. */
    private String insert(String id, boolean audited) {
        return journal.commit("acme", draft -> {
            decisions++;
            if (documents.find("acme", THING.name(), id).isPresent()) {
                throw new GantryException(ErrorCode.PIPELINE_EXISTS, "There is " + id + " already");
            }
            draft.insert(thing(id, 1, "\"" + decisions + "\""));
            if (audited) {
                draft.note("ada", "MAKE", id, null, null, null);
            }
            return "made by decision " + decisions;
        });
    }

    /** Makes the next revision of a thing. */
    private String replace(String id, boolean audited) {
        return journal.commit("acme", draft -> {
            decisions++;
            Document before = documents.find("acme", THING.name(), id).orElseThrow();
            draft.replace(thing(id, before.revision() + 1, "\"" + decisions + "\""));
            if (audited) {
                draft.note("ada", "CHANGE", id, null, null, null);
            }
            return "made by decision " + decisions;
        });
    }

    private void overwrite(String id) {
        Document before = store.real().find("acme", THING.name(), id).orElseThrow();
        store.real().commit(List.of(new DocumentWrite.Replace(thing(id, before.revision() + 1, "\"other\""))));
    }

    private List<String> events() {
        assertThat(new AuditChain(documents, "acme").verify(null).problem()).isEmpty();
        return documents
                .query(DocumentQuery.of("acme", Journal.EVENTS.name()).orderBy("sequence", false))
                .documents()
                .stream()
                .map(document -> Json.read(document.body(), AuditEvent.class))
                .map(event -> event.action() + " " + event.subject())
                .toList();
    }

    private Optional<String> body(String id) {
        return documents.find("acme", THING.name(), id).map(Document::body);
    }

    private static void lost(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(GantryException.class, e -> {
            assertThat(e.code()).isEqualTo("STORE_LOST");
            assertThat(e.kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
        });
    }

    @Test
    void what_was_committed_although_the_store_was_lost_is_done() {
        store.commitThenLose();
        assertThat(insert("a", true)).isEqualTo("made by decision 1");
        assertThat(store.commits()).hasSize(1);
        store.commitThenLose();
        assertThat(replace("a", true)).isEqualTo("made by decision 2");
        assertThat(body("a")).contains("\"2\"");
        assertThat(insert("b", true)).isEqualTo("made by decision 3");
        assertThat(events()).containsExactly("MAKE a", "CHANGE a", "MAKE b");
    }

    @Test
    void what_was_not_committed_is_tried_again() {
        store.lose();
        assertThat(insert("a", true)).isEqualTo("made by decision 2");
        store.lose();
        store.lose();
        assertThat(replace("a", false)).isEqualTo("made by decision 5");
        assertThat(body("a")).contains("\"5\"");
        assertThat(events()).containsExactly("MAKE a");
    }

    @Test
    void a_store_that_cannot_be_asked_leaves_it_unknown() {
        store.next(writes -> {
            store.away(true);
            throw LosingDocuments.lost();
        });
        lost(() -> insert("a", true));
        assertThat(decisions).isEqualTo(1);
        store.away(false);
        assertThat(events()).isEmpty();
    }

    @Test
    void without_an_event_the_documents_themselves_tell() {
        insert("a", false);
        store.commitThenLose();
        assertThat(replace("a", false)).isEqualTo("made by decision 2");
        assertThat(body("a")).contains("\"2\"");
        store.commitThenLose();
        assertThat(insert("b", false)).isEqualTo("made by decision 3");
    }

    @Test
    void without_an_event_a_document_that_someone_changed_since_tells_nothing() {
        insert("a", false);
        store.next(writes -> {
            store.real().commit(writes);
            overwrite("a");
            throw LosingDocuments.lost();
        });
        lost(() -> replace("a", false));
        assertThat(body("a")).contains("\"other\"");
    }

    @Test
    void an_event_tells_even_when_someone_changed_the_document_since() {
        insert("a", true);
        store.next(writes -> {
            store.real().commit(writes);
            overwrite("a");
            throw LosingDocuments.lost();
        });
        assertThat(replace("a", true)).isEqualTo("made by decision 2");
        assertThat(body("a")).contains("\"other\"");
        assertThat(events()).containsExactly("MAKE a", "CHANGE a");
    }

    @Test
    void when_someone_else_has_taken_the_number_the_decision_takes_the_next() {
        Journal other = new Journal(store.real(), clock);
        store.next(writes -> {
            other.commit("acme", draft -> draft.note("bob", "OTHER", "x", null, null, null));
            throw LosingDocuments.lost();
        });
        assertThat(insert("a", true)).isEqualTo("made by decision 2");
        assertThat(events()).containsExactly("OTHER x", "MAKE a");
    }

    @Test
    void when_someone_else_has_made_the_revision_the_decision_makes_the_next() {
        insert("a", false);
        store.next(writes -> {
            overwrite("a");
            throw LosingDocuments.lost();
        });
        assertThat(replace("a", false)).isEqualTo("made by decision 3");
        assertThat(documents.find("acme", THING.name(), "a").orElseThrow().revision())
                .isEqualTo(3);
    }

    @Test
    void a_commit_that_arrives_late_is_not_made_twice() {
        store.loseThenArriveBefore(() -> {});
        assertThat(insert("a", true)).isEqualTo("made by decision 1");
        store.loseThenArriveBefore(() -> {});
        assertThat(replace("a", true)).isEqualTo("made by decision 3");
        store.loseThenArriveBefore(() -> {});
        assertThat(replace("a", false)).isEqualTo("made by decision 5");
        assertThat(body("a")).contains("\"5\"");
        assertThat(events()).containsExactly("MAKE a", "CHANGE a");
    }

    @Test
    void a_commit_that_arrives_while_the_decision_is_taken_anew_is_what_it_comes_to() {
        List<DocumentWrite> pending = new ArrayList<>();
        store.next(writes -> {
            pending.addAll(writes);
            throw LosingDocuments.lost();
        });
        String result = journal.commit("acme", draft -> {
            if (++decisions == 2) {
                store.real().commit(pending);
                throw new GantryException(ErrorCode.PIPELINE_EXISTS, "There is such a thing already");
            }
            draft.insert(thing("a", 1, "1")).note("ada", "MAKE", "a", null, null, null);
            return "made by decision " + decisions;
        });
        assertThat(result).isEqualTo("made by decision 1");
        assertThat(events()).containsExactly("MAKE a");
    }

    @Test
    void a_refusal_of_the_decision_taken_anew_is_what_the_caller_hears() {
        store.next(writes -> {
            store.real().commit(List.of(new DocumentWrite.Insert(thing("a", 1, "\"other\""))));
            throw LosingDocuments.lost();
        });
        assertThatThrownBy(() -> insert("a", true))
                .isInstanceOfSatisfying(
                        GantryException.class, e -> assertThat(e.code()).isEqualTo("PIPELINE_EXISTS"));
    }

    @Test
    void a_store_that_is_away_after_it_was_lost_has_told_nothing_of_the_commit_before() {
        store.lose();
        store.failTransiently();
        lost(() -> insert("a", true));
    }

    @Test
    void a_store_that_is_lost_again_and_again_is_given_up() {
        for (int i = 0; i < 20; i++) {
            store.lose();
        }
        lost(() -> insert("a", true));
        assertThat(store.commits()).hasSizeBetween(2, 10);
    }
}
