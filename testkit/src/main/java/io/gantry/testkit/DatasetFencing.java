// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static io.gantry.testkit.DatasetLoading.row;
import static io.gantry.testkit.DatasetLoading.threeBooks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.AppliedRun;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.DatasetWriter;
import io.gantry.spi.dataset.DatasetWriter.Outcome;
import io.gantry.spi.dataset.FencedDataset;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.testkit.DatasetContract.Capability;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That a worker that lost its run cannot write, whatever it was doing when it lost it; races are in {@link DatasetRaces}. */
interface DatasetFencing {

    private Rig fences() {
        return Rig.of(this).needs(Capability.WRITE, Capability.FENCE);
    }

    /** Expects that a load, staged or checked, can no longer be carried out. */
    private static void assertFenced(LoadScript script, DatasetWriter writer, boolean checked) {
        assertThatThrownBy(() -> script.goOn(writer, checked)).isInstanceOfSatisfying(ProviderException.class, e -> {
            assertThat(e.code()).isEqualTo("FENCED");
            assertThat(e.kind()).isEqualTo(FailureKind.DENIED);
        });
    }

    @Test
    default void a_load_that_is_staged_can_be_shut_out() {
        Rig rig = fences();
        for (LoadMode mode : ((FencedDataset) rig.dataset(Rig.BOOKS)).modes()) {
            Dataset books = threeBooks(rig);
            List<List<@Nullable Object>> before = rig.rows(books);
            LoadScript script = rig.load(books).mode(mode).row(1L, "Emma", "Z", 1L);
            try (DatasetWriter writer = script.staged()) {
                assertThat(rig.fence(books, script, 2)).isEmpty();
                assertFenced(script, writer, false);
            }
            assertThat(rig.rows(books)).containsExactlyInAnyOrderElementsOf(before);
            assertThat(rig.applied(books, script)).isEmpty();
        }
    }

    @Test
    default void a_load_that_is_checked_can_be_shut_out_unless_it_keeps_the_store_busy() {
        Rig rig = fences();
        for (LoadMode mode : ((FencedDataset) rig.dataset(Rig.BOOKS)).modes()) {
            Dataset books = threeBooks(rig);
            List<List<@Nullable Object>> before = rig.rows(books);
            LoadScript script = rig.load(books).mode(mode).row(1L, "Emma", "Z", 1L);
            boolean fenced;
            try (DatasetWriter writer = script.checked()) {
                fenced = isFenced(rig, books, script, 2);
                if (fenced) {
                    assertFenced(script, writer, true);
                } else {
                    writer.apply();
                }
            }
            assertThat(rig.applied(books, script).isPresent()).isEqualTo(!fenced);
            assertThat(rig.fence(books, script, 2)).isEqualTo(rig.applied(books, script));
            if (fenced) {
                assertThat(rig.rows(books)).containsExactlyInAnyOrderElementsOf(before);
            }
        }
    }

    /** Whether a load that is open was shut out; else the dataset could not tell in time. */
    private static boolean isFenced(Rig rig, Dataset dataset, LoadScript script, int attempt) {
        try {
            assertThat(rig.fence(dataset, script, attempt)).isEmpty();
            return true;
        } catch (ProviderException e) {
            assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT);
            return false;
        }
    }

    @Test
    default void a_load_that_begins_when_it_is_shut_out_already_comes_to_nothing() {
        Rig rig = fences();
        Dataset books = threeBooks(rig);
        LoadScript script = rig.load(books).row(4L, "Dracula", null, null);
        assertThat(rig.fence(books, script, 2)).isEmpty();
        assertThatThrownBy(script::apply)
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.code()).isEqualTo("FENCED"));
        assertThat(rig.rows(books)).hasSize(3);
        assertThat(rig.applied(books, script)).isEmpty();
    }

    @Test
    default void the_next_attempt_loads_the_run_and_can_be_taken_back() {
        Rig rig = fences();
        Dataset books = threeBooks(rig);
        LoadScript first = rig.load(books).row(4L, "Dracula", "first", null).row(5L, "Walden", "first", null);
        LoadScript second = rig.load(books).run(first.run()).attempt(2).row(4L, "Dracula", "second", null);
        try (DatasetWriter writer = first.staged()) {
            assertThat(rig.fence(books, first, 2)).isEmpty();
            assertThat(second.applyAll().outcome()).isEqualTo(new Outcome(1, 0, 0, 0));
            assertFenced(first, writer, false);
        }
        assertThat(rig.rows(books)).hasSize(4).contains(row(4L, "Dracula", "second", null));
        assertThat(rig.applied(books, second)).map(AppliedRun::outcome).contains(new Outcome(1, 0, 0, 0));
        assertThat(rig.rollBack(books, second.run()).reversed()).isEqualTo(1);
        assertThat(rig.rows(books)).hasSize(3);
        assertThat(rig.fence(books, second, 3)).map(AppliedRun::undo).contains(AppliedRun.Undo.DONE);
    }

    @Test
    default void a_load_that_was_applied_before_is_told_and_no_other_attempt_is_applied() {
        Rig rig = fences();
        Dataset books = threeBooks(rig);
        LoadScript first = rig.load(books).row(4L, "Dracula", null, null);
        first.applyAll();
        assertThat(rig.fence(books, first, 2)).isPresent().isEqualTo(rig.applied(books, first));
        assertThatThrownBy(() -> rig.load(books)
                        .run(first.run())
                        .attempt(2)
                        .row(5L, "Walden", null, null)
                        .apply())
                .isInstanceOfSatisfying(ProviderException.class, e -> {
                    assertThat(e.code()).isEqualTo("ALREADY_APPLIED");
                    assertThat(e.kind()).isEqualTo(FailureKind.DENIED);
                });
        assertThat(rig.rows(books)).hasSize(4);
    }

    @Test
    default void fencing_again_or_with_a_smaller_attempt_changes_nothing() {
        Rig rig = fences();
        Dataset books = threeBooks(rig);
        LoadScript script = rig.load(books).attempt(3).row(4L, "Dracula", null, null);
        for (int attempt : new int[] {3, 3, 1, 2, 3}) {
            assertThat(rig.fence(books, script, attempt)).isEmpty();
        }
        assertThatThrownBy(() -> rig.load(books)
                        .run(script.run())
                        .attempt(2)
                        .row(5L, "Walden", null, null)
                        .apply())
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.code()).isEqualTo("FENCED"));
        script.applyAll();
        for (int attempt : new int[] {3, 1, 4}) {
            assertThat(rig.fence(books, script, attempt)).isPresent().isEqualTo(rig.applied(books, script));
        }
        assertThat(rig.rows(books)).hasSize(4);
    }

    @Test
    default void an_attempt_that_shut_others_out_can_be_shut_out_itself() {
        Rig rig = fences();
        for (boolean checked : new boolean[] {false, true}) {
            Dataset books = threeBooks(rig);
            LoadScript second = rig.load(books).attempt(2).row(4L, "Dracula", "second", null);
            assertThat(rig.fence(books, second, 2)).isEmpty();
            try (DatasetWriter writer = checked ? second.checked() : second.staged()) {
                if (!isFenced(rig, books, second, 3)) {
                    continue;
                }
                assertFenced(second, writer, checked);
            }
            rig.load(books)
                    .run(second.run())
                    .attempt(3)
                    .row(4L, "Dracula", "third", null)
                    .applyAll();
            assertThat(rig.rows(books)).hasSize(4).contains(row(4L, "Dracula", "third", null));
        }
    }

    @Test
    default void attempts_that_are_not_smaller_go_on() {
        Rig rig = fences();
        Dataset books = threeBooks(rig);
        LoadScript same = rig.load(books).attempt(2).row(4L, "Dracula", null, null);
        LoadScript greater = rig.load(books).attempt(5).row(5L, "Walden", null, null);
        DatasetWriter one = same.staged();
        DatasetWriter other = greater.staged();
        assertThat(rig.fence(books, same, 2)).isEmpty();
        assertThat(rig.fence(books, greater, 2)).isEmpty();
        same.finish(one);
        greater.finish(other);
        assertThat(rig.rows(books)).hasSize(5);
    }

    @Test
    default void other_runs_and_the_same_run_on_other_datasets_go_on() {
        Rig rig = fences();
        Dataset books = threeBooks(rig);
        Dataset others = threeBooks(rig);
        LoadScript fenced = rig.load(books).row(4L, "Dracula", null, null);
        LoadScript elsewhere = rig.load(others).run(fenced.run()).row(4L, "Dracula", null, null);
        LoadScript another = rig.load(books).row(5L, "Walden", null, null);
        LoadScript alike = rig.load(books).run(fenced.run() + "0").row(6L, "Emma", null, null);
        DatasetWriter one = elsewhere.staged();
        DatasetWriter other = another.staged();
        assertThat(rig.fence(books, fenced, 9)).isEmpty();
        elsewhere.finish(one);
        another.finish(other);
        alike.applyAll();
        assertThat(rig.rows(others)).hasSize(4);
        assertThat(rig.rows(books)).hasSize(5);
        assertThat(rig.applied(books, fenced)).isEmpty();
    }

    @Test
    default void what_was_staged_by_a_load_that_is_shut_out_is_removed() {
        Rig rig = fences();
        Dataset books = threeBooks(rig);
        List<String> before = rig.contract().leftovers();
        LoadScript script = rig.load(books).mode(LoadMode.UPSERT).row(4L, "Dracula", null, null);
        try (DatasetWriter writer = script.staged()) {
            assertThat(rig.fence(books, script, 2)).isEmpty();
            assertThat(rig.contract().leftovers()).isEqualTo(before);
            assertFenced(script, writer, false);
        }
        assertThat(rig.contract().leftovers()).isEqualTo(before);
    }

    @Test
    default void a_run_that_was_never_begun_can_be_fenced_before_the_first_load_of_its_dataset() {
        Rig rig = fences();
        Dataset books = rig.dataset(Rig.BOOKS);
        LoadScript script = rig.load(books).attempt(2).row(1L, "Emma", null, null);
        assertThat(rig.fence(books, script, 1)).isEmpty();
        assertThat(rig.fence(books, script, 2)).isEmpty();
        assertThat(rig.applied(books, script)).isEmpty();
        assertThatThrownBy(() -> rig.rollBack(books, script.run()))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.code()).isEqualTo("NOTHING_TO_ROLL_BACK"));
        assertThat(((FencedDataset) books).forgetUndo(script.run())).isFalse();
        script.applyAll();
        assertThat(rig.rows(books)).hasSize(1);
    }
}
