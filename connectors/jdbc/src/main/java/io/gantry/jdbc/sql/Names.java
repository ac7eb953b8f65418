// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes names into SQL. Names come from metadata and definitions and are never trusted: each is quoted.
 *
 * @param mark the database's quotation mark
 */
public record Names(String mark) {

    public static Names of(DatabaseMetaData metadata) throws SQLException {
        String mark = metadata.getIdentifierQuoteString();
        if (mark == null || mark.isBlank()) {
            throw new ProviderException(
                    "JDBC_NO_QUOTED_NAMES",
                    FailureKind.DATA,
                    "The driver " + metadata.getDriverName() + " has no way to quote names, without which no table"
                            + " can be named safely");
        }
        return new Names(mark.trim());
    }

    public String quote(String name) {
        if (name.indexOf('\0') >= 0) {
            throw new ProviderException(
                    "JDBC_NAME_INVALID",
                    FailureKind.DATA,
                    "A name of a table or column holds a NUL character",
                    Map.of(),
                    null);
        }
        return mark + name.replace(mark, mark + mark) + mark;
    }

    public List<String> quote(Collection<String> names) {
        return names.stream().map(this::quote).toList();
    }

    public String quote(TableId table) {
        String place = table.schema() != null ? table.schema() : table.catalog();
        return place == null ? quote(table.name()) : quote(place) + "." + quote(table.name());
    }

    /** Names one after the other, each behind a prefix such as {@code s.}. */
    public String list(String prefix, Collection<String> names) {
        return each(names, name -> prefix + quote(name), ", ");
    }

    /** Columns to be read one after the other, each behind a prefix: those that are exchanged as text are made text. */
    public String read(String prefix, Collection<TableColumn> columns) {
        return columns.stream()
                .map(column -> {
                    String value = prefix + quote(column.name());
                    return column.isText() ? "CAST(" + value + " AS text)" : value;
                })
                .collect(Collectors.joining(", "));
    }

    /** Conditions on pairs of columns with the same names, all of which hold. */
    public String all(Collection<String> names, Function<String, String> condition) {
        return each(names, name -> condition.apply(quote(name)), " AND ");
    }

    private static String each(Collection<String> names, Function<String, String> text, String between) {
        return names.stream().map(text).collect(Collectors.joining(between));
    }

    /** A readable name for a helper table, short enough for every database. */
    public static String helper(String prefix, String readable, String hash) {
        String plain = readable.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        return prefix + (plain.length() > 24 ? plain.substring(0, 24) : plain) + "_" + hash;
    }
}
