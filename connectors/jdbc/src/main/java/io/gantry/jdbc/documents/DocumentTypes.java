// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.documents;

import io.gantry.jdbc.sql.Database;
import io.gantry.jdbc.sql.Names;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind.Type;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * How a database keeps the columns of documents, and how it puts them in order.
 *
 * <p>Text is compared by code points. PostgreSQL does so by collation "C" and SQLite by default; MariaDB and MySQL have a
 * collation for it. H2 compares the two halves of a surrogate pair, so it sorts by a further column with the text's bytes.
 *
 * <p>An entry of an index must be small in PostgreSQL, MariaDB and MySQL: there the index holds no more than the first
 * {@value #HEAD} code points of a text. The first two compute them in the index, the others in a further column.
 *
 * @param dialect the database
 * @param collation MariaDB's or MySQL's name of the collation; empty elsewhere
 */
record DocumentTypes(Database dialect, String collation) {

    static final int HEAD = 200;

    /** What a further column is called behind the name of the column it stands for. */
    private static final String ORDER = "$order";

    private static final DateTimeFormatter SQLITE_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    String text(int length) {
        return switch (dialect) {
            case POSTGRESQL -> "text COLLATE \"C\"";
            case SQLITE -> "TEXT";
            case MYSQL -> "VARCHAR(" + length + ") CHARACTER SET utf8mb4 COLLATE " + collation;
            case H2, OTHER -> "VARCHAR(" + length + ")";
        };
    }

    String body() {
        return switch (dialect) {
            case POSTGRESQL -> "text";
            case SQLITE -> "TEXT";
            case MYSQL -> "LONGTEXT CHARACTER SET utf8mb4 COLLATE " + collation;
            case H2, OTHER -> "CLOB";
        };
    }

    String column(Type type) {
        return switch (type) {
            case TEXT -> text(Document.LONGEST_TEXT);
            case NUMBER -> "BIGINT";
            case FLAG -> "BOOLEAN";
            case TIME ->
                switch (dialect) {
                    case POSTGRESQL -> "timestamptz";
                    case SQLITE -> "TEXT";
                    case MYSQL -> "DATETIME(6)";
                    case H2, OTHER -> "TIMESTAMP(6) WITH TIME ZONE";
                };
        };
    }

    /** The further column by which a column of text is ordered, as it is defined; empty where there is none. */
    String orderColumn(String name, int length, Names names) {
        String column = names.quote(name);
        return switch (dialect) {
            case H2 ->
                names.quote(name + ORDER) + " VARBINARY(" + 4 * length + ") GENERATED ALWAYS AS (STRINGTOUTF8(" + column
                        + "))";
            case MYSQL ->
                length <= HEAD
                        ? ""
                        : names.quote(name + ORDER) + " " + text(HEAD) + " GENERATED ALWAYS AS (LEFT(" + column + ", "
                                + HEAD + ")) VIRTUAL";
            case POSTGRESQL, SQLITE, OTHER -> "";
        };
    }

    /** What stands for the id where documents are put in order. */
    String idKey(Names names) {
        return names.quote(dialect == Database.H2 ? "id" + ORDER : "id");
    }

    /** What stands for an attribute in its index. */
    String key(String attribute, Type type, Names names) {
        String column = names.quote(attribute);
        if (type != Type.TEXT) {
            return column;
        }
        return switch (dialect) {
            case POSTGRESQL -> "left(" + column + ", " + HEAD + ")";
            case H2, MYSQL -> names.quote(attribute + ORDER);
            case SQLITE, OTHER -> column;
        };
    }

    /** Whether the key of a value may be the key of other values, too. */
    boolean isCut(Object value) {
        return (dialect == Database.POSTGRESQL || dialect == Database.MYSQL)
                && value instanceof String text
                && text.codePointCount(0, text.length()) >= HEAD;
    }

    /** A value as a parameter that is compared with {@link #key}, or with {@link #idKey}. */
    Object keyOf(Object value) {
        if (dialect == Database.H2 && value instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        if (value instanceof String text && isCut(value)) {
            return text.substring(0, text.offsetByCodePoints(0, HEAD));
        }
        return parameter(value);
    }

    /** A value as a parameter. */
    Object parameter(Object value) {
        if (!(value instanceof Instant time)) {
            return value;
        }
        return switch (dialect) {
            case SQLITE -> SQLITE_TIME.format(time);
            case MYSQL -> LocalDateTime.ofInstant(time, ZoneOffset.UTC);
            case POSTGRESQL, H2, OTHER -> time.atOffset(ZoneOffset.UTC);
        };
    }

    void bind(PreparedStatement statement, int place, Type type, @Nullable Object value) throws SQLException {
        if (value != null) {
            statement.setObject(place, parameter(value));
            return;
        }
        statement.setNull(
                place,
                switch (type) {
                    case TEXT -> Types.VARCHAR;
                    case NUMBER -> Types.BIGINT;
                    case FLAG -> Types.BOOLEAN;
                    case TIME ->
                        switch (dialect) {
                            case SQLITE -> Types.VARCHAR;
                            case MYSQL -> Types.TIMESTAMP;
                            case POSTGRESQL, H2, OTHER -> Types.TIMESTAMP_WITH_TIMEZONE;
                        };
                });
    }

    @Nullable
    Object read(ResultSet row, int place, Type type) throws SQLException {
        return switch (type) {
            case TEXT -> row.getString(place);
            case NUMBER -> {
                long value = row.getLong(place);
                yield row.wasNull() ? null : (Object) value;
            }
            case FLAG -> {
                boolean value = row.getBoolean(place);
                yield row.wasNull() ? null : (Object) value;
            }
            case TIME -> time(row, place);
        };
    }

    private @Nullable Instant time(ResultSet row, int place) throws SQLException {
        switch (dialect) {
            case SQLITE -> {
                String text = row.getString(place);
                return text == null ? null : Instant.parse(text);
            }
            case MYSQL -> {
                LocalDateTime time = row.getObject(place, LocalDateTime.class);
                return time == null ? null : time.toInstant(ZoneOffset.UTC);
            }
            default -> {
                OffsetDateTime time = row.getObject(place, OffsetDateTime.class);
                return time == null ? null : time.toInstant();
            }
        }
    }
}
