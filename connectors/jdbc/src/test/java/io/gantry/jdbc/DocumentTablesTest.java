// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentKind.Type;
import io.gantry.spi.document.DocumentWrite;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What a store of documents leaves in a database for others to read. */
class DocumentTablesTest {

    private static final DocumentKind RUN = new DocumentKind(
            "run", Map.of("pipeline", Type.TEXT, "rows_read", Type.NUMBER, "done", Type.FLAG, "ended_at", Type.TIME));
    private static final DataSource DATABASE = PostgresServer.database("document_tables");

    private static List<String> query(String sql) throws SQLException {
        try (Connection connection = DATABASE.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DATABASE.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void the_attributes_are_columns_that_plain_sql_can_read() throws SQLException {
        try (JdbcDocuments store = JdbcDocuments.in(DATABASE)) {
            store.open(List.of(RUN));
            store.commit(List.of(new DocumentWrite.Insert(new Document(
                    "acme",
                    "run",
                    "r-1",
                    1,
                    Map.of(
                            "pipeline",
                            "students",
                            "rows_read",
                            3L,
                            "done",
                            true,
                            "ended_at",
                            Instant.parse("2026-11-01T10:00:00Z")),
                    "{\"note\": \"hello\"}"))));
            assertThat(query("SELECT pipeline || ' ' || rows_read || ' ' || (body::jsonb ->> 'note') FROM"
                            + " gantry_state_run WHERE done AND ended_at < '2026-11-02 00:00Z' AND tenant = 'acme'"))
                    .containsExactly("students 3 hello");
            assertThat(query("SELECT fact || '=' || value FROM gantry_state ORDER BY fact"))
                    .containsExactly(
                            "layout=1",
                            "run=KIND",
                            "run.done=FLAG",
                            "run.ended_at=TIME",
                            "run.pipeline=TEXT",
                            "run.rows_read=NUMBER");
        }
    }

    @Test
    void tables_may_be_in_a_schema_and_have_names_of_their_own() throws SQLException {
        execute("CREATE SCHEMA \"of engines\"");
        try (JdbcDocuments store =
                JdbcDocuments.in(DATABASE).schema("of engines").prefix("mine")) {
            store.open(List.of(RUN));
            assertThat(query("SELECT table_name FROM information_schema.tables WHERE table_schema = 'of engines'"
                            + " ORDER BY table_name"))
                    .containsExactly("mine", "mine_run");
        }
    }

    @Test
    void tables_of_a_newer_version_are_left_alone() throws SQLException {
        JdbcDocuments store = JdbcDocuments.in(DATABASE).prefix("future");
        store.open(List.of(RUN));
        store.close();
        execute("UPDATE future SET value = '2' WHERE fact = 'layout'");
        assertThatThrownBy(() -> store.open(List.of(new DocumentKind("other", Map.of()))))
                .isInstanceOfSatisfying(ProviderException.class, failure -> {
                    assertThat(failure.code()).isEqualTo("JDBC_STORE_NEWER");
                    assertThat(failure.kind()).isEqualTo(FailureKind.DENIED);
                    assertThat(failure.getMessage()).contains("layout 2").contains("up to 1");
                });
        assertThat(query("SELECT fact FROM future WHERE fact = 'other'")).isEmpty();
    }

    @Test
    void a_database_that_cannot_order_text_is_refused() throws SQLException {
        execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
        String url;
        try (Connection connection = DATABASE.getConnection()) {
            url = connection.getMetaData().getURL();
        }
        org.postgresql.ds.PGSimpleDataSource latin = new org.postgresql.ds.PGSimpleDataSource();
        latin.setUrl(url.replaceFirst("/document_tables", "/latin"));
        latin.setUser("postgres");
        assertThatThrownBy(() -> JdbcDocuments.in(latin).open(List.of(RUN)))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        failure -> assertThat(failure.code()).isEqualTo("JDBC_STORE_UNFIT"));
    }

    @Test
    void an_index_serves_each_order_and_each_condition() throws SQLException {
        try (JdbcDocuments store = JdbcDocuments.in(DATABASE).prefix("indexed")) {
            store.open(List.of(RUN));
            assertThat(query("SELECT indexdef FROM pg_indexes WHERE tablename = 'indexed_run' ORDER BY indexdef"))
                    .hasSize(5)
                    .anyMatch(index -> index.contains("(tenant, \"left\"(pipeline, 200) NULLS FIRST, id)"))
                    .anyMatch(index -> index.contains("(tenant, ended_at NULLS FIRST, id)"));
            assertThat(plan("SELECT * FROM indexed_run WHERE tenant = 'a' ORDER BY ended_at DESC NULLS LAST, id DESC"))
                    .contains("Index Scan Backward using indexed_run_ended_at")
                    .doesNotContain("Sort");
            assertThat(plan("SELECT * FROM indexed_run WHERE tenant = 'a' AND (left(pipeline, 200), id) > ('p', 'i')"
                            + " ORDER BY left(pipeline, 200) NULLS FIRST, id"))
                    .contains("Index Scan using indexed_run_pipeline")
                    .doesNotContain("Sort");
            assertThat(plan("SELECT * FROM indexed_run WHERE tenant = 'a' AND done = true ORDER BY id"))
                    .contains("Index Scan using indexed_run_done")
                    .doesNotContain("Sort");
        }
    }

    private static String plan(String sql) throws SQLException {
        try (Connection connection = DATABASE.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET enable_seqscan = off; SET enable_bitmapscan = off");
            try (ResultSet rows = statement.executeQuery("EXPLAIN " + sql)) {
                StringBuilder plan = new StringBuilder();
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
                return plan.toString();
            } finally {
                statement.execute("RESET ALL");
            }
        }
    }
}
