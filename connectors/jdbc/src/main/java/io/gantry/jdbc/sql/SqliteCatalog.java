// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import io.gantry.spi.schema.FieldType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads SQLite's pragmas: the driver's metadata takes partial indexes for whole ones and mixes up foreign keys of several
 * columns.
 */
public final class SqliteCatalog {

    private static final Pattern SIZE = Pattern.compile("\\(\\s*(\\d{1,9})\\s*(?:,\\s*(\\d{1,9})\\s*)?\\)");

    private SqliteCatalog() {}

    public static void read(Session session, TableId table, Catalog catalog) throws SQLException {
        String name = table.name();
        long keys = session.number("SELECT count(*) FROM pragma_table_xinfo(?) WHERE pk > 0", name);
        session.query(
                "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?)",
                row -> {
                    catalog.column(column(row, keys == 1));
                    if (row.getInt(5) > 0) {
                        catalog.key(row.getInt(5), row.getString(1));
                    }
                },
                name);
        session.query(
                "SELECT i.name, c.name FROM pragma_index_list(?) i, pragma_index_info(i.name) c"
                        + " WHERE i.\"unique\" AND NOT i.partial ORDER BY i.seq DESC, c.seqno",
                row -> catalog.unique(row.getString(1), row.getString(2) == null ? "" : row.getString(2)),
                name);
        session.query(
                "SELECT m.name, f.id, f.\"table\", f.\"from\", coalesce(f.\"to\", k.name)"
                        + " FROM sqlite_schema m, pragma_foreign_key_list(m.name) f"
                        + " LEFT JOIN pragma_table_info(f.\"table\") k ON f.\"to\" IS NULL AND k.pk = f.seq + 1"
                        + " WHERE m.type = 'table' AND (m.name = ?1 OR f.\"table\" = ?1 COLLATE NOCASE)"
                        + " ORDER BY m.name, f.id, f.seq",
                row -> {
                    TableId from = table.sibling(row.getString(1));
                    String link = row.getString(1) + " " + row.getInt(2);
                    boolean here = row.getString(3).equalsIgnoreCase(name);
                    if (from.equals(table)) {
                        TableId to = here ? table : table.sibling(row.getString(3));
                        catalog.reference(link, row.getString(4), to, row.getString(5));
                    }
                    if (here) {
                        catalog.referrer(link, from, row.getString(4), row.getString(5));
                    }
                },
                name);
    }

    private static TableColumn column(ResultSet row, boolean onlyKey) throws SQLException {
        String declared = row.getString(2).toUpperCase(Locale.ROOT);
        FieldType type = fieldType(declared);
        Matcher size = SIZE.matcher(declared);
        boolean sized =
                size.find() && (type == FieldType.STRING || type == FieldType.BYTES || type == FieldType.DECIMAL);
        int digits = sized && size.group(2) != null ? Integer.parseInt(size.group(2)) : 0;
        int length = sized ? Integer.parseInt(size.group(1)) : 0;
        if (type == FieldType.DECIMAL) {
            length = length == 0 ? 0 : Math.min(length, SqliteDialect.EXACT_DIGITS);
        } else if (type == FieldType.TIME || type == FieldType.TIMESTAMP) {
            digits = 6;
        }
        boolean counts = onlyKey && row.getInt(5) > 0 && declared.equals("INTEGER");
        int hidden = row.getInt(6);
        return new TableColumn(
                row.getString(1),
                type,
                Types.OTHER,
                declared.toLowerCase(Locale.ROOT),
                length,
                digits,
                !row.getBoolean(3) && row.getInt(5) == 0,
                row.getString(4) != null || counts,
                hidden == 2 || hidden == 3,
                false,
                "",
                "",
                "",
                false);
    }

    /** Follows the names that people declare, as far as SQLite's affinity for the name keeps such values unchanged. */
    private static @Nullable FieldType fieldType(String declared) {
        if (declared.contains("BOOL")) {
            return FieldType.BOOLEAN;
        }
        if (declared.startsWith("UUID")) {
            return FieldType.UUID;
        }
        if (declared.startsWith("TIMESTAMP") || declared.startsWith("DATETIME")) {
            return FieldType.TIMESTAMP;
        }
        if (declared.startsWith("DATE")) {
            return FieldType.DATE;
        }
        if (declared.startsWith("TIME")) {
            return FieldType.TIME;
        }
        if (declared.contains("INT")) {
            return FieldType.INTEGER;
        }
        if (declared.contains("CHAR") || declared.contains("CLOB") || declared.contains("TEXT")) {
            return FieldType.STRING;
        }
        if (declared.contains("BLOB") || declared.contains("BINARY")) {
            return FieldType.BYTES;
        }
        if (declared.contains("REAL") || declared.contains("FLOA") || declared.contains("DOUB")) {
            return FieldType.FLOAT;
        }
        return declared.startsWith("DEC") || declared.startsWith("NUM") ? FieldType.DECIMAL : null;
    }
}
