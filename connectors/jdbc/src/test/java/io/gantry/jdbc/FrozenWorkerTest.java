// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.jdbc.BookLoad.Moment;
import io.gantry.spi.dataset.FencedDataset;
import io.gantry.spi.dataset.LoadMode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A real process is frozen while it loads, loses its run, and wakes up. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
@Timeout(60)
class FrozenWorkerTest {

    private static String url = "";
    private static PGSimpleDataSource database = new PGSimpleDataSource();

    private TestTables tables = new TestTables(database, PostgresDatasetTest::type, "");

    @BeforeAll
    static void begin() {
        url = PostgresServer.url("frozen");
        database.setUrl(url);
        database.setOptions("-c lock_timeout=10s"); // so that a test fails rather than hang when a lock is left
    }

    @BeforeEach
    void makeTable() {
        tables = new TestTables(database, PostgresDatasetTest::type, "");
        tables.execute("DROP TABLE IF EXISTS books", BookLoad.TABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "STAGING, INSERT", // in the middle of a COPY into the table
        "STAGING, UPSERT", // in the middle of a COPY into a staging table
        "CHECKED, INSERT",
        "CHECKED, REPLACE", // holds the lock of the table
        "MARKED, UPSERT" // between the last statement and the commit
    })
    void a_worker_that_was_frozen_cannot_write_when_it_wakes_up(Moment moment, LoadMode mode) throws Exception {
        FencedDataset books = (FencedDataset) tables.datasets().table("books").open();
        String run = moment + "-" + mode;
        Process worker = start(run, mode, moment);
        try (BufferedReader says = worker.inputReader()) {
            assertThat(says.readLine()).isEqualTo(FrozenWorker.HERE);
            Signals.send("STOP", worker.pid());

            assertThat(books.fence(run, 2)).isEmpty();
            assertThat(tables.leftovers()).isEmpty();
            BookLoad second = new BookLoad(books, run, 2, mode);
            second.carryOut(anywhere -> {});
            List<String> loaded = titles();
            assertThat(loaded).containsExactly(BookLoad.ROWS + " " + second.title());

            Signals.send("CONT", worker.pid());
            worker.getOutputStream().write('\n');
            worker.getOutputStream().flush();
            assertThat(says.readLine()).isEqualTo("FENCED");
            assertThat(worker.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(titles()).isEqualTo(loaded);
            assertThat(tables.leftovers()).isEmpty();
            assertThat(books.fence(run, 3)).isPresent();
        } finally {
            worker.destroyForcibly();
        }
    }

    private static Process start(String run, LoadMode mode, Moment moment) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        FrozenWorker.class.getName(),
                        url,
                        run,
                        mode.name(),
                        moment.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** How many rows have which title. */
    private List<String> titles() {
        return tables.strings("SELECT count(*) || ' ' || title FROM books GROUP BY title");
    }
}
