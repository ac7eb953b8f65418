// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import io.gantry.local.Datasets;
import io.gantry.local.InMemoryDocumentStore;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentPage;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.document.DocumentWrite;
import io.gantry.spi.schema.Schema;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

class InMemoryEngineTest extends EngineContract {

    @Override
    protected Supplier<DocumentStore> documents() {
        InMemoryDocumentStore store = new InMemoryDocumentStore();
        return () -> new Shared(store);
    }

    @Override
    protected Dataset create(String name, Schema schema) {
        return Datasets.inMemory(name, schema);
    }

    /** A way to documents in memory; closing it leaves the others open. */
    private record Shared(InMemoryDocumentStore store) implements DocumentStore {

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
            // the store may be opened again
        }
    }
}
