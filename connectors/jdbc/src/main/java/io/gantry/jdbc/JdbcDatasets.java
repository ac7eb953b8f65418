// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.jdbc.sql.Layout;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableId;
import io.gantry.jdbc.sql.Tables;
import io.gantry.jdbc.table.JdbcKeylessTable;
import io.gantry.jdbc.table.JdbcTable;
import io.gantry.jdbc.table.JdbcView;
import io.gantry.jdbc.table.OpenTables;
import io.gantry.jdbc.table.TableAccess;
import io.gantry.spi.Cancellation;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.schema.Sensitivity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The door to datasets that are tables of one database.
 *
 * <pre>{@code
 * JdbcDatasets school = JdbcDatasets.of(dataSource);
 * Dataset students = school.table("students").open();
 * Dataset grades = school.table("assessment_grade").named("grades").sensitivity("remark", PERSONAL).open();
 * }</pre>
 *
 * <p>A dataset reads its schema from the database's metadata whenever it is asked: fields, key, unique sets, and
 * references, which name the datasets of the same door that stand for the tables referred to. {@code docs/tables.md} says
 * what is made of each kind of table and column. Safe for use by several threads.
 */
public final class JdbcDatasets {

    private final OpenTables tables;

    private JdbcDatasets(DataSource dataSource) {
        tables = new OpenTables(dataSource);
    }

    /**
     * Opens the door to a database.
     *
     * @param dataSource gives connections; each load, reading or rollback takes one and gives it back. A pool is best;
     *     for PostgreSQL its connections must unwrap to those of the driver
     * @return the door
     */
    public static JdbcDatasets of(DataSource dataSource) {
        return new JdbcDatasets(Objects.requireNonNull(dataSource));
    }

    /**
     * Begins to define a dataset.
     *
     * @param table the name of a table or view, exactly, or up to case where only one is alike; with its schema in front
     *     ({@code sales.item}) where it does not lie where the connection looks; parts may be quoted
     *     ({@code "Sales"."Item"}), and are taken exactly then
     * @return to be completed and opened
     */
    public Definition table(String table) {
        return new Definition(table);
    }

    /** A dataset that is being defined. Used by one thread. */
    public final class Definition {

        private final String table;
        private @Nullable String schema;
        private @Nullable String name;
        private @Nullable String undoSchema;
        private List<String> key = List.of();
        private final Map<String, Sensitivity> sensitivities = new HashMap<>();
        private boolean readOnly;
        private boolean override;

        private Definition(String table) {
            this.table = Objects.requireNonNull(table);
        }

        /**
         * Says where the table is.
         *
         * @param schema its schema (in MySQL: its database); default is where the connection looks by itself
         * @return this
         */
        public Definition schema(String schema) {
            this.schema = Objects.requireNonNull(schema);
            return this;
        }

        /**
         * Gives the dataset a name of its own.
         *
         * @param name what pipelines call it; default is what {@link JdbcDatasets#table} was given
         * @return this
         */
        public Definition named(String name) {
            this.name = Objects.requireNonNull(name);
            return this;
        }

        /**
         * Says which columns tell rows apart, for tables whose key the database does not know.
         *
         * @param columns no two rows of the table have the same values in them, and none is without one
         * @return this
         */
        public Definition key(String... columns) {
            this.key = List.of(columns);
            return this;
        }

        /**
         * Says where markers of runs and images of rows are kept.
         *
         * @param schema a schema (in MySQL: a database) in which tables may be created; default is the table's own
         * @return this
         */
        public Definition undoIn(String schema) {
            this.undoSchema = Objects.requireNonNull(schema);
            return this;
        }

        /**
         * Says that reports may not show a field's values.
         *
         * @param field its name
         * @param sensitivity what it tells
         * @return this
         */
        public Definition sensitivity(String field, Sensitivity sensitivity) {
            sensitivities.put(field, Objects.requireNonNull(sensitivity));
            return this;
        }

        /**
         * Makes a dataset that is only read.
         *
         * @return this
         */
        public Definition readOnly() {
            this.readOnly = true;
            return this;
        }

        /**
         * Lets loads choose values of identity columns that the database always makes up ({@code GENERATED ALWAYS}).
         * Without it a row that would do so is rejected with code {@code GENERATED_ALWAYS}.
         *
         * @return this
         */
        public Definition override() {
            this.override = true;
            return this;
        }

        /**
         * Looks the table up and gives the dataset.
         *
         * @return for a table with a key one that can be read, loaded, rolled back, asked for keys and for its mark; a table
         *     without a key cannot be rolled back, and a view can only be read, asked for keys and for its mark
         * @throws ProviderException with code {@code JDBC_TABLE_NOT_FOUND}, {@code JDBC_COLUMN_NOT_FOUND} or
         *     {@code JDBC_COLUMN_UNSUPPORTED} when there is no such table, or not one that can be a dataset
         */
        public ReadableDataset open() {
            try (Session session = Session.open(tables.dataSource(), Cancellation.NEVER)) {
                Tables.Found found = session.attempt("looking up a table", () -> Tables.find(session, schema, table));
                String called = name != null ? name : table;
                boolean readable = readOnly || !found.writable();
                TableAccess access = new TableAccess(
                        tables,
                        called,
                        found.id(),
                        place(found.id()),
                        key,
                        Map.copyOf(sensitivities),
                        new TableAccess.Access(readable, override));
                Layout layout = access.layout(session);
                access.check(layout);
                tables.add(called, found.id());
                if (readable) {
                    return new JdbcView(access);
                }
                return layout.key().isEmpty() ? new JdbcKeylessTable(access) : new JdbcTable(access);
            }
        }

        private TableId place(TableId table) {
            if (undoSchema == null) {
                return table;
            }
            if (table.schema() != null) {
                return new TableId(table.catalog(), undoSchema, table.name());
            }
            if (table.catalog() != null) {
                return new TableId(undoSchema, null, table.name());
            }
            throw new ProviderException(
                    "JDBC_SCHEMA_UNSUPPORTED",
                    FailureKind.DATA,
                    "This database has no schemas: leave out undoIn(\"" + undoSchema + "\")");
        }
    }
}
