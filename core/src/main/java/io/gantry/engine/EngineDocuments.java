// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentPage;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.document.DocumentWrite;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The document store as the engine uses it: what it fails with are the engine's failures, whoever called the engine.
 *
 * @param store the provider's
 */
public record EngineDocuments(DocumentStore store) implements DocumentStore {

    @Override
    public void open(Collection<DocumentKind> kinds) {
        Providers.call(() -> {
            store.open(kinds);
            return kinds;
        });
    }

    @Override
    public Optional<Document> find(String tenant, String kind, String id) {
        return Providers.call(() -> store.find(tenant, kind, id));
    }

    @Override
    public DocumentPage query(DocumentQuery query) {
        return Providers.call(() -> store.query(query));
    }

    @Override
    public long count(DocumentQuery query) {
        return Providers.call(() -> store.count(query));
    }

    @Override
    public void commit(List<DocumentWrite> writes) {
        Providers.call(() -> {
            store.commit(writes);
            return writes;
        });
    }

    @Override
    public void close() {
        store.close();
    }
}
