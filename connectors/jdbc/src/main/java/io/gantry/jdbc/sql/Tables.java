// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds tables by name. */
public final class Tables {

    /** A table or view, and whether rows can be put into it. */
    public record Found(TableId id, boolean writable) {}

    private Tables() {}

    /**
     * Finds a table by its exact name, or where there is none by the only one that differs in nothing but case.
     *
     * @param schema where to look; null for where the connection looks by itself
     */
    public static Found find(Session session, @Nullable String schema, String name) throws SQLException {
        List<Found> all = list(session, schema, null);
        List<Found> alike = all.stream()
                .filter(table -> table.id().name().equalsIgnoreCase(name))
                .toList();
        return alike.stream()
                .filter(table -> table.id().name().equals(name))
                .findFirst()
                .or(() -> alike.stream().filter(table -> alike.size() == 1).findFirst())
                .orElseThrow(() -> {
                    List<String> names = all.stream()
                            .map(table -> table.id().name())
                            .filter(other -> !other.toLowerCase(Locale.ROOT).startsWith("gantry_"))
                            .sorted()
                            .limit(20)
                            .toList();
                    return new ProviderException(
                            "JDBC_TABLE_NOT_FOUND",
                            FailureKind.DATA,
                            "There is no table or view '" + name + "' in "
                                    + (schema == null ? "the connection's schema" : "schema '" + schema + "'")
                                    + "; there are " + names,
                            Map.of("table", name, "tables", names),
                            null);
                });
    }

    public static boolean exists(Session session, TableId table) throws SQLException {
        return list(session, table.schema(), table.name()).stream()
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

    private static List<Found> list(Session session, @Nullable String schema, @Nullable String name)
            throws SQLException {
        DatabaseMetaData metadata = session.connection().getMetaData();
        boolean catalogs = session.dialect().schemasAreCatalogs();
        String catalog =
                catalogs && schema != null ? schema : session.connection().getCatalog();
        String inSchema = catalogs || !session.dialect().hasSchemas()
                ? null
                : Objects.requireNonNullElse(schema, session.connection().getSchema());
        List<Found> found = new ArrayList<>();
        try (ResultSet row = metadata.getTables(
                catalog, MetadataCatalog.pattern(metadata, inSchema), MetadataCatalog.pattern(metadata, name), null)) {
            while (row.next()) {
                String type = row.getString("TABLE_TYPE");
                boolean table = type.equals("TABLE") || type.equals("BASE TABLE") || type.equals("PARTITIONED TABLE");
                if (table || type.endsWith("VIEW") || type.equals("FOREIGN TABLE")) {
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
