// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process that works for several tenants is killed at random instants, again and again. How often is told by the system
 * property {@code gantry.kills}; {@code gantry.seed} repeats the chances of an earlier time, as far as time can be repeated.
 */
class KillTest {

    private static final int KILLS = Integer.getInteger("gantry.kills", 5);
    private static final int KILLS_OF_THE_DATABASE = Integer.getInteger("gantry.kills.database", 2);
    private static final int FREEZES = Integer.getInteger("gantry.freezes", 3);
    private static final long SEED = Long.getLong("gantry.seed", System.nanoTime() % 1_000_000);
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** Where an engine has to wait for it to end. */
    private static final Duration SHORT_LEASE = Duration.ofSeconds(2);

    /** About twice for each run: so the instants do not depend on how fast the machine is. */
    private static final int MOST_WORDS = 40;

    /** That it is ready, and one that a run was submitted. */
    private static final int FIRST_WORDS = 2;

    private static final int JITTER_NANOS = 200_000_000;

    @TempDir
    private Path folder;

    @Test
    void whatever_a_killed_process_left_in_postgresql_is_brought_to_its_end() throws Exception {
        kill(PostgresServer.url("kills"));
    }

    @Test
    void whatever_a_killed_process_left_in_files_of_sqlite_is_brought_to_its_end() throws Exception {
        kill("jdbc:sqlite:" + folder.resolve("rows.db") + "?journal_mode=WAL&busy_timeout=10000");
    }

    @Test
    void a_database_that_is_killed_and_started_again_loses_nothing_and_the_engine_comes_back_by_itself()
            throws Exception {
        Random random = random();
        long begin = System.nanoTime();
        Map<String, String> told = new ConcurrentHashMap<>();
        MillCheck.Seen seen = new MillCheck.Seen(0, 0);
        try (FragilePostgres server = FragilePostgres.start(folder)) {
            MillStores.make(server.url());
            MillCheck check = new MillCheck(server.url(), folder, true, told);
            try (MillProcess mill = MillProcess.start(server.url(), folder, Duration.ZERO, SHORT_LEASE, told)) {
                mill.awaitReady();
                for (int i = 1; i <= KILLS_OF_THE_DATABASE; i++) {
                    mill.awaitWords(random.nextInt(MOST_WORDS));
                    LockSupport.parkNanos(random.nextInt(JITTER_NANOS));
                    server.kill();
                    LockSupport.parkNanos(random.nextInt(JITTER_NANOS));
                    server.start();
                    mill.awaitWords(3);
                    mill.pause();
                    seen = check.check(Duration.ZERO, SHORT_LEASE);
                    mill.goOn();
                }
            }
        }
        tell(KILLS_OF_THE_DATABASE + " kills of the database", seen, begin);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
    void a_process_that_freezes_past_its_lease_writes_nothing_that_another_engine_has_taken_over() throws Exception {
        Random random = random();
        long begin = System.nanoTime();
        Map<String, String> told = new ConcurrentHashMap<>();
        String url = PostgresServer.url("freezes");
        MillStores.make(url);
        MillCheck check = new MillCheck(url, folder, false, told);
        MillCheck.Seen seen;
        try (MillProcess mill = MillProcess.start(url, folder, Duration.ZERO, LEASE, told)) {
            mill.awaitReady();
            for (int i = 1; i <= FREEZES; i++) {
                mill.awaitWords(random.nextInt(MOST_WORDS));
                LockSupport.parkNanos(random.nextInt(JITTER_NANOS));
                mill.signal("STOP");
                check.checkRuns(LEASE.plusSeconds(1), LEASE);
                mill.signal("CONT");
                mill.awaitWords(3);
            }
            mill.pause();
            seen = check.check(Duration.ZERO, LEASE);
        }
        tell(FREEZES + " freezes", seen, begin);
    }

    private static Random random() {
        System.out.println("Seed: " + SEED);
        return new Random(SEED);
    }

    private static void tell(String what, MillCheck.Seen seen, long begin) {
        System.out.printf(
                "%s, %d runs, of which %d failed; %d s%n",
                what,
                seen.runs(),
                seen.failed(),
                Duration.ofNanos(System.nanoTime() - begin).toSeconds());
        assertThat(seen.runs()).isPositive();
    }

    /** Whoever comes after a kill has a clock by which the lease of whoever was killed is over: nobody waits for that. */
    private void kill(String url) throws Exception {
        Random random = random();
        long begin = System.nanoTime();
        Map<String, String> told = new ConcurrentHashMap<>();
        MillCheck check = new MillCheck(url, folder, false, told);
        Duration late = Duration.ZERO;
        MillCheck.Seen seen = new MillCheck.Seen(0, 0);
        MillStores.make(url);
        for (int i = 1; i <= KILLS; i++) {
            try (MillProcess mill = MillProcess.start(url, folder, late, LEASE, told)) {
                if (i == 1) { // so that there is something to look for, whatever becomes of the others
                    mill.awaitReady();
                    mill.awaitWords(FIRST_WORDS + random.nextInt(MOST_WORDS));
                } else if (random.nextInt(8) > 0) {
                    mill.awaitReady();
                    mill.awaitWords(random.nextInt(MOST_WORDS));
                }
                LockSupport.parkNanos(random.nextInt(JITTER_NANOS));
                mill.kill();
            }
            late = late.plus(LEASE).plusSeconds(1);
            if (i == KILLS
                    || random.nextInt(4) > 0) { // else the next mill finds it all, and may be killed while it does
                seen = check.check(late, LEASE);
                late = late.plus(LEASE).plusSeconds(1);
            }
        }
        tell(KILLS + " kills, " + url.split("[:/]")[1], seen, begin);
    }
}
