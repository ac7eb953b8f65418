// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentPage;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.document.DocumentWrite;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Documents with a pool of connections that is closed with them. */
record OwnPool(HikariDataSource pool, DocumentStore store) implements DocumentStore {

    OwnPool(HikariDataSource pool) {
        this(pool, JdbcDocuments.in(pool));
    }

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
        store.close();
        pool.close();
    }
}
