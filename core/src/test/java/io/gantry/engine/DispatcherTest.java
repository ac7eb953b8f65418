// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.local.InMemoryDocumentStore;
import io.gantry.local.LocalFileStore;
import io.gantry.run.RunMode;
import io.gantry.run.RunSettings;
import io.gantry.settings.TenantSettings;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentPage;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.document.DocumentWrite;
import io.gantry.testkit.ManualRunEngine;
import io.gantry.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DispatcherTest {

    private static final int MANY = 3_000;

    @TempDir
    private Path folder;

    private final SettableClock clock = SettableClock.at("2026-01-31T08:00:00Z");
    private final CountedDocuments documents = new CountedDocuments();
    private Engine engine;
    private Dispatcher dispatcher;

    @BeforeEach
    void open() throws IOException {
        DocumentStore state = new EngineDocuments(documents);
        state.open(Engine.KINDS);
        engine = new Engine(
                state,
                new Journal(state, clock),
                new LocalFileStore(folder, clock),
                new ManualRunEngine(2),
                Map.of(),
                (tenant, name) -> Optional.empty(),
                tenant -> List.of(),
                clock,
                () -> "id",
                List.of(),
                TenantSettings.DEFAULT,
                Duration.ofSeconds(30),
                point -> {});
        dispatcher = new Dispatcher(engine, "this engine");
    }

    /** Puts runs of a pipeline into the queue, one after the other. */
    private void queue(String pipeline, int from, int count) {
        List<DocumentWrite> writes = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            RunState run = RunState.queued(
                    String.format(Locale.ROOT, "%s-%06d", pipeline, i),
                    new RunState.Order(
                            pipeline,
                            pipeline,
                            "1.0.0",
                            "hash",
                            true,
                            RunMode.LOAD,
                            null,
                            null,
                            null,
                            Map.of(),
                            RunSettings.DEFAULT,
                            null,
                            false,
                            List.of(),
                            "ada",
                            clock.instant()));
            writes.add(new DocumentWrite.Insert(run.document("acme")));
            writes.add(new DocumentWrite.Insert(
                    Ticket.queued("acme", run, i, clock.instant()).document()));
        }
        documents.commit(writes);
    }

    private Optional<String> taken() {
        return dispatcher.next().map(taken -> taken.ticket().run());
    }

    @Test
    void runs_that_a_limit_holds_up_hide_no_others_however_many_they_are_and_each_look_costs_little() {
        queue("busy", 0, MANY);
        assertThat(taken()).contains("busy-000000");
        queue("free", MANY, 1);
        documents.pages.set(0);
        int looks = 1;
        Optional<String> taken = taken();
        while (taken.isEmpty()) {
            looks++;
            taken = taken();
        }
        assertThat(taken).contains("free-003000");
        assertThat(looks).isLessThanOrEqualTo(3);
        assertThat(documents.pages.get()).isLessThanOrEqualTo(looks * 9);
        assertThat(taken()).as("all are held up").isEmpty();
    }

    @Test
    void work_whose_documents_are_broken_keeps_no_other_waiting() {
        queue("broken", 0, 1);
        queue("whole", 1, 1);
        Document run = documents.find("acme", "run", "broken-000000").orElseThrow();
        documents.commit(List.of(new DocumentWrite.Delete("acme", "run", run.id(), run.revision())));
        assertThat(taken()).contains("whole-000001");
        assertThat(taken()).isEmpty();
    }

    /** Documents in memory; pages are counted. */
    private static final class CountedDocuments implements DocumentStore {

        private final InMemoryDocumentStore store = new InMemoryDocumentStore();
        private final AtomicInteger pages = new AtomicInteger();

        @Override
        public void open(Collection<DocumentKind> kinds) {
            store.open(kinds);
        }

        @Override
        public Optional<Document> find(String tenant, String kind, String id) {
            return store.find(tenant, kind, id);
        }

        @Override
        public DocumentPage query(DocumentQuery query) {
            pages.incrementAndGet();
            return store.query(query);
        }

        @Override
        public long count(DocumentQuery query) {
            return store.count(query);
        }

        @Override
        public void commit(List<DocumentWrite> writes) {
            store.commit(writes);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
