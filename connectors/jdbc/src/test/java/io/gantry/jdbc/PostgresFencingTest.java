// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.DatasetWriter;
import io.gantry.spi.dataset.FencedDataset;
import io.gantry.spi.dataset.LoadMode;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a fence does where PostgreSQL does not permit it to end connections. */
@Timeout(60)
class PostgresFencingTest {

    private static final DataSource DATABASE = PostgresServer.databaseOfPlainUser("fencing");

    private final TestTables tables = new TestTables(DATABASE, PostgresDatasetTest::type, "");

    @BeforeEach
    void makeTable() {
        tables.execute("DROP TABLE IF EXISTS books, gantry_run", BookLoad.TABLE);
    }

    private FencedDataset books() {
        return (FencedDataset) tables.datasets().table("books").open();
    }

    @Test
    void a_load_that_holds_the_table_is_shut_out_without_waiting_for_it() {
        FencedDataset books = books();
        for (LoadMode mode : LoadMode.values()) {
            BookLoad load = new BookLoad(books, mode.name(), 1, mode);
            try (DatasetWriter writer = load.begin()) {
                load.stage(writer, 0);
                writer.check((number, fields, code, message) -> {});
                assertThat(books.fence(load.run(), 2)).isEmpty();
                assertThatThrownBy(writer::apply).isInstanceOfSatisfying(ProviderException.class, e -> {
                    assertThat(e.code()).isEqualTo("FENCED");
                    assertThat(e.kind()).isEqualTo(FailureKind.DENIED);
                });
            }
            assertThat(tables.strings("SELECT title FROM books")).isEmpty();
        }
    }

    @Test
    void a_load_that_hangs_in_its_last_step_is_waited_for_only_a_while_and_told_when_it_is_through() throws Exception {
        FencedDataset books = books();
        CountDownLatch marked = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        CommitHook commits = new CommitHook(() -> {
            marked.countDown();
            await(proceed);
        });
        FencedDataset hanging = (FencedDataset)
                JdbcDatasets.of(commits.over(DATABASE)).table("books").open();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<?> loading = other.submit(() -> new BookLoad(hanging, "run", 1, LoadMode.UPSERT).carryOut(moment -> {
                if (moment == BookLoad.Moment.CHECKED) {
                    commits.on();
                }
            }));
            await(marked);
            assertThatThrownBy(() -> books.fence("run", 2))
                    .isInstanceOfSatisfying(
                            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT));
            proceed.countDown();
            loading.get(20, TimeUnit.SECONDS);
            assertThat(books.fence("run", 2)).isPresent().isEqualTo(books.applied("run"));
        } finally {
            other.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_connection_that_goes_back_to_its_pool_shows_no_load_any_more() {
        FencedDataset books = books();
        String shown = "SELECT CAST(objid AS text) FROM pg_locks WHERE locktype = 'advisory'"
                + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
        BookLoad load = new BookLoad(books, "run", 7, LoadMode.INSERT);
        load.carryOut(moment -> assertThat(tables.strings(shown)).containsExactly("7"));
        assertThat(tables.strings(shown)).isEmpty();
    }

    @Test
    void a_load_that_was_shut_out_before_it_began_comes_no_further_than_its_first_rows() {
        FencedDataset books = books();
        assertThat(books.fence("run", 2)).isEmpty();
        for (LoadMode mode : LoadMode.values()) {
            BookLoad late = new BookLoad(books, "run", 1, mode);
            assertThatThrownBy(() -> late.carryOut(moment -> {
                        throw new AssertionError("It came to " + moment);
                    }))
                    .isInstanceOfSatisfying(
                            ProviderException.class, e -> assertThat(e.code()).isEqualTo("FENCED"));
        }
    }

    @Test
    void a_ledger_of_another_layout_is_told() {
        tables.execute("CREATE TABLE gantry_run (dataset text, run text)");
        FencedDataset books = books();
        assertThatThrownBy(() -> books.fence("run", 2))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.code()).isEqualTo("JDBC_LEDGER_LAYOUT"))
                .hasMessageContaining("public.gantry_run")
                .hasMessageContaining("attempt");
        assertThatThrownBy(() -> new BookLoad(books, "run", 1, LoadMode.INSERT).carryOut(moment -> {}))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.code()).isEqualTo("JDBC_LEDGER_LAYOUT"));
    }
}
