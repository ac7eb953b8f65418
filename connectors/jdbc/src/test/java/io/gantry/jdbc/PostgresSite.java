// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.crash.CrashSite;

/** A table in a schema of PostgreSQL, and documents beside it or in another database. */
public final class PostgresSite implements CrashSite {

    private static final String BETWEEN = " ";

    private final String rows;
    private final String documents;

    /** For processes that only open it. */
    public PostgresSite() {
        this("", "");
    }

    /** Addresses of the databases, which may be the same. */
    PostgresSite(String rows, String documents) {
        this.rows = rows;
        this.documents = documents;
    }

    @Override
    public String make(String name, Schema schema) {
        String place = make(rows, name) + BETWEEN + (documents.equals(rows) ? "" : make(documents, name));
        try (HikariDataSource pool = StoreSite.pool(place.split(BETWEEN, -1)[0])) {
            new TestTables(pool, PostgresDatasetTest::type, "").create(StoreSite.TABLE, schema);
        }
        return place;
    }

    private static String make(String url, String schema) {
        try (HikariDataSource pool = StoreSite.pool(url)) {
            new TestTables(pool, PostgresDatasetTest::type, "").execute("CREATE SCHEMA " + schema);
        }
        return url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema;
    }

    @Override
    public Opened open(String place) {
        String[] urls = place.split(BETWEEN, -1);
        HikariDataSource pool = StoreSite.pool(urls[0]);
        TestTables tables = new TestTables(pool, PostgresDatasetTest::type, "");
        DocumentStore store = urls[1].isEmpty() ? JdbcDocuments.in(pool) : new OwnPool(StoreSite.pool(urls[1]));
        return new StoreSite(pool, tables, store);
    }
}
