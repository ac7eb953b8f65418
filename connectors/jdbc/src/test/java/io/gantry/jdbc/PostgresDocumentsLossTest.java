// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentWrite;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** That a commit which was not made is told from one of which that cannot be said. */
class PostgresDocumentsLossTest {

    private static final DocumentKind NOTE = new DocumentKind("note", Map.of("word", DocumentKind.Type.TEXT));
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final DataSource DATABASE = PostgresServer.database("loss");

    private final JdbcDocuments store = JdbcDocuments.in(DATABASE);

    @BeforeEach
    void open() {
        store.open(List.of(NOTE));
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
        execute("DROP TABLE gantry_state, gantry_state_note");
    }

    private static Document note(String id, String word) {
        return new Document("acme", "note", id, 1, Map.of("word", word), "{}");
    }

    private static List<DocumentWrite> insert(String id) {
        return List.of(new DocumentWrite.Insert(note(id, "apple")));
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DATABASE.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Ends the one backend that waits for a lock, as soon as there is one. */
    private static void killTheOneThatWaits() throws SQLException {
        long end = System.nanoTime() + DEADLINE.toNanos();
        try (Connection connection = DATABASE.getConnection();
                Statement statement = connection.createStatement()) {
            while (System.nanoTime() < end) {
                try (ResultSet killed = statement.executeQuery("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock'")) {
                    if (killed.next()) {
                        return;
                    }
                }
            }
        }
        throw new AssertionError("Nobody waited for a lock");
    }

    private static ProviderException failure(CompletableFuture<Void> commit) {
        return catchThrowableOfType(ProviderException.class, () -> {
            try {
                commit.orTimeout(DEADLINE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                        .join();
            } catch (java.util.concurrent.CompletionException e) {
                throw e.getCause();
            }
        });
    }

    @Test
    void a_connection_that_is_lost_before_the_commit_has_changed_nothing() throws SQLException {
        store.commit(insert("a"));
        try (Connection other = DATABASE.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM gantry_state_note FOR UPDATE");
            Document next = new Document("acme", "note", "a", 2, Map.of("word", "pear"), "{}");
            CompletableFuture<Void> commit =
                    CompletableFuture.runAsync(() -> store.commit(List.of(new DocumentWrite.Replace(next))));
            killTheOneThatWaits();
            ProviderException failure = failure(commit);
            assertThat(failure.kind()).isEqualTo(FailureKind.TRANSIENT);
            other.rollback();
            other.setAutoCommit(true);
            assertThat(store.find("acme", "note", "a")).contains(note("a", "apple"));
            store.commit(List.of(new DocumentWrite.Replace(next)));
            assertThat(store.find("acme", "note", "a")).contains(next);
        }
    }

    @Test
    void a_connection_that_is_lost_in_the_midst_of_the_commit_leaves_its_outcome_unknown() throws SQLException {
        execute("CREATE OR REPLACE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN PERFORM pg_advisory_xact_lock(42); RETURN NULL; END'");
        execute("CREATE CONSTRAINT TRIGGER hold AFTER INSERT ON gantry_state_note DEFERRABLE INITIALLY DEFERRED"
                + " FOR EACH ROW EXECUTE FUNCTION hold()");
        try (Connection other = DATABASE.getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(42)");
            CompletableFuture<Void> commit = CompletableFuture.runAsync(() -> store.commit(insert("b")));
            killTheOneThatWaits();
            ProviderException failure = failure(commit);
            assertThat(failure.kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
            assertThat(failure.code()).isEqualTo("JDBC_OUTCOME_UNKNOWN");
            statement.execute("SELECT pg_advisory_unlock(42)");
        }
        assertThat(store.find("acme", "note", "b")).isEmpty();
        store.commit(insert("b"));
    }

    @Test
    void an_answer_that_is_lost_leaves_the_outcome_unknown_although_it_was_done() throws SQLException, IOException {
        String url;
        try (Connection connection = DATABASE.getConnection()) {
            url = connection.getMetaData().getURL();
        }
        int port = URI.create(url.substring("jdbc:".length())).getPort();
        try (LosingProxy proxy = new LosingProxy(port);
                JdbcDocuments far = JdbcDocuments.in(through(proxy.port()))) {
            far.open(List.of(NOTE));
            far.commit(insert("c"));
            proxy.loseNextCommit();
            ProviderException failure = catchThrowableOfType(ProviderException.class, () -> far.commit(insert("d")));
            assertThat(failure.kind()).isEqualTo(FailureKind.UNKNOWN_OUTCOME);
            assertThat(far.find("acme", "note", "d")).contains(note("d", "apple"));
        }
    }

    private static PGSimpleDataSource through(int port) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {port});
        dataSource.setDatabaseName("loss");
        dataSource.setUser("postgres");
        dataSource.setSslMode("disable");
        return dataSource;
    }

    @Test
    void a_database_that_is_away_is_a_passing_failure_that_tells_no_address() {
        int nobody = 1; // a port that is given to nobody, so that nobody else's server answers there
        try (JdbcDocuments gone = JdbcDocuments.in(through(nobody))) {
            ProviderException failure = catchThrowableOfType(ProviderException.class, () -> gone.open(List.of(NOTE)));
            assertThat(failure.kind()).isEqualTo(FailureKind.TRANSIENT);
            assertThat(failure.getMessage()).doesNotContain("127.0.0.1");
        }
    }

    @Test
    void transactions_that_the_database_undid_for_others_sake_are_made_again() throws SQLException {
        execute("ALTER DATABASE loss SET default_transaction_isolation = 'serializable'");
        PGSimpleDataSource strict;
        try (Connection connection = DATABASE.getConnection()) {
            strict = through(URI.create(connection.getMetaData().getURL().substring("jdbc:".length()))
                    .getPort());
        }
        try (JdbcDocuments one = JdbcDocuments.in(strict)) {
            one.open(List.of(NOTE));
            one.commit(insert("n"));
            List<CompletableFuture<Integer>> threads = java.util.stream.IntStream.range(0, 6)
                    .mapToObj(thread -> CompletableFuture.supplyAsync(() -> replaceTenTimes(one)))
                    .toList();
            threads.forEach(CompletableFuture::join);
            assertThat(one.find("acme", "note", "n").orElseThrow().revision()).isEqualTo(61);
            assertThat(one.count(DocumentQuery.of("acme", "note"))).isEqualTo(1);
        } finally {
            execute("ALTER DATABASE loss RESET default_transaction_isolation");
        }
    }

    private static int replaceTenTimes(JdbcDocuments store) {
        int done = 0;
        while (done < 10) {
            Document now = store.find("acme", "note", "n").orElseThrow();
            try {
                store.commit(List.of(new DocumentWrite.Replace(
                        new Document("acme", "note", "n", now.revision() + 1, now.attributes(), "{}"))));
                done++;
            } catch (ProviderException e) {
                assertThat(e.code()).isEqualTo("REVISION_CONFLICT");
            }
        }
        return done;
    }
}
