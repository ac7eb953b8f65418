// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.gantry.jdbc.JdbcDatasets;
import io.gantry.jdbc.MariaServer;
import io.gantry.jdbc.TestTables;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableId;
import io.gantry.spi.Cancellation;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.DatasetWriter;
import io.gantry.spi.dataset.Duplicates;
import io.gantry.spi.dataset.Load;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.WritableDataset;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mariadb.jdbc.MariaDbDataSource;

/** What becomes of staging tables whose loads never came to their end. */
class MariaStageTest {

    /** Without a pool, which would hand out connections that were ended. */
    private static final DataSource DATABASE = unpooled(MariaServer.database("stages"));

    private static final List<Field> FIELDS =
            List.of(Field.of("id", FieldType.INTEGER), Field.of("title", FieldType.STRING));

    private final TestTables tables = new TestTables(DATABASE, field -> "", "");
    private final WritableDataset books =
            (WritableDataset) JdbcDatasets.of(DATABASE).table("books").open();

    private static DataSource unpooled(DataSource pool) {
        try {
            return new MariaDbDataSource(((HikariDataSource) pool).getJdbcUrl());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeAll
    static void makeTable() throws SQLException {
        execute("CREATE TABLE books (id bigint PRIMARY KEY, title varchar(50))");
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DATABASE.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private DatasetWriter begin(String run, boolean preview) {
        Load.Rules rules = new Load.Rules(List.of("id"), Duplicates.KEEP_FIRST, List.of(), List.of());
        DatasetWriter writer = books.write(new Load(
                run, 1, LoadMode.UPSERT, FIELDS, rules, Instant.EPOCH, Cancellation.NEVER, null));
        if (preview) {
            ((DatasetWriter.Previewing) writer).previewOnly();
        }
        stage(writer, run, 1);
        return writer;
    }

    private static void stage(DatasetWriter writer, String run, long id) {
        RowBatch rows = new RowBatch(FIELDS, 1);
        rows.add(id, id, run);
        writer.stage(rows);
    }

    private static void apply(DatasetWriter writer) {
        writer.check((number, fields, code, message) -> {
            throw new AssertionError(code);
        });
        writer.apply();
    }

    /** Ends all connections but its own, as the server does when their process is no more. */
    private static void killOthers() throws SQLException {
        List<Long> others = new ArrayList<>();
        try (Connection connection = DATABASE.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT id FROM information_schema.processlist"
                    + " WHERE db = 'stages' AND id <> CONNECTION_ID()")) {
                while (row.next()) {
                    others.add(row.getLong(1));
                }
            }
            for (long other : others) {
                statement.execute("KILL " + other);
            }
        }
    }

    private void leave(String run, boolean preview) throws SQLException {
        DatasetWriter writer = begin(run, preview);
        killOthers();
        assertThatThrownBy(() -> {
                    stage(writer, run, 2);
                    writer.check((number, fields, code, message) -> {});
                })
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        e -> assertThat(e.kind()).isNotEqualTo(FailureKind.DATA));
        writer.close();
    }

    @Test
    void tables_of_previews_and_loads_whose_process_is_gone_are_dropped_by_whoever_stages_rows_next() throws Exception {
        leave("a preview", true);
        leave("a load that nobody tries again", false);
        assertThat(tables.leftovers()).isNotEmpty();
        try (DatasetWriter next = begin("next", true)) {
            stage(next, "next", 2);
            assertThat(tables.leftovers()).hasSize(2); // its own
        }
        assertThat(tables.leftovers()).isEmpty();
    }

    @Test
    void tables_of_loads_that_are_under_way_stay() throws Exception {
        execute("CREATE TABLE gantry_stage_books_of_ours (id int)");
        try (DatasetWriter first = begin("first", false)) {
            try (DatasetWriter second = begin("second", false)) {
                stage(first, "first", 2);
                apply(second);
            }
            apply(first);
        }
        assertThat(tables.leftovers()).containsExactly("gantry_stage_books_of_ours");
        execute("DROP TABLE gantry_stage_books_of_ours");
    }

    @Test
    void a_table_stays_as_long_as_it_is_claimed_whatever_its_transactions_are() throws Exception {
        TableId table = new TableId("stages", null, "gantry_stage_books_0123456789ab");
        try (Session one = Session.open(DATABASE, Cancellation.NEVER);
                Session two = Session.open(DATABASE, Cancellation.NEVER)) {
            long patience = two.number("SELECT @@SESSION.lock_wait_timeout");
            try (StageClaim claim = new StageClaim(one, table)) {
                claim.take();
                one.define("CREATE TABLE " + one.names().quote(table) + " (id int)");
                StageClaim.sweep(two, table);
                assertThat(tables.leftovers()).containsExactly(table.name());
            }
            StageClaim.sweep(two, table);
            assertThat(tables.leftovers()).isEmpty();
            assertThat(two.number("SELECT @@SESSION.lock_wait_timeout")).isEqualTo(patience);
        }
    }
}
