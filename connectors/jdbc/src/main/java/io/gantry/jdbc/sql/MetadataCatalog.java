// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import io.gantry.spi.schema.FieldType;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the driver's metadata. */
public final class MetadataCatalog {

    /** From here on a length is the database's own limit, not one of the column. */
    private static final int BOUNDLESS = 10_000_000;

    private MetadataCatalog() {}

    public static void read(Session session, TableId table, Catalog catalog) throws SQLException {
        DatabaseMetaData metadata = session.connection().getMetaData();
        Dialect dialect = session.dialect();
        Map<String, Integer> fractions = dialect.schemasAreCatalogs() ? fractions(session, table) : Map.of();
        try (ResultSet row = metadata.getColumns(
                table.catalog(), pattern(metadata, table.schema()), pattern(metadata, table.name()), null)) {
            while (row.next()) {
                catalog.column(column(row, dialect, fractions));
            }
        }
        try (ResultSet row = metadata.getPrimaryKeys(table.catalog(), table.schema(), table.name())) {
            while (row.next()) {
                catalog.key(row.getInt("KEY_SEQ"), row.getString("COLUMN_NAME"));
            }
        }
        try (ResultSet row = metadata.getIndexInfo(table.catalog(), table.schema(), table.name(), true, false)) {
            while (row.next()) {
                if (row.getShort("TYPE") != DatabaseMetaData.tableIndexStatistic
                        && row.getString("FILTER_CONDITION") == null) {
                    String column = row.getString("COLUMN_NAME");
                    catalog.unique(row.getString("INDEX_NAME"), column == null ? "" : column);
                }
            }
        }
        try (ResultSet row = metadata.getImportedKeys(table.catalog(), table.schema(), table.name())) {
            for (Key key : keys(row)) {
                catalog.reference(key.constraint, key.column, key.to, key.target);
                if (key.deferrable) {
                    catalog.deferred();
                }
            }
        }
        try (ResultSet row = metadata.getExportedKeys(table.catalog(), table.schema(), table.name())) {
            for (Key key : keys(row)) {
                catalog.referrer(key.from.fullName() + " " + key.constraint, key.from, key.column, key.target);
            }
        }
    }

    /** How many digits of a second the columns of a table keep, which drivers of MariaDB and MySQL do not tell. */
    private static Map<String, Integer> fractions(Session session, TableId table) throws SQLException {
        Map<String, Integer> fractions = new HashMap<>();
        session.query(
                "SELECT COLUMN_NAME, DATETIME_PRECISION FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ?"
                        + " AND TABLE_NAME = ? AND DATETIME_PRECISION IS NOT NULL",
                row -> fractions.put(row.getString(1), row.getInt(2)),
                Objects.requireNonNullElse(table.catalog(), session.connection().getCatalog()),
                table.name());
        return fractions;
    }

    /** A name as an argument that is taken for a pattern. */
    public static @Nullable String pattern(DatabaseMetaData metadata, @Nullable String name) throws SQLException {
        String escape = metadata.getSearchStringEscape();
        if (name == null || escape == null || escape.isEmpty()) {
            return name;
        }
        return name.replace(escape, escape + escape).replace("_", escape + "_").replace("%", escape + "%");
    }

    private record Key(
            String constraint,
            short place,
            TableId from,
            String column,
            TableId to,
            String target,
            boolean deferrable) {}

    private static List<Key> keys(ResultSet row) throws SQLException {
        List<Key> keys = new ArrayList<>();
        while (row.next()) {
            TableId from = new TableId(
                    row.getString("FKTABLE_CAT"), row.getString("FKTABLE_SCHEM"), row.getString("FKTABLE_NAME"));
            TableId to = new TableId(
                    row.getString("PKTABLE_CAT"), row.getString("PKTABLE_SCHEM"), row.getString("PKTABLE_NAME"));
            keys.add(new Key(
                    String.valueOf(row.getString("FK_NAME")),
                    row.getShort("KEY_SEQ"),
                    from,
                    row.getString("FKCOLUMN_NAME"),
                    to,
                    row.getString("PKCOLUMN_NAME"),
                    row.getShort("DEFERRABILITY") == DatabaseMetaData.importedKeyInitiallyDeferred));
        }
        keys.sort(Comparator.comparing(Key::constraint).thenComparing(Key::place));
        return keys;
    }

    private static TableColumn column(ResultSet row, Dialect dialect, Map<String, Integer> fractions)
            throws SQLException {
        String typeName = row.getString("TYPE_NAME").toLowerCase(Locale.ROOT);
        int jdbcType = row.getInt("DATA_TYPE");
        int size = row.getInt("COLUMN_SIZE");
        int digits = fractions.getOrDefault(row.getString("COLUMN_NAME"), row.getInt("DECIMAL_DIGITS"));
        FieldType type = fieldType(jdbcType, typeName);
        if (type == FieldType.DECIMAL) {
            size = typeName.contains("decfloat") ? 0 : size;
        } else if (type != FieldType.STRING && type != FieldType.BYTES || size >= BOUNDLESS) {
            size = 0;
        }
        return new TableColumn(
                row.getString("COLUMN_NAME"),
                type,
                jdbcType,
                typeName,
                size,
                digits,
                row.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls,
                row.getString("COLUMN_DEF") != null || "YES".equals(row.getString("IS_AUTOINCREMENT")),
                "YES".equals(row.getString("IS_GENERATEDCOLUMN")),
                false,
                "",
                "",
                "",
                dialect.comparesBytes());
    }

    private static @Nullable FieldType fieldType(int jdbcType, String typeName) {
        if (typeName.equals("uuid")) {
            return FieldType.UUID;
        }
        if (typeName.startsWith("enum")) {
            return FieldType.STRING;
        }
        if (typeName.equals("bigint unsigned")) {
            return FieldType.DECIMAL;
        }
        return switch (jdbcType) {
            case Types.CHAR,
                    Types.VARCHAR,
                    Types.LONGVARCHAR,
                    Types.NCHAR,
                    Types.NVARCHAR,
                    Types.LONGNVARCHAR,
                    Types.CLOB,
                    Types.NCLOB -> FieldType.STRING;
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> FieldType.INTEGER;
            case Types.DECIMAL, Types.NUMERIC -> FieldType.DECIMAL;
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> FieldType.FLOAT;
            case Types.BIT, Types.BOOLEAN -> FieldType.BOOLEAN;
            case Types.DATE -> FieldType.DATE;
            case Types.TIME -> FieldType.TIME;
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> FieldType.TIMESTAMP;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> FieldType.BYTES;
            default -> null;
        };
    }
}
