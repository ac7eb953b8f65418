// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.documents;

import io.gantry.jdbc.sql.Database;
import io.gantry.jdbc.sql.Failures;
import io.gantry.jdbc.sql.Names;
import io.gantry.jdbc.sql.Statements;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentKind.Type;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentWrite;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The table with the documents of one kind. */
public final class DocumentTable {

    private final DocumentKind kind;
    private final DocumentTypes types;
    private final DocumentSearch search;
    private final TreeMap<String, Type> attributes;
    private final String find;
    private final String insert;
    private final String replace;
    private final String delete;

    /**
     * A table.
     *
     * @param kind what it holds
     * @param table its quoted name
     * @param indexes gives the name of the index for an attribute
     */
    DocumentTable(DocumentKind kind, String table, UnaryOperator<String> indexes, DocumentTypes types, Names names) {
        this.kind = kind;
        this.types = types;
        attributes = new TreeMap<>(kind.attributes());
        List<String> columns = new ArrayList<>(List.of("revision", "body"));
        columns.addAll(attributes.keySet());
        String one = " WHERE " + names.quote("tenant") + " = ? AND " + names.quote("id") + " = ?";
        String selected = names.quote("id") + ", " + names.list("", columns);
        find = "SELECT " + selected + " FROM " + table + one;
        boolean quiet = types.dialect() == Database.POSTGRESQL || types.dialect() == Database.SQLITE;
        insert = "INSERT INTO " + table + " (" + names.list("", columns) + ", " + names.quote("tenant") + ", "
                + names.quote("id") + ") VALUES (" + String.join(", ", Collections.nCopies(columns.size() + 2, "?"))
                + ")" + (quiet ? " ON CONFLICT DO NOTHING" : "");
        String revision = " AND " + names.quote("revision") + " = ?";
        replace = "UPDATE " + table + " SET "
                + String.join(
                        ", ",
                        names.quote(columns).stream()
                                .map(column -> column + " = ?")
                                .toList())
                + one
                + revision;
        delete = "DELETE FROM " + table + one + revision;
        search = new DocumentSearch(table, indexes, selected, kind, types, names);
    }

    public DocumentKind kind() {
        return kind;
    }

    public Optional<Document> find(Connection connection, String tenant, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(find)) {
            statement.setString(1, tenant);
            statement.setString(2, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(read(row, tenant)) : Optional.empty();
            }
        }
    }

    /** At most one document more than the query's limit. */
    public List<Document> query(Connection connection, DocumentQuery query) throws SQLException {
        List<Document> found = new ArrayList<>();
        try (PreparedStatement statement = search.page(connection, query).prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(read(rows, query.tenant()));
            }
        }
        return found;
    }

    public long count(Connection connection, DocumentQuery query) throws SQLException {
        return search.count(query).count(connection);
    }

    private Document read(ResultSet row, String tenant) throws SQLException {
        Map<String, Object> values = new HashMap<>();
        int place = 4;
        for (Map.Entry<String, Type> attribute : attributes.entrySet()) {
            Object value = types.read(row, place++, attribute.getValue());
            if (value != null) {
                values.put(attribute.getKey(), value);
            }
        }
        return new Document(tenant, kind.name(), row.getString(1), row.getLong(2), values, row.getString(3));
    }

    /** Makes a change; fails when the document is not as it should be. */
    public void write(Statements statements, DocumentWrite write) throws SQLException {
        int changed;
        if (write instanceof DocumentWrite.Insert added) {
            changed = insert(statements, added.document());
        } else if (write instanceof DocumentWrite.Replace replaced) {
            Document document = replaced.document();
            PreparedStatement statement = statements.get(replace);
            int place = put(statement, document);
            statement.setLong(place, document.revision() - 1);
            changed = statement.executeUpdate();
        } else {
            PreparedStatement statement = statements.get(delete);
            statement.setString(1, write.tenant());
            statement.setString(2, write.id());
            statement.setLong(3, ((DocumentWrite.Delete) write).revision());
            changed = statement.executeUpdate();
        }
        if (changed != 1) {
            throw write.conflict();
        }
    }

    private int insert(Statements statements, Document document) throws SQLException {
        PreparedStatement statement = statements.get(insert);
        put(statement, document);
        try {
            return statement.executeUpdate();
        } catch (SQLException e) {
            if (Failures.state(e).startsWith("23")) {
                return 0; // the only rule of the table that a document can break is that of its key
            }
            throw e;
        }
    }

    /** Gives a statement all of a document, and tells the place behind. */
    private int put(PreparedStatement statement, Document document) throws SQLException {
        statement.setLong(1, document.revision());
        statement.setString(2, document.body());
        int place = 3;
        for (Map.Entry<String, Type> attribute : attributes.entrySet()) {
            Object value = document.attributes().get(attribute.getKey());
            types.bind(statement, place++, attribute.getValue(), value);
        }
        statement.setString(place++, document.tenant());
        statement.setString(place++, document.id());
        return place;
    }
}
