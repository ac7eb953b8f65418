// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.documents;

import io.gantry.jdbc.sql.Database;
import io.gantry.jdbc.sql.Names;
import io.gantry.jdbc.sql.TableId;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentKind.Type;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The tables of a store of documents, and how they come to be.
 *
 * <p>A table of facts, called like the prefix, says which layout the tables have and what types the attributes of each kind
 * were declared with. A kind's table is called like the prefix and the kind. What is missing is made when a store is opened,
 * by one process at a time. PostgreSQL and SQLite do so in one transaction; in the other databases each definition is final
 * by itself, so every step may find itself done already.
 */
final class DocumentLayout {

    /** The layout this code knows, and how one is made out of the one before: element 0 makes layout 1 of nothing. */
    private static final List<Step> STEPS = List.of(DocumentLayout::makeFacts);

    private static final String VERSION = "layout";
    private static final int FACT = 100;

    /** Makes a layout out of the one before. */
    @FunctionalInterface
    private interface Step {
        void run(DocumentLayout layout, Connection connection) throws SQLException;
    }

    private final TableId facts;
    private final DocumentTypes types;
    private final Names names;
    private final Collection<DocumentKind> kinds;

    /**
     * A layout.
     *
     * @param facts where the table of facts is or shall be; its name is the prefix of all others
     */
    DocumentLayout(TableId facts, DocumentTypes types, Names names, Collection<DocumentKind> kinds) {
        this.facts = facts;
        this.types = types;
        this.names = names;
        this.kinds = kinds;
    }

    TableId table(DocumentKind kind) {
        return facts.sibling(facts.name() + "_" + kind.name());
    }

    /** Whether all is there that the kinds need; fails when what is there does not go with them. */
    boolean isComplete(Connection connection) throws SQLException {
        Map<String, String> known = readFacts(connection);
        check(known);
        return known.equals(combined(known));
    }

    /** Makes what is missing. Runs in a transaction, alone. */
    void complete(Connection connection) throws SQLException {
        Map<String, String> known = readFacts(connection);
        check(known);
        for (int version = version(known); version < STEPS.size(); version++) {
            STEPS.get(version).run(this, connection);
        }
        for (DocumentKind kind : kinds) {
            Set<String> columns = columns(connection, table(kind));
            if (columns.isEmpty()) {
                createTable(connection, kind);
            } else {
                addColumns(connection, kind, columns);
            }
        }
        for (Map.Entry<String, String> fact : combined(known).entrySet()) {
            if (!fact.getValue().equals(known.get(fact.getKey()))) {
                write(connection, fact.getKey(), fact.getValue());
            }
        }
    }

    private static int version(Map<String, String> known) {
        return Integer.parseInt(known.getOrDefault(VERSION, "0"));
    }

    private void check(Map<String, String> known) {
        if (version(known) > STEPS.size()) {
            throw new ProviderException(
                    "JDBC_STORE_NEWER",
                    FailureKind.DENIED,
                    "The tables of '" + facts.fullName() + "' have layout " + version(known)
                            + ", made by a newer version of Gantry; this one knows layouts up to " + STEPS.size()
                            + ": use that version or a later one",
                    Map.of("layout", version(known), "known", STEPS.size()),
                    null);
        }
        for (DocumentKind kind : kinds) {
            kind.attributes().forEach((attribute, type) -> {
                String before = known.get(kind.name() + "." + attribute);
                if (before != null && !before.equals(type.name())) {
                    throw new ProviderException(
                            "DOCUMENT_KIND_CHANGED",
                            FailureKind.DATA,
                            "Attribute '" + attribute + "' of kind '" + kind.name() + "' was a " + before
                                    + " before; it cannot become a " + type);
                }
            });
        }
    }

    /** The facts as they shall be. */
    private Map<String, String> combined(Map<String, String> known) {
        Map<String, String> facts = new TreeMap<>(known);
        facts.put(VERSION, Integer.toString(STEPS.size()));
        for (DocumentKind kind : kinds) {
            facts.put(kind.name(), "KIND");
            kind.attributes().forEach((attribute, type) -> facts.put(kind.name() + "." + attribute, type.name()));
        }
        return facts;
    }

    private Map<String, String> readFacts(Connection connection) throws SQLException {
        Map<String, String> known = new HashMap<>();
        if (columns(connection, facts).isEmpty()) {
            return known;
        }
        String sql = "SELECT " + names.quote("fact") + ", " + names.quote("value") + " FROM " + names.quote(facts);
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                known.put(rows.getString(1), rows.getString(2));
            }
        }
        return known;
    }

    private void write(Connection connection, String fact, String value) throws SQLException {
        String table = names.quote(facts);
        try (PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM " + table + " WHERE " + names.quote("fact") + " = ?");
                PreparedStatement insert = connection.prepareStatement("INSERT INTO " + table + " ("
                        + names.quote("fact") + ", " + names.quote("value") + ") VALUES (?, ?)")) {
            delete.setString(1, fact);
            delete.executeUpdate();
            insert.setString(1, fact);
            insert.setString(2, value);
            insert.executeUpdate();
        }
    }

    /** The names of a table's columns; none when there is no such table. */
    private Set<String> columns(Connection connection, TableId table) throws SQLException {
        Set<String> columns = new HashSet<>();
        String escape = connection.getMetaData().getSearchStringEscape();
        try (ResultSet rows = connection
                .getMetaData()
                .getColumns(table.catalog(), table.schema(), table.name().replace("_", escape + "_"), null)) {
            while (rows.next()) {
                if (rows.getString("TABLE_NAME").equals(table.name())) {
                    columns.add(rows.getString("COLUMN_NAME"));
                }
            }
        }
        return columns;
    }

    /** Makes the table of facts, unless it is there. */
    void makeFacts(Connection connection) throws SQLException {
        String text = types.text(FACT);
        DocumentDatabase.run(
                connection,
                "CREATE TABLE IF NOT EXISTS " + names.quote(facts) + " (" + names.quote("fact") + " " + text
                        + " NOT NULL PRIMARY KEY, " + names.quote("value") + " " + text + " NOT NULL)");
    }

    /** Takes SQLite's lock for writing: changes nothing. */
    void lock(Connection connection) throws SQLException {
        DocumentDatabase.run(connection, "DELETE FROM " + names.quote(facts) + " WHERE 1 = 0");
    }

    private void createTable(Connection connection, DocumentKind kind) throws SQLException {
        List<String> parts = new ArrayList<>();
        parts.add(names.quote("tenant") + " " + types.text(Document.LONGEST_TENANT) + " NOT NULL");
        parts.add(names.quote("id") + " " + types.text(Document.LONGEST_ID) + " NOT NULL");
        parts.add(names.quote("revision") + " BIGINT NOT NULL");
        for (Map.Entry<String, Type> attribute : new TreeMap<>(kind.attributes()).entrySet()) {
            parts.addAll(definitions(attribute.getKey(), attribute.getValue()));
        }
        parts.add(names.quote("body") + " " + types.body() + " NOT NULL");
        String idOrder = types.orderColumn("id", Document.LONGEST_ID, names);
        if (!idOrder.isEmpty()) {
            parts.add(idOrder);
        }
        parts.add("PRIMARY KEY (" + names.quote("tenant") + ", " + names.quote("id") + ")");
        if (types.dialect() == Database.MYSQL) {
            kind.attributes().forEach((name, type) -> parts.add(index(kind, name, type)));
        }
        DocumentDatabase.run(
                connection,
                "CREATE TABLE IF NOT EXISTS " + names.quote(table(kind)) + " (" + String.join(", ", parts) + ")");
        createIndexes(connection, kind, kind.attributes().keySet());
    }

    private void addColumns(Connection connection, DocumentKind kind, Set<String> present) throws SQLException {
        Set<String> missing = new HashSet<>(kind.attributes().keySet());
        missing.removeAll(present);
        for (String name : missing) {
            Type type = kind.attributes().get(name);
            if (type == null) {
                continue;
            }
            String alter = "ALTER TABLE " + names.quote(table(kind)) + " ADD COLUMN ";
            List<String> definitions = definitions(name, type);
            if (types.dialect() == Database.MYSQL) {
                DocumentDatabase.run(
                        connection,
                        alter + String.join(", ADD COLUMN ", definitions) + ", ADD " + index(kind, name, type));
            } else {
                String unless = types.dialect() == Database.H2 ? "IF NOT EXISTS " : "";
                for (String definition : definitions) {
                    DocumentDatabase.run(connection, alter + unless + definition);
                }
            }
        }
        // in H2 a column may be there while its index is not
        createIndexes(
                connection,
                kind,
                types.dialect() == Database.H2 ? kind.attributes().keySet() : missing);
    }

    private List<String> definitions(String attribute, Type type) {
        String column = names.quote(attribute) + " " + types.column(type);
        String order = type == Type.TEXT ? types.orderColumn(attribute, Document.LONGEST_TEXT, names) : "";
        return order.isEmpty() ? List.of(column) : List.of(column, order);
    }

    private void createIndexes(Connection connection, DocumentKind kind, Set<String> attributes) throws SQLException {
        if (types.dialect() == Database.MYSQL) {
            return; // made with the columns, in one statement
        }
        if (types.dialect() == Database.H2) {
            createIndex(connection, kind, "id", names.quote("tenant") + ", " + types.idKey(names));
        }
        for (String attribute : attributes) {
            Type type = kind.attributes().get(attribute);
            if (type != null) {
                createIndex(connection, kind, attribute, indexed(attribute, type));
            }
        }
    }

    private void createIndex(Connection connection, DocumentKind kind, String on, String columns) throws SQLException {
        String name = indexName(kind, on);
        boolean qualified = types.dialect() == Database.H2;
        DocumentDatabase.run(
                connection,
                "CREATE INDEX IF NOT EXISTS " + (qualified ? names.quote(facts.sibling(name)) : names.quote(name))
                        + " ON " + names.quote(table(kind)) + " (" + columns + ")");
    }

    private String index(DocumentKind kind, String attribute, Type type) {
        return "INDEX " + names.quote(indexName(kind, attribute)) + " (" + indexed(attribute, type) + ")";
    }

    private String indexed(String attribute, Type type) {
        String key = types.key(attribute, type, names);
        if (types.dialect() == Database.POSTGRESQL) {
            key = "(" + key + ") NULLS FIRST";
        }
        return names.quote("tenant") + ", " + key + ", " + types.idKey(names);
    }

    String indexName(DocumentKind kind, String on) {
        String whole = table(kind).name() + "." + on;
        String hash = UUID.nameUUIDFromBytes(whole.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 8);
        return Names.helper(facts.name() + "_", kind.name() + "_" + on, hash);
    }
}
