// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.spi.Cancellation;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.Rollback;
import io.gantry.spi.dataset.RollbackOutcome;
import io.gantry.spi.dataset.UndoableDataset;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A rollback hangs in its last step, and someone else comes to take the same run back. */
@Timeout(60)
class RollbackTakeoverTest {

    private static final DataSource DATABASE = PostgresServer.database("takeovers");
    private static final RollbackOutcome WHOLE = new RollbackOutcome(BookLoad.ROWS, 0, 0, List.of());

    private final TestTables tables = new TestTables(DATABASE, PostgresDatasetTest::type, "");
    private final ExecutorService others = Executors.newFixedThreadPool(2);
    private final CountDownLatch there = new CountDownLatch(1);
    private final CountDownLatch proceed = new CountDownLatch(1);
    private final CommitHook commits = new CommitHook(this::hang);

    @BeforeEach
    void load() {
        tables.execute("DROP TABLE IF EXISTS books, gantry_run", BookLoad.TABLE);
        new BookLoad(books(DATABASE), "run", 1, LoadMode.UPSERT).carryOut(anywhere -> {});
    }

    @AfterEach
    void close() {
        proceed.countDown();
        others.shutdownNow();
    }

    private static UndoableDataset books(DataSource database) {
        return (UndoableDataset) JdbcDatasets.of(database).table("books").open();
    }

    private static Rollback attempt(int number) {
        Instant now = Instant.parse("2026-11-02T10:15:30Z");
        return new Rollback("run", number, Rollback.OnConflict.KEEP, 5, now, Cancellation.NEVER);
    }

    private void hang() {
        there.countDown();
        try {
            assertThat(proceed.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Future<RollbackOutcome> hanging() throws InterruptedException {
        UndoableDataset books = books(commits.over(DATABASE));
        commits.on();
        Future<RollbackOutcome> hanging = others.submit(() -> books.rollBack(attempt(1)));
        assertThat(there.await(30, TimeUnit.SECONDS)).isTrue();
        return hanging;
    }

    @Test
    void the_next_attempt_does_not_wait_for_one_that_hangs_and_that_one_comes_to_nothing() throws Exception {
        Future<RollbackOutcome> hanging = hanging();
        assertThat(books(DATABASE).rollBack(attempt(2))).isEqualTo(WHOLE);
        proceed.countDown();
        assertThatThrownBy(() -> hanging.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        e -> assertThat(e.kind()).isIn(FailureKind.UNKNOWN_OUTCOME, FailureKind.TRANSIENT));
        assertThat(tables.strings("SELECT title FROM books")).isEmpty();
        assertThat(books(DATABASE).rollBack(attempt(3))).isEqualTo(WHOLE);
    }

    @Test
    void who_has_waited_for_another_one_to_take_the_run_back_gives_the_same_answer() throws Exception {
        Future<RollbackOutcome> hanging = hanging();
        Future<RollbackOutcome> waiting = others.submit(() -> books(DATABASE).rollBack(attempt(1)));
        while (tables.strings("SELECT 'waits' FROM pg_locks WHERE NOT granted").isEmpty()) {
            Thread.onSpinWait();
        }
        proceed.countDown();
        assertThat(hanging.get(30, TimeUnit.SECONDS)).isEqualTo(WHOLE);
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(WHOLE);
    }
}
