// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.jdbc.documents.DocumentDatabase;
import io.gantry.jdbc.documents.DocumentOpening;
import io.gantry.jdbc.documents.DocumentTable;
import io.gantry.jdbc.sql.Connections;
import io.gantry.jdbc.sql.SqliteFile;
import io.gantry.jdbc.sql.Statements;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentPage;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.document.DocumentWrite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps documents in a relational database: PostgreSQL, MariaDB, MySQL, H2 or SQLite.
 *
 * <pre>{@code
 * Gantry gantry = Gantry.builder().documents(JdbcDocuments.in(dataSource)).build();
 * }</pre>
 *
 * <p>Every kind has a table with the attributes as columns, so that it can be read with plain SQL; see
 * {@code docs/storage.md}. Tables, columns and indexes are made when the store is opened, so its user must be allowed to.
 * Several processes may share one database; each sees what the others commit.
 */
public final class JdbcDocuments implements DocumentStore {

    private static final String PREFIX = "gantry_state";
    private static final Pattern PREFIXES = Pattern.compile("[a-z][a-z0-9_]{0,19}");
    private static final Comparator<DocumentWrite> ORDER = Comparator.comparing(DocumentWrite::kind)
            .thenComparing(DocumentWrite::tenant)
            .thenComparing(DocumentWrite::id);

    private final Supplier<Connections> connections;
    private final @Nullable String schema;
    private final String prefix;
    private volatile @Nullable Opened opened;

    /** What there is between opening and closing. */
    private record Opened(
            DocumentDatabase database, Map<String, DocumentKind> kinds, Map<String, DocumentTable> tables) {
        DocumentTable table(String kind) {
            return Objects.requireNonNull(
                    tables.get(DocumentKind.of(kinds, kind).name()));
        }
    }

    private JdbcDocuments(Supplier<Connections> connections, @Nullable String schema, String prefix) {
        this.connections = connections;
        this.schema = schema;
        this.prefix = prefix;
    }

    /**
     * Keeps documents in a database.
     *
     * @param dataSource gives connections; each call takes one and gives it back. A pool is best, but for SQLite's file any
     *     will do. Stays the caller's: closing the store does not close it
     * @return not opened yet
     */
    public static JdbcDocuments in(DataSource dataSource) {
        Objects.requireNonNull(dataSource);
        return new JdbcDocuments(() -> Connections.of(dataSource), null, PREFIX);
    }

    /**
     * Keeps documents in a file of this machine, by SQLite: its driver {@code org.xerial:sqlite-jdbc} must be there. A
     * commit is on the disk when it returns. Several processes of the machine may share the file; it must not lie on a
     * network's drive.
     *
     * @param file made when it is not there, with its folder; two more files beside it come and go
     * @return not opened yet; fails with code {@code JDBC_DRIVER_MISSING} when it is opened without the driver
     */
    public static JdbcDocuments file(Path file) {
        return new JdbcDocuments(() -> new SqliteFile(file), null, PREFIX);
    }

    /**
     * The same store in another schema.
     *
     * @param schema a schema (in MariaDB and MySQL: a database) that exists; default is where the connections look by
     *     themselves
     * @return a copy, not opened yet
     */
    public JdbcDocuments schema(String schema) {
        return new JdbcDocuments(connections, Objects.requireNonNull(schema), prefix);
    }

    /**
     * The same store in tables of other names.
     *
     * @param prefix the first word of their names, 1 to 20 characters a-z, 0-9 and {@code _}; default is
     *     {@code gantry_state}
     * @return a copy, not opened yet
     */
    public JdbcDocuments prefix(String prefix) {
        if (!PREFIXES.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "'" + prefix + "' cannot be the prefix of tables: use 1 to 20 of a-z, 0-9 and _");
        }
        return new JdbcDocuments(connections, schema, prefix);
    }

    /**
     * {@inheritDoc}
     *
     * @throws ProviderException further with code {@code JDBC_STORE_NEWER} when the tables were made by a newer version,
     *     {@code JDBC_STORE_UNFIT} when the database cannot keep documents
     */
    @Override
    public void open(Collection<DocumentKind> declared) {
        Connections source = connections.get();
        try {
            DocumentOpening opening = DocumentOpening.of(source, schema, prefix, declared);
            Map<String, DocumentKind> kinds = new HashMap<>();
            Map<String, DocumentTable> tables = new HashMap<>();
            for (DocumentKind kind : declared) {
                kinds.put(kind.name(), kind);
                tables.put(kind.name(), opening.table(kind));
            }
            opened = new Opened(opening.database(), Map.copyOf(kinds), Map.copyOf(tables));
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private Opened opened() {
        Opened current = opened;
        if (current == null) {
            throw new ProviderException("STORE_CLOSED", FailureKind.TRANSIENT, "The store is not open");
        }
        return current;
    }

    @Override
    public Optional<Document> find(String tenant, String kind, String id) {
        Opened store = opened();
        DocumentTable table = store.table(kind);
        if (!Document.isNameable(tenant, id)) {
            return Optional.empty();
        }
        return store.database.read("finding a document", connection -> table.find(connection, tenant, id));
    }

    @Override
    public DocumentPage query(DocumentQuery query) {
        Opened store = opened();
        DocumentTable table = store.table(query.kind());
        table.kind().check(query);
        List<Document> found = store.database.read("finding documents", connection -> table.query(connection, query));
        if (found.size() <= query.limit()) {
            return new DocumentPage(found, null);
        }
        List<Document> page = found.subList(0, query.limit());
        return new DocumentPage(page, query.cursorBehind(page.get(page.size() - 1)));
    }

    @Override
    public long count(DocumentQuery query) {
        Opened store = opened();
        DocumentTable table = store.table(query.kind());
        table.kind().check(query);
        return store.database.read("counting documents", connection -> table.count(connection, query));
    }

    @Override
    public void commit(List<DocumentWrite> writes) {
        Opened store = opened();
        DocumentWrite.check(writes);
        for (DocumentWrite write : writes) {
            DocumentTable table = store.table(write.kind());
            if (write instanceof DocumentWrite.Insert insert) {
                table.kind().check(insert.document());
            } else if (write instanceof DocumentWrite.Replace replace) {
                table.kind().check(replace.document());
            }
        }
        if (writes.isEmpty()) {
            return;
        }
        List<DocumentWrite> ordered = new ArrayList<>(writes);
        ordered.sort(ORDER); // two commits that meet lock documents in the same order
        store.database.write("committing documents", connection -> {
            try (Statements statements = new Statements(connection)) {
                for (DocumentWrite write : ordered) {
                    store.table(write.kind()).write(statements, write);
                }
            }
        });
    }

    @Override
    public void close() {
        Opened last = opened;
        opened = null;
        if (last != null) {
            last.database.close();
        }
    }
}
