// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.jdbc.sql.Cells;
import io.gantry.jdbc.sql.Layout;
import io.gantry.jdbc.sql.Names;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.table.JdbcTable;
import io.gantry.spi.Cancellation;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.Reference;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.DatasetContract.Edit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Makes tables for schemas, and edits them past Gantry. */
public final class TestTables {

    /** Names the type of a column. */
    public interface Types {
        String of(Field field);
    }

    private final DataSource dataSource;
    private final JdbcDatasets datasets;
    private final Types types;
    private final String options;

    public TestTables(DataSource dataSource, Types types, String options) {
        this.dataSource = dataSource;
        this.types = types;
        this.options = options;
        datasets = JdbcDatasets.of(dataSource);
    }

    JdbcDatasets datasets() {
        return datasets;
    }

    Dataset create(String name, Schema schema) {
        try (Session session = Session.open(dataSource, Cancellation.NEVER)) {
            Names names = session.names();
            List<String> parts = new ArrayList<>();
            for (Field field : schema.fields()) {
                parts.add(names.quote(field.name()) + " " + types.of(field) + (field.isRequired() ? " NOT NULL" : ""));
            }
            if (!schema.key().isEmpty()) {
                parts.add("PRIMARY KEY (" + names.list("", schema.key()) + ")");
            }
            for (List<String> unique : schema.uniques()) {
                parts.add("UNIQUE (" + names.list("", unique) + ")");
            }
            for (Reference reference : schema.references()) {
                parts.add("FOREIGN KEY (" + names.list("", reference.fields()) + ") REFERENCES "
                        + names.quote(reference.dataset()) + " (" + names.list("", reference.targets()) + ")");
            }
            execute("CREATE TABLE " + names.quote(name) + " (" + String.join(", ", parts) + ")" + options);
        }
        return datasets.table(name).open();
    }

    public void execute(String... statements) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(String.join("; ", statements), e);
        }
    }

    /** The first column of an answer. */
    public List<String> strings(String query) {
        List<String> strings = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                strings.add(row.getString(1));
            }
            return strings;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** The names of staging tables, those of other connections included where the database tells them. */
    public List<String> leftovers() {
        List<String> names = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                ResultSet row = connection.getMetaData().getTables(null, null, null, null)) {
            while (row.next()) {
                String name = row.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
                if (name.startsWith("gantry_stage_") || name.startsWith("gantry_bad_")) {
                    names.add(name);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return names.stream().sorted().toList();
    }

    public void edit(Dataset dataset, Edit edit) {
        try (Session session = Session.open(dataSource, Cancellation.NEVER)) {
            Layout layout = ((JdbcTable) dataset).access().layout(session);
            Names names = session.names();
            String table = names.quote(layout.table());
            String key = names.all(edit.key().keySet(), column -> column + " = ?");
            String sql = switch (edit.kind()) {
                case INSERT ->
                    "INSERT INTO " + table + " (" + names.list("", edit.values().keySet()) + ") VALUES ("
                            + edit.values().keySet().stream().map(column -> "?").collect(Collectors.joining(", "))
                            + ")";
                case UPDATE ->
                    "UPDATE " + table + " SET "
                            + names.quote(edit.values().keySet()).stream()
                                    .map(column -> column + " = ?")
                                    .collect(Collectors.joining(", "))
                            + " WHERE " + key;
                case DELETE -> "DELETE FROM " + table + " WHERE " + key;
            };
            Stream<Map.Entry<String, @Nullable Object>> parameters = edit.kind() == Edit.Kind.INSERT
                    ? edit.values().entrySet().stream()
                    : Stream.concat(
                            edit.values().entrySet().stream(),
                            new LinkedHashMap<String, @Nullable Object>(edit.key()).entrySet().stream());
            try (PreparedStatement statement = session.connection().prepareStatement(sql)) {
                int place = 1;
                Cells cells = new Cells(session.dialect());
                for (Map.Entry<String, @Nullable Object> parameter : parameters.toList()) {
                    Object value = parameter.getValue();
                    if (value == null) {
                        statement.setNull(place++, java.sql.Types.NULL);
                    } else {
                        cells.bind(statement, place++, layout.column(parameter.getKey()), value);
                    }
                }
                if (statement.executeUpdate() != 1) {
                    throw new IllegalStateException("Edited no row: " + edit);
                }
            }
            session.connection().commit();
        } catch (SQLException e) {
            throw new IllegalStateException(edit.toString(), e);
        }
    }
}
