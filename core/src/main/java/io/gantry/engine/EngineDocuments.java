// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.GantryException;
import io.gantry.spi.ProviderException;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentPage;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.document.DocumentWrite;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The document store as the engine uses it: what it fails with are the engine's failures, whoever called the engine.
 *
 * @param store the provider's
 */
public record EngineDocuments(DocumentStore store) implements DocumentStore {

    private static <T> T translated(Supplier<T> call) {
        try {
            return call.get();
        } catch (ProviderException e) {
            throw GantryException.of(e);
        }
    }

    @Override
    public void open(Collection<DocumentKind> kinds) {
        translated(() -> {
            store.open(kinds);
            return kinds;
        });
    }

    @Override
    public Optional<Document> find(String tenant, String kind, String id) {
        return translated(() -> store.find(tenant, kind, id));
    }

    @Override
    public DocumentPage query(DocumentQuery query) {
        return translated(() -> store.query(query));
    }

    @Override
    public long count(DocumentQuery query) {
        return translated(() -> store.count(query));
    }

    @Override
    public void commit(List<DocumentWrite> writes) {
        translated(() -> {
            store.commit(writes);
            return writes;
        });
    }

    @Override
    public void close() {
        store.close();
    }
}
