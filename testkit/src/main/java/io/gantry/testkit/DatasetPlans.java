// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static io.gantry.testkit.DatasetLoading.row;
import static io.gantry.testkit.DatasetLoading.threeBooks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.DatasetWriter;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.MarkedDataset;
import io.gantry.spi.dataset.UndoableDataset;
import io.gantry.testkit.DatasetContract.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That a load that was planned is applied to the rows it was planned for, and to no others. */
interface DatasetPlans {

    private Rig plans() {
        return Rig.of(this).needs(Capability.WRITE, Capability.MARK);
    }

    private static String mark(Dataset dataset) {
        return ((MarkedDataset) dataset).mark();
    }

    private static LoadScript planned(Rig rig, Dataset books, LoadMode mode) {
        return rig.load(books)
                .mode(mode)
                .expecting(mark(books))
                .row(4L, "Faust", "D", null)
                .row(1L, "Emma", "B", 474L);
    }

    private static void isStale(Rig rig, Dataset books, LoadScript script, Runnable load) {
        List<List<@Nullable Object>> before = rig.rows(books);
        assertThatThrownBy(load::run).isInstanceOfSatisfying(ProviderException.class, e -> {
            assertThat(e.code()).isEqualTo("PLAN_STALE");
            assertThat(e.kind()).isEqualTo(FailureKind.DENIED);
            assertThat(e).hasMessageContaining("preview again");
        });
        assertThat(rig.rows(books)).containsExactlyInAnyOrderElementsOf(before);
        if (books instanceof UndoableDataset undoable) {
            assertThat(undoable.applied(script.run())).isEmpty();
        }
    }

    @Test
    default void a_planned_load_is_applied_as_long_as_nobody_changed_a_row() {
        Rig rig = plans();
        for (LoadMode mode : LoadMode.values()) {
            Dataset books = threeBooks(rig);
            Dataset same = threeBooks(rig);
            LoadScript.Loaded applied = planned(rig, books, mode).apply();
            LoadScript.Loaded unplanned = rig.load(same)
                    .mode(mode)
                    .row(4L, "Faust", "D", null)
                    .row(1L, "Emma", "B", 474L)
                    .apply();
            assertThat(applied.outcome()).isEqualTo(unplanned.outcome());
            assertThat(applied.codes()).isEqualTo(unplanned.codes());
            assertThat(rig.rows(books)).containsExactlyInAnyOrderElementsOf(rig.rows(same));
        }
    }

    @Test
    default void a_planned_load_is_refused_once_someone_has_changed_a_row_and_nothing_is_loaded() {
        Rig rig = plans();
        for (LoadMode mode : LoadMode.values()) {
            Dataset books = threeBooks(rig);
            LoadScript script = planned(rig, books, mode);
            rig.updateBySomeoneElse(books, 2L, "title", "Odyssey");
            isStale(rig, books, script, script::apply);
        }
    }

    @Test
    default void a_planned_load_is_refused_when_someone_changes_a_row_while_it_is_staged() {
        Rig rig = plans();
        for (LoadMode mode : LoadMode.values()) {
            Dataset books = threeBooks(rig);
            LoadScript script = planned(rig, books, mode);
            DatasetWriter staged = script.staged();
            rig.insertBySomeoneElse(books, 9L, "Walden", null, null);
            isStale(rig, books, script, () -> script.finish(staged));
        }
    }

    @Test
    default void a_load_that_was_applied_makes_the_plans_before_it_stale() {
        Rig rig = plans();
        Dataset books = threeBooks(rig);
        LoadScript script = planned(rig, books, LoadMode.UPSERT);
        planned(rig, books, LoadMode.UPSERT).applyAll();
        isStale(rig, books, script, script::apply);
    }

    /** Whoever changes a row between check and apply comes after the load, has it refused, or is refused; nobody waits for ever. */
    @Test
    default void a_change_between_check_and_apply_comes_after_a_planned_load_or_one_of_them_is_refused()
            throws Exception {
        Rig rig = plans();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            for (LoadMode mode : List.of(LoadMode.INSERT, LoadMode.UPSERT)) {
                Dataset books = threeBooks(rig);
                List<List<@Nullable Object>> expected = new ArrayList<>(rig.rows(books));
                Future<?> edit;
                try (DatasetWriter writer = planned(rig, books, mode).checked()) {
                    edit = other.submit(() -> rig.insertBySomeoneElse(books, 9L, "Walden", null, null));
                    isMade(edit, 200);
                    if (applies(writer)) {
                        expected.add(row(4L, "Faust", "D", null));
                        if (mode == LoadMode.UPSERT) {
                            expected.remove(row(1L, "Emma", "A", 474L));
                            expected.add(row(1L, "Emma", "B", 474L));
                        }
                    }
                }
                if (isMade(edit, 60_000)) {
                    expected.add(row(9L, "Walden", null, null));
                }
                assertThat(edit.isDone()).isTrue();
                assertThat(rig.rows(books)).containsExactlyInAnyOrderElementsOf(expected);
            }
        } finally {
            other.shutdownNow();
        }
    }

    /** False when it waits for the load still, or when the store did not let it wait. */
    private static boolean isMade(Future<?> edit, long millis) throws InterruptedException {
        try {
            edit.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }

    private static boolean applies(DatasetWriter writer) {
        try {
            writer.apply();
            return true;
        } catch (ProviderException e) {
            assertThat(e.code()).isEqualTo("PLAN_STALE");
            return false;
        }
    }
}
