// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.AppliedRun;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.DatasetWriter;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.testkit.DatasetContract.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That there is one truth, told consistently, when workers of the same run meet. */
interface DatasetRaces {

    /** How a load ended. */
    enum End {
        APPLIED,
        NOT_APPLIED,
        UNKNOWN
    }

    private Rig races() {
        return Rig.of(this).needs(Capability.WRITE, Capability.FENCE);
    }

    @Test
    default void a_load_and_a_fence_that_meet_agree_who_was_first() throws Exception {
        Rig rig = races();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < 40; round++) {
                LoadMode mode = round % 2 == 0 ? LoadMode.INSERT : LoadMode.UPSERT;
                meet(rig, mode, (round / 2) % 10 * 100_000L, other);
            }
        } finally {
            other.shutdownNow();
        }
    }

    private static void meet(Rig rig, LoadMode mode, long nanos, ExecutorService other) throws Exception {
        Dataset books = rig.dataset(Rig.BOOKS);
        LoadScript script = rig.load(books).mode(mode).row(1L, "Emma", null, null);
        CyclicBarrier start = new CyclicBarrier(2);
        Future<End> applying = other.submit(() -> {
            try (DatasetWriter writer = script.checked()) {
                start.await(20, TimeUnit.SECONDS);
                return end(writer::apply);
            }
        });
        start.await(20, TimeUnit.SECONDS);
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < nanos) {
            Thread.onSpinWait();
        }
        Optional<AppliedRun> told = fence(rig, books, script, 2);
        End end = applying.get(30, TimeUnit.SECONDS);
        if (end != End.UNKNOWN) {
            assertThat(told.isPresent())
                    .as("applied, by the fence, where the load was %s", end)
                    .isEqualTo(end == End.APPLIED);
        }
        assertThat(rig.rows(books)).hasSize(told.isPresent() ? 1 : 0);
        assertThat(rig.applied(books, script)).isEqualTo(told);
        assertThat(fence(rig, books, script, 2)).isEqualTo(told);
    }

    @Test
    default void of_many_workers_that_take_a_run_from_each_other_one_at_most_loads_it() throws Exception {
        Rig rig = races();
        int workers = 4;
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            for (int round = 0; round < 10; round++) {
                Dataset books = rig.dataset(Rig.BOOKS);
                String run = rig.load(books).run();
                CyclicBarrier start = new CyclicBarrier(workers);
                List<Callable<End>> takers = new ArrayList<>();
                for (int attempt = 1; attempt <= workers; attempt++) {
                    LoadScript script = rig.load(books).run(run).attempt(attempt);
                    for (long id = 0; id < attempt; id++) {
                        script.row(id, "attempt " + attempt, null, null);
                    }
                    takers.add(() -> {
                        start.await(20, TimeUnit.SECONDS);
                        return takeOver(rig, books, script);
                    });
                }
                List<End> ends = new ArrayList<>();
                for (Future<End> taker : threads.invokeAll(takers, 60, TimeUnit.SECONDS)) {
                    ends.add(taker.get());
                }
                assertOne(rig, books, run, ends);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static End takeOver(Rig rig, Dataset dataset, LoadScript script) {
        try {
            if (script.attempt() > 1
                    && rig.fence(dataset, script, script.attempt()).isPresent()) {
                return End.NOT_APPLIED;
            }
        } catch (ProviderException e) {
            assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT);
            return End.NOT_APPLIED;
        }
        return end(script::applyAll);
    }

    private static void assertOne(Rig rig, Dataset dataset, String run, List<End> ends) {
        Optional<AppliedRun> applied = rig.applied(dataset, rig.load(dataset).run(run));
        List<List<@Nullable Object>> rows = rig.rows(dataset);
        if (applied.isEmpty()) {
            assertThat(ends).doesNotContain(End.APPLIED);
            assertThat(rows).isEmpty();
            return;
        }
        assertThat(rows).hasSize((int) applied.get().outcome().inserted());
        assertThat(rows).allMatch(row -> ("attempt " + rows.size()).equals(row.get(1)));
        assertThat(ends.stream().filter(End.APPLIED::equals).count()).isLessThanOrEqualTo(1);
        assertThat(ends.get(rows.size() - 1)).isNotEqualTo(End.NOT_APPLIED);
    }

    private static End end(Runnable load) {
        try {
            load.run();
            return End.APPLIED;
        } catch (ProviderException e) {
            if (e.kind() == FailureKind.UNKNOWN_OUTCOME) {
                return End.UNKNOWN;
            }
            assertThat(List.of("FENCED", "ALREADY_APPLIED").contains(e.code()) || e.kind() == FailureKind.TRANSIENT)
                    .as("%s", e)
                    .isTrue();
            return End.NOT_APPLIED;
        }
    }

    /** Fences as a caller does: again, when it had to wait too long. */
    private static Optional<AppliedRun> fence(Rig rig, Dataset dataset, LoadScript script, int attempt) {
        for (int i = 0; ; i++) {
            try {
                return rig.fence(dataset, script, attempt);
            } catch (ProviderException e) {
                if (e.kind() != FailureKind.TRANSIENT || i == 20) {
                    throw e;
                }
            }
        }
    }
}
