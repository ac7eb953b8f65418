// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import io.gantry.spi.schema.FieldType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads PostgreSQL's own catalog, which knows more than the driver's metadata: partial indexes, domains, collations. */
public final class PostgresCatalog {

    private static final String COLUMNS = """
            SELECT a.attname, b.typname, b.typtype::text, m.mod, format_type(b.oid, m.mod),
                   a.attnotnull OR (t.typtype = 'd' AND t.typnotnull),
                   a.atthasdef OR a.attidentity <> '' OR t.typdefault IS NOT NULL,
                   a.attgenerated <> '', coalesce(l.collisdeterministic, true),
                   a.attidentity = 'a',
                   coalesce(pg_get_serial_sequence(a.attrelid::regclass::text, a.attname),
                            (SELECT format('%I.%I', sn.nspname, s.relname) FROM pg_attrdef d
                               JOIN pg_depend p ON p.classid = 'pg_attrdef'::regclass AND p.objid = d.oid
                                               AND p.refclassid = 'pg_class'::regclass
                               JOIN pg_class s ON s.oid = p.refobjid AND s.relkind = 'S'
                               JOIN pg_namespace sn ON sn.oid = s.relnamespace
                              WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum LIMIT 1), '')
              FROM pg_attribute a
              JOIN pg_type t ON t.oid = a.atttypid
              JOIN pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
              LEFT JOIN pg_collation l ON l.oid = a.attcollation
              CROSS JOIN LATERAL (
                   SELECT CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END AS mod) m
             WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped
             ORDER BY a.attnum""";

    private static final String UNIQUES = """
            SELECT i.indexrelid::text, i.indisprimary, k.place, a.attname, i.indimmediate
              FROM pg_index i
              CROSS JOIN LATERAL unnest(i.indkey::smallint[]) WITH ORDINALITY AS k(attnum, place)
              JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
             WHERE i.indrelid = ?::regclass AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
                   AND i.indexprs IS NULL AND k.place <= i.indnkeyatts
             ORDER BY i.indexrelid, k.place""";

    private static final String LINKS = """
            SELECT c.oid::text, fn.nspname, f.relname, fa.attname, tn.nspname, t.relname, ta.attname, c.condeferrable,
                   c.conrelid = r.oid, c.confrelid = r.oid
              FROM (SELECT ?::regclass::oid AS oid) r
              JOIN pg_constraint c ON c.contype = 'f' AND c.conparentid = 0
                                  AND (c.conrelid = r.oid OR c.confrelid = r.oid)
              JOIN pg_class f ON f.oid = c.conrelid
              JOIN pg_namespace fn ON fn.oid = f.relnamespace
              JOIN pg_class t ON t.oid = c.confrelid
              JOIN pg_namespace tn ON tn.oid = t.relnamespace
              CROSS JOIN LATERAL unnest(c.conkey, c.confkey) WITH ORDINALITY AS k(here, there, place)
              JOIN pg_attribute fa ON fa.attrelid = c.conrelid AND fa.attnum = k.here
              JOIN pg_attribute ta ON ta.attrelid = c.confrelid AND ta.attnum = k.there
             ORDER BY c.oid, k.place""";

    /** Tables, partitioned and foreign ones, views and materialised views; every other kind of relation is none of ours. */
    private static final String RELATIONS = """
            SELECT n.nspname, c.relname, c.relkind IN ('r', 'p') FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm')""";

    private PostgresCatalog() {}

    /** Where no schema is said, those of the search path, in its order. */
    static List<Tables.Found> relations(Session session, @Nullable String schema, @Nullable String name)
            throws SQLException {
        List<Object> parameters = new ArrayList<>();
        StringBuilder query = new StringBuilder(RELATIONS).append(" AND ");
        if (schema == null) {
            query.append("n.nspname = ANY (current_schemas(false)) AND pg_table_is_visible(c.oid)");
        } else {
            query.append("n.nspname = ?");
            parameters.add(schema);
        }
        if (name != null) {
            query.append(" AND lower(c.relname) = lower(?)");
            parameters.add(name);
        }
        query.append(" ORDER BY array_position(current_schemas(false), n.nspname), c.relname");
        return found(session, query.toString(), parameters);
    }

    static List<Tables.Found> relationsAnywhere(Session session, String name) throws SQLException {
        return found(
                session,
                RELATIONS + " AND lower(c.relname) = lower(?) AND n.nspname <> 'information_schema'"
                        + " AND n.nspname !~ '^pg_' ORDER BY 1, 2",
                List.of(name));
    }

    private static List<Tables.Found> found(Session session, String query, List<Object> parameters)
            throws SQLException {
        List<Tables.Found> found = new ArrayList<>();
        String catalog = session.connection().getCatalog();
        session.query(
                query,
                row -> found.add(
                        new Tables.Found(new TableId(catalog, row.getString(1), row.getString(2)), row.getBoolean(3))),
                parameters.toArray());
        return found;
    }

    public static void read(Session session, TableId table, Catalog catalog) throws SQLException {
        String name = session.names().quote(table);
        session.query(COLUMNS, row -> catalog.column(column(row)), name);
        session.query(
                UNIQUES,
                row -> {
                    if (row.getBoolean(2)) {
                        catalog.key(row.getInt(3), row.getString(4));
                    } else {
                        catalog.unique(row.getString(1), row.getString(4));
                    }
                    if (!row.getBoolean(5)) {
                        catalog.deferred();
                    }
                },
                name);
        session.query(
                LINKS,
                row -> {
                    TableId from = new TableId(table.catalog(), row.getString(2), row.getString(3));
                    TableId to = new TableId(table.catalog(), row.getString(5), row.getString(6));
                    if (row.getBoolean(9)) {
                        catalog.reference(row.getString(1), row.getString(4), to, row.getString(7));
                        if (row.getBoolean(8)) {
                            catalog.deferred();
                        }
                    }
                    if (row.getBoolean(10)) {
                        catalog.referrer(row.getString(1), from, row.getString(4), row.getString(7));
                    }
                },
                name);
    }

    private static TableColumn column(ResultSet row) throws SQLException {
        String type = row.getString(2);
        boolean label = row.getString(3).equals("e");
        FieldType known = label ? null : fieldType(type);
        boolean text = known == null; // every other type goes in and out as text, which the database converts
        int mod = row.getInt(4);
        int size = 0;
        int digits = 0;
        switch (type) {
            case "varchar", "bpchar" -> size = Math.max(0, mod - 4);
            case "numeric" -> {
                size = mod < 4 ? 0 : (mod - 4) >> 16 & 0xffff;
                digits = mod < 4 ? 0 : ((mod - 4 & 0x7ff) ^ 0x400) - 0x400;
            }
            case "name" -> size = 63;
            case "char" -> size = 1;
            case "time", "timestamp", "timestamptz" -> digits = mod < 0 ? 6 : mod;
            default -> {}
        }
        return new TableColumn(
                row.getString(1),
                text ? FieldType.STRING : known,
                Types.OTHER,
                label ? "enum" : type,
                size,
                digits,
                !row.getBoolean(6),
                row.getBoolean(7),
                row.getBoolean(8),
                row.getBoolean(10),
                row.getString(11),
                text ? "text" : row.getString(5),
                !text ? "" : type.equals("bit") ? "varbit" : row.getString(5),
                row.getBoolean(9)
                        && !text
                        && !type.equals("bpchar")
                        && !type.equals("citext")
                        && !type.startsWith("float"));
    }

    private static @Nullable FieldType fieldType(String type) {
        return switch (type) {
            case "text", "varchar", "bpchar", "citext" -> FieldType.STRING;
            case "int2", "int4", "int8" -> FieldType.INTEGER;
            case "numeric" -> FieldType.DECIMAL;
            case "float4", "float8" -> FieldType.FLOAT;
            case "bool" -> FieldType.BOOLEAN;
            case "date" -> FieldType.DATE;
            case "time" -> FieldType.TIME;
            case "timestamp", "timestamptz" -> FieldType.TIMESTAMP;
            case "uuid" -> FieldType.UUID;
            case "bytea" -> FieldType.BYTES;
            default -> null;
        };
    }
}
