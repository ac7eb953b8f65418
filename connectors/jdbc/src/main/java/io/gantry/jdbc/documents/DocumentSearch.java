// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.documents;

import io.gantry.jdbc.sql.Database;
import io.gantry.jdbc.sql.Names;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentKind.Type;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentQuery.Condition;
import io.gantry.spi.document.DocumentQuery.Operator;
import io.gantry.spi.document.DocumentQuery.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Writes the queries for the documents of one kind so that an index of theirs serves them: the key's order is that of the
 * index, and a page begins at a place in it, whatever came before.
 *
 * <p>With conditions there are two ways: to go along the index of the order and leave out what does not meet them, which is
 * fast when many documents do, or to take all that meet one of them and put those in order, which is fast when few do.
 * PostgreSQL, MariaDB and MySQL know from their statistics; SQLite and H2 do not, and would go along a million documents to
 * find the three that are meant. So they are asked first whether a condition is met by few, and told to begin there.
 */
final class DocumentSearch {

    /** A statement with its parameters. */
    record Sql(String text, List<Object> parameters) {
        PreparedStatement prepare(Connection connection) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(text);
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            return statement;
        }

        long count(Connection connection) throws SQLException {
            try (PreparedStatement statement = prepare(connection);
                    ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** How many documents are put in order rather than looked for along an index. */
    private static final int FEW = 2_000;

    private final String table;
    private final UnaryOperator<String> indexes;
    private final String selected;
    private final DocumentKind kind;
    private final DocumentTypes types;
    private final Names names;
    private final String idKey;
    private final String orderKey;
    private final String orderId;
    private final String part;

    /**
     * Queries for a table.
     *
     * @param table its quoted name
     * @param indexes gives the name of the index for an attribute
     * @param selected the columns that a page shows
     */
    DocumentSearch(
            String table,
            UnaryOperator<String> indexes,
            String selected,
            DocumentKind kind,
            DocumentTypes types,
            Names names) {
        this.table = table;
        this.indexes = indexes;
        this.selected = selected;
        this.kind = kind;
        this.types = types;
        this.names = names;
        this.idKey = types.idKey(names);
        this.orderKey = names.quote("key$"); // no attribute has such names
        this.orderId = names.quote("id$");
        this.part = names.quote("part$");
    }

    Sql count(DocumentQuery query) {
        List<Object> parameters = new ArrayList<>();
        return new Sql("SELECT COUNT(*) FROM " + table + where(query, parameters), parameters);
    }

    /** One document more than the limit, to tell whether there is a next page. */
    Sql page(Connection connection, DocumentQuery query) throws SQLException {
        String from = table + hint(connection, query);
        List<Object> parameters = new ArrayList<>();
        Position after = query.position();
        if (after == null) {
            return new Sql(part(from, query, "", parameters), parameters);
        }
        String beyond = " AND " + idKey + (query.descending() ? " < ?" : " > ?");
        Object id = types.keyOf(after.id());
        if (query.order() == null) {
            return new Sql(part(from, query, beyond, parameters, id), parameters);
        }
        String key = key(query.order());
        boolean absent = after.value() == null;
        String first = absent
                ? part(from, query, " AND " + key + " IS NULL" + beyond, parameters, id)
                : behind(from, query, after, parameters);
        if (absent == query.descending()) {
            return new Sql(first, parameters);
        }
        // the page may reach from documents with a value into those without, or the other way round
        String second = part(from, query, " AND " + key + (absent ? " IS NOT NULL" : " IS NULL"), parameters);
        String down = query.descending() ? " DESC" : "";
        return new Sql(
                "SELECT a.*, 1 AS " + part + " FROM (" + first + ") a UNION ALL SELECT b.*, 2 AS " + part + " FROM ("
                        + second + ") b ORDER BY " + part + ", " + orderKey + down + ", " + orderId + down + " LIMIT "
                        + (query.limit() + 1),
                parameters);
    }

    /** Says where to begin, when one condition is met by few. */
    private String hint(Connection connection, DocumentQuery query) throws SQLException {
        boolean informed = types.dialect() != Database.SQLITE && types.dialect() != Database.H2;
        List<Condition> exact = query.conditions().stream()
                .filter(each -> each.operator() == Operator.EQUAL || each.operator() == Operator.IN)
                .toList();
        boolean oneWay =
                query.order() == null && exact.size() == 1 && exact.get(0).operator() == Operator.EQUAL;
        if (informed || oneWay) {
            return "";
        }
        String hint = "";
        long fewest = FEW + 1;
        for (Condition condition : exact) {
            String index = names.quote(indexes.apply(condition.attribute()));
            String begin = types.dialect() == Database.SQLITE ? " INDEXED BY " + index : " USE INDEX (" + index + ")";
            List<Object> parameters = new ArrayList<>();
            DocumentQuery alone = new DocumentQuery(
                    query.tenant(), query.kind(), List.of(condition), null, false, query.limit(), null);
            Sql sql = new Sql(
                    "SELECT COUNT(*) FROM (SELECT 1 FROM " + table + begin + where(alone, parameters) + " LIMIT "
                            + fewest + ") few",
                    parameters);
            long found = sql.count(connection);
            if (found < fewest) {
                hint = begin;
                fewest = found;
            }
        }
        return hint;
    }

    /** The documents that have a value and stand behind a place. */
    private String behind(String from, DocumentQuery query, Position after, List<Object> parameters) {
        String key = key(Objects.requireNonNull(query.order()));
        Object value = types.keyOf(Objects.requireNonNull(after.value()));
        Object id = types.keyOf(after.id());
        String beyond = query.descending() ? " < " : " > ";
        if (types.dialect() == Database.POSTGRESQL || types.dialect() == Database.SQLITE) {
            String place = " AND (" + key + ", " + idKey + ")" + beyond + "(?, ?)";
            return part(from, query, place, parameters, value, id);
        }
        // these find the place in an index by its first column only
        String place =
                " AND " + key + beyond.stripTrailing() + "= ? AND (" + key + beyond + "? OR " + idKey + beyond + "?)";
        return part(from, query, place, parameters, value, value, id);
    }

    private String part(String from, DocumentQuery query, String place, List<Object> parameters, Object... values) {
        String key = query.order() == null ? "NULL" : key(query.order());
        String where = where(query, parameters);
        parameters.addAll(List.of(values));
        return "SELECT " + selected + ", " + key + " AS " + orderKey + ", " + idKey + " AS " + orderId + " FROM " + from
                + where + place + " ORDER BY " + order(query) + " LIMIT " + (query.limit() + 1);
    }

    private String order(DocumentQuery query) {
        String down = query.descending() ? " DESC" : "";
        // tenant is the same everywhere, but H2 takes no index for an order unless it has all of its columns
        String order = types.dialect() == Database.H2 ? names.quote("tenant") + down + ", " : "";
        if (query.order() != null) {
            String absent = types.dialect() == Database.POSTGRESQL
                    ? (query.descending() ? " NULLS LAST" : " NULLS FIRST")
                    : ""; // the others take no value for the least by themselves
            order += key(query.order()) + down + absent + ", ";
        }
        return order + idKey + down;
    }

    private String key(String attribute) {
        return types.key(attribute, type(attribute), names);
    }

    private Type type(String attribute) {
        return Objects.requireNonNull(kind.attributes().get(attribute));
    }

    private String where(DocumentQuery query, List<Object> parameters) {
        StringBuilder where = new StringBuilder(" WHERE " + names.quote("tenant") + " = ?");
        parameters.add(query.tenant());
        for (Condition condition : query.conditions()) {
            List<?> values = condition.value() instanceof List<?> list ? list : List.of(condition.value());
            boolean cut = values.stream().anyMatch(types::isCut);
            where.append(" AND ").append(key(condition.attribute()));
            where.append(compared(condition.operator(), cut, values.size()));
            values.forEach(value -> parameters.add(types.keyOf(value)));
            if (cut) {
                where.append(" AND ").append(names.quote(condition.attribute()));
                where.append(compared(condition.operator(), false, values.size()));
                values.forEach(value -> parameters.add(types.parameter(value)));
            }
        }
        return where.toString();
    }

    /** How a key is compared; that of a text which was cut may be equal when the whole text is less. */
    private static String compared(Operator operator, boolean cut, int values) {
        return switch (operator) {
            case EQUAL -> " = ?";
            case IN -> " IN (" + String.join(", ", Collections.nCopies(values, "?")) + ")";
            case LESS -> cut ? " <= ?" : " < ?";
            case GREATER_OR_EQUAL -> " >= ?";
        };
    }
}
