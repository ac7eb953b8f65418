// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds tables by name. */
public final class Tables {

    private static final int SHOWN = 20;

    /**
     * A relation that can be a dataset.
     *
     * @param writable whether rows can be put into it
     */
    public record Found(TableId id, boolean writable) {}

    private Tables() {}

    /**
     * Finds a table by its exact name, or where there is none by the only one that differs in nothing but case. A name with
     * points is split into a schema and a table when no table has it as a whole; parts may be quoted.
     *
     * @param schema where to look; null for where the connection looks by itself
     */
    public static Found find(Session session, @Nullable String schema, String name) throws SQLException {
        List<Found> here = session.dialect().relations(session, schema, null);
        List<String> parts = parts(name);
        String last = parts.get(parts.size() - 1);
        @Nullable Found found = match(here, name, false);
        if (found == null && parts.size() == 1) {
            found = match(here, last, isQuoted(name));
        }
        if (found == null
                && schema == null
                && parts.size() > 1
                && session.dialect().hasSchemas()) {
            String inSchema = schemaNamed(session, parts.get(parts.size() - 2));
            here = session.dialect().relations(session, inSchema, null);
            found = match(here, last, name.endsWith("\""));
            if (found == null) {
                throw notFound(session, inSchema, last, here);
            }
        }
        if (found == null) {
            throw notFound(session, schema, parts.size() == 1 ? last : name, here);
        }
        return found;
    }

    private static boolean isQuoted(String name) {
        return name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
    }

    /** The parts of a name between points; what is in quotation marks is one part. */
    static List<String> parts(String name) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < name.length(); i++) {
            char character = name.charAt(i);
            if (character == '"') {
                boolean doubled = quoted && i + 1 < name.length() && name.charAt(i + 1) == '"';
                if (doubled) {
                    part.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (character == '.' && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(character);
            }
        }
        parts.add(part.toString());
        return quoted || parts.stream().anyMatch(String::isEmpty) ? List.of(name) : parts;
    }

    private static @Nullable Found match(List<Found> among, String name, boolean exactly) {
        List<Found> alike = new ArrayList<>();
        for (Found each : among) {
            if (each.id().name().equals(name)) {
                return each;
            }
            if (!exactly && each.id().name().equalsIgnoreCase(name)) {
                alike.add(each);
            }
        }
        if (alike.size() > 1) {
            List<String> names =
                    alike.stream().map(table -> table.id().fullName()).toList();
            throw new ProviderException(
                    "JDBC_TABLE_AMBIGUOUS",
                    FailureKind.DATA,
                    "Several tables differ from '" + name + "' in nothing but case: " + names
                            + "; write the name exactly as one of them",
                    Map.of("table", name, "tables", names),
                    null);
        }
        return alike.isEmpty() ? null : alike.get(0);
    }

    /** The exact name of a schema; the name as it is where there is none. */
    private static String schemaNamed(Session session, String name) throws SQLException {
        List<String> alike = new ArrayList<>();
        DatabaseMetaData metadata = session.connection().getMetaData();
        boolean catalogs = session.dialect().schemasAreCatalogs();
        try (ResultSet row = catalogs ? metadata.getCatalogs() : metadata.getSchemas()) {
            while (row.next()) {
                String schema = row.getString(catalogs ? "TABLE_CAT" : "TABLE_SCHEM");
                if (schema.equals(name)) {
                    return name;
                }
                if (schema.equalsIgnoreCase(name)) {
                    alike.add(schema);
                }
            }
        }
        return alike.size() == 1 ? alike.get(0) : name;
    }

    private static ProviderException notFound(Session session, @Nullable String schema, String name, List<Found> here)
            throws SQLException {
        List<String> names = here.stream()
                .map(table -> table.id().name())
                .filter(other -> !other.toLowerCase(Locale.ROOT).startsWith("gantry_"))
                .sorted()
                .limit(SHOWN)
                .toList();
        List<String> elsewhere = session.dialect().relationsAnywhere(session, name).stream()
                .map(table -> table.id().fullName())
                .sorted(Comparator.naturalOrder())
                .limit(SHOWN)
                .toList();
        return new ProviderException(
                "JDBC_TABLE_NOT_FOUND",
                FailureKind.DATA,
                "There is no table or view '" + name + "' in "
                        + (schema == null ? "the connection's schema" : "schema '" + schema + "'")
                        + (elsewhere.isEmpty() ? "" : "; other schemas have " + elsewhere + ": name the schema")
                        + (names.isEmpty() && !elsewhere.isEmpty() ? "" : "; there are " + names),
                Map.of("table", name, "tables", names, "elsewhere", elsewhere),
                null);
    }

    public static boolean exists(Session session, TableId table) throws SQLException {
        return session.dialect().relations(session, table.schema(), table.name()).stream()
                .anyMatch(found -> found.id().name().equalsIgnoreCase(table.name()));
    }

    /** The names of a table's columns in lower case; none when it does not exist. */
    public static Set<String> columns(Session session, TableId table) throws SQLException {
        DatabaseMetaData metadata = session.connection().getMetaData();
        Set<String> names = new HashSet<>();
        try (ResultSet row = metadata.getColumns(
                table.catalog(),
                MetadataCatalog.pattern(metadata, table.schema()),
                MetadataCatalog.pattern(metadata, table.name()),
                null)) {
            while (row.next()) {
                names.add(row.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    /** The tables and views that the driver's metadata tells of; other kinds of relations, such as indexes, are skipped. */
    static List<Found> ofMetadata(Session session, @Nullable String schema, @Nullable String name) throws SQLException {
        Dialect dialect = session.dialect();
        String catalog = dialect.schemasAreCatalogs() && schema != null
                ? schema
                : session.connection().getCatalog();
        String inSchema = dialect.schemasAreCatalogs() || !dialect.hasSchemas()
                ? null
                : Objects.requireNonNullElse(schema, session.connection().getSchema());
        DatabaseMetaData metadata = session.connection().getMetaData();
        return list(
                metadata,
                catalog,
                MetadataCatalog.pattern(metadata, inSchema),
                MetadataCatalog.pattern(metadata, name));
    }

    /** The tables and views of a name, up to case, in every schema. */
    static List<Found> anywhere(Session session, String name) throws SQLException {
        return list(session.connection().getMetaData(), null, null, null).stream()
                .filter(found -> found.id().name().equalsIgnoreCase(name))
                .toList();
    }

    private static List<Found> list(
            DatabaseMetaData metadata, @Nullable String catalog, @Nullable String schema, @Nullable String name)
            throws SQLException {
        List<Found> found = new ArrayList<>();
        try (ResultSet row = metadata.getTables(catalog, schema, name, null)) {
            while (row.next()) {
                String type =
                        String.valueOf(row.getString("TABLE_TYPE")); // null for kinds that the driver does not know
                boolean table = type.equals("TABLE") || type.equals("BASE TABLE");
                if (table || type.equals("VIEW")) {
                    found.add(new Found(
                            new TableId(
                                    row.getString("TABLE_CAT"),
                                    row.getString("TABLE_SCHEM"),
                                    row.getString("TABLE_NAME")),
                            table));
                }
            }
        }
        return found;
    }
}
