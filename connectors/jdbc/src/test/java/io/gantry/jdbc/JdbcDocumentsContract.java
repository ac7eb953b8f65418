// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.spi.document.DocumentStore;
import io.gantry.testkit.DocumentStoreContract;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Stores with tables of their own in one database. */
abstract class JdbcDocumentsContract extends DocumentStoreContract {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Map<DocumentStore, String> prefixes = new ConcurrentHashMap<>();

    abstract DataSource dataSource();

    private DocumentStore store(String prefix) {
        JdbcDocuments store = JdbcDocuments.in(dataSource()).prefix(prefix);
        prefixes.put(store, prefix);
        return store;
    }

    @Override
    protected DocumentStore create() {
        return store("store" + NUMBERS.incrementAndGet());
    }

    @Override
    protected DocumentStore again(DocumentStore store) {
        return store(Objects.requireNonNull(prefixes.get(store)));
    }
}
