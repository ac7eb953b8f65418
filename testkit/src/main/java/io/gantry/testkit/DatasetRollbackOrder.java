// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static io.gantry.testkit.DatasetLoading.row;
import static io.gantry.testkit.DatasetLoading.threeBooks;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.RollbackOutcome;
import io.gantry.testkit.DatasetContract.Capability;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That runs which touched the same rows can be taken back one after the other. */
interface DatasetRollbackOrder {

    private Rig undoes() {
        return Rig.of(this).needs(Capability.WRITE, Capability.UNDO);
    }

    @Test
    default void runs_taken_back_last_first_leave_the_dataset_as_before() {
        Rig rig = undoes();
        Dataset books = rig.dataset(Rig.BOOKS);
        String insert = rig.load(books)
                .row(1L, "Emma", "A", 1L)
                .row(2L, "Ulysses", null, 2L)
                .applyAll()
                .run();
        List<List<@Nullable Object>> inserted = rig.rows(books);
        String upsert = rig.load(books)
                .mode(LoadMode.UPSERT)
                .row(1L, "Emma", "B", null)
                .row(3L, "Faust", null, null)
                .applyAll()
                .run();
        List<List<@Nullable Object>> upserted = rig.rows(books);
        String replace = rig.load(books)
                .mode(LoadMode.REPLACE)
                .row(3L, "Faust", "C", null)
                .row(1L, "Emma", "B", null)
                .applyAll()
                .run();
        List<List<@Nullable Object>> replaced = rig.rows(books);
        String update = rig.load(books)
                .mode(LoadMode.UPDATE)
                .row(3L, "Faust II", "C", 7L)
                .row(1L, "Persuasion", "B", null)
                .applyAll()
                .run();

        assertThat(rig.rollBack(books, update)).isEqualTo(new RollbackOutcome(2, 0, 0, List.of()));
        assertThat(rig.rows(books)).containsExactlyInAnyOrderElementsOf(replaced);
        assertThat(rig.rollBack(books, replace)).isEqualTo(new RollbackOutcome(2, 0, 0, List.of()));
        assertThat(rig.rows(books)).containsExactlyInAnyOrderElementsOf(upserted);
        assertThat(rig.rollBack(books, upsert)).isEqualTo(new RollbackOutcome(2, 0, 0, List.of()));
        assertThat(rig.rows(books)).containsExactlyInAnyOrderElementsOf(inserted);
        assertThat(rig.rollBack(books, insert)).isEqualTo(new RollbackOutcome(2, 0, 0, List.of()));
        assertThat(rig.rows(books)).isEmpty();
    }

    @Test
    default void an_earlier_run_leaves_alone_the_rows_that_a_later_one_changed() {
        Rig rig = undoes();
        Dataset books = threeBooks(rig);
        String earlier = rig.load(books)
                .mode(LoadMode.UPSERT)
                .row(1L, "Emma", "first", 474L)
                .row(2L, "Ulysses", "first", 730L)
                .row(4L, "Walden", "first", null)
                .applyAll()
                .run();
        String later = rig.load(books)
                .mode(LoadMode.UPDATE)
                .row(1L, "Emma", "second", 474L)
                .row(4L, "Walden", "second", null)
                .applyAll()
                .run();

        RollbackOutcome outcome = rig.rollBack(books, earlier);
        assertThat(List.of(outcome.reversed(), outcome.kept(), outcome.failed()))
                .containsExactly(1L, 2L, 0L);
        assertThat(rig.rows(books))
                .containsExactlyInAnyOrder(
                        row(1L, "Emma", "second", 474L),
                        row(2L, "Ulysses", null, 730L),
                        row(3L, "Faust", "B", null),
                        row(4L, "Walden", "second", null));

        assertThat(rig.rollBack(books, later)).isEqualTo(new RollbackOutcome(2, 0, 0, List.of()));
        assertThat(rig.rows(books)).contains(row(1L, "Emma", "first", 474L), row(4L, "Walden", "first", null));
    }

    @Test
    default void a_row_that_was_deleted_and_loaded_again_is_told_apart() {
        Rig rig = undoes();
        Dataset books = threeBooks(rig);
        List<List<@Nullable Object>> before = rig.rows(books);
        String delete = rig.load(books)
                .mode(LoadMode.REPLACE)
                .row(1L, "Emma", "A", 474L)
                .applyAll()
                .run();
        String again = rig.load(books).row(2L, "Another", null, null).applyAll().run();
        assertThat(rig.previewRollback(books, delete).kept()).isEqualTo(1);
        assertThat(rig.rollBack(books, again).reversed()).isEqualTo(1);
        assertThat(rig.rollBack(books, delete)).isEqualTo(new RollbackOutcome(2, 0, 0, List.of()));
        assertThat(rig.rows(books)).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    default void a_run_may_follow_the_rollback_of_another() {
        Rig rig = undoes();
        Dataset books = threeBooks(rig);
        List<List<@Nullable Object>> before = rig.rows(books);
        String first = DatasetRollbacks.replaceBooks(rig, books).run();
        rig.rollBack(books, first);
        String second = DatasetRollbacks.replaceBooks(rig, books).run();
        List<List<@Nullable Object>> loaded = rig.rows(books);
        String third = rig.load(books)
                .mode(LoadMode.UPSERT)
                .row(1L, "Once more", null, null)
                .applyAll()
                .run();
        rig.rollBack(books, third);
        assertThat(rig.rows(books)).containsExactlyInAnyOrderElementsOf(loaded);
        assertThat(rig.rollBack(books, second)).isEqualTo(new RollbackOutcome(5, 0, 0, List.of()));
        assertThat(rig.rows(books)).containsExactlyInAnyOrderElementsOf(before);
    }
}
