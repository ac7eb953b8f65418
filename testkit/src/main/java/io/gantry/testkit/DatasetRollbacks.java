// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static io.gantry.testkit.DatasetLoading.row;
import static io.gantry.testkit.DatasetLoading.threeBooks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.AppliedRun;
import io.gantry.spi.dataset.AppliedRun.Undo;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.DatasetWriter.Outcome;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.Rollback.OnConflict;
import io.gantry.spi.dataset.RollbackOutcome;
import io.gantry.spi.dataset.RollbackOutcome.Bucket;
import io.gantry.spi.dataset.UndoableDataset;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Reference;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.DatasetContract.Capability;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That one run can be taken back, exactly, without harm to what others did since. */
interface DatasetRollbacks {

    private Rig undoes() {
        return Rig.of(this).needs(Capability.WRITE, Capability.UNDO);
    }

    /** Changes 1 and 2, deletes 3, adds 4 and 5. */
    static LoadScript.Loaded replaceBooks(Rig rig, Dataset books) {
        return rig.load(books)
                .mode(LoadMode.REPLACE)
                .row(1L, "Emma", "Z", null)
                .row(2L, "Odyssey", "Y", 730L)
                .row(4L, "Dracula", null, 418L)
                .row(5L, "Walden", null, null)
                .applyAll();
    }

    @Test
    default void a_run_leaves_a_marker() {
        Rig rig = undoes();
        Dataset books = threeBooks(rig);
        LoadScript.Loaded loaded = replaceBooks(rig, books);
        UndoableDataset undoable = (UndoableDataset) books;
        assertThat(undoable.applied(loaded.run()))
                .contains(new AppliedRun(loaded.run(), new Outcome(2, 2, 0, 1), Rig.NOW, Undo.POSSIBLE));
        assertThat(undoable.applied("no such run")).isEmpty();
    }

    @Test
    default void markers_belong_to_their_dataset() {
        Rig rig = undoes();
        Dataset books = threeBooks(rig);
        Dataset others = rig.dataset(Rig.BOOKS);
        rig.load(books).run("shared name").row(8L, "Here", null, null).applyAll();
        assertThat(((UndoableDataset) others).applied("shared name")).isEmpty();
        rig.load(others).run("shared name").row(9L, "There", null, null).applyAll();
        rig.rollBack(others, "shared name");
        assertThat(rig.rows(others)).isEmpty();
        assertThat(rig.rows(books)).hasSize(4);
    }

    @Test
    default void rollback_puts_everything_back() {
        Rig rig = undoes();
        Dataset books = threeBooks(rig);
        List<List<@Nullable Object>> before = rig.rows(books);
        String run = replaceBooks(rig, books).run();
        assertThat(rig.rollBack(books, run)).isEqualTo(new RollbackOutcome(5, 0, 0, List.of()));
        assertThat(rig.rows(books)).containsExactlyInAnyOrderElementsOf(before);
        assertThat(((UndoableDataset) books).applied(run)).map(AppliedRun::undo).contains(Undo.DONE);
    }

    @Test
    default void rollback_leaves_alone_what_someone_else_changed_since() {
        Rig rig = undoes();
        Dataset books = threeBooks(rig);
        String run = replaceBooks(rig, books).run();
        rig.updateBySomeoneElse(books, 1L, "pages", 99L);
        rig.updateBySomeoneElse(books, 4L, "shelf", "mine");
        rig.insertBySomeoneElse(books, 3L, "Faust anew", null, null);
        rig.insertBySomeoneElse(books, 10L, "Unrelated", null, null);

        RollbackOutcome preview = rig.previewRollback(books, run);
        RollbackOutcome outcome = rig.rollBack(books, run);

        assertThat(outcome).usingRecursiveComparison().ignoringCollectionOrder().isEqualTo(preview);
        assertThat(List.of(outcome.reversed(), outcome.kept(), outcome.failed()))
                .containsExactly(2L, 3L, 0L);
        assertThat(outcome.samples())
                .allMatch(sample ->
                        sample.bucket() == Bucket.KEPT && !sample.reason().isBlank())
                .extracting(RollbackOutcome.Sample::key)
                .containsExactlyInAnyOrder(List.of(1L), List.of(3L), List.of(4L));
        assertThat(rig.rows(books))
                .containsExactlyInAnyOrder(
                        row(1L, "Emma", "Z", 99L),
                        row(2L, "Ulysses", null, 730L),
                        row(3L, "Faust anew", null, null),
                        row(4L, "Dracula", "mine", 418L),
                        row(10L, "Unrelated", null, null));
    }

    @Test
    default void a_row_that_is_as_before_the_run_already_counts_as_reversed() {
        Rig rig = undoes();
        Dataset books = threeBooks(rig);
        List<List<@Nullable Object>> before = rig.rows(books);
        String run = replaceBooks(rig, books).run();
        rig.deleteBySomeoneElse(books, 4L);
        rig.insertBySomeoneElse(books, 3L, "Faust", "B", null);
        rig.updateBySomeoneElse(books, 2L, "title", "Ulysses");
        rig.updateBySomeoneElse(books, 2L, "shelf", null);
        assertThat(rig.rollBack(books, run)).isEqualTo(new RollbackOutcome(5, 0, 0, List.of()));
        assertThat(rig.rows(books)).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    default void an_updated_row_that_someone_deleted_is_not_brought_back() {
        Rig rig = undoes();
        Dataset books = threeBooks(rig);
        String run = replaceBooks(rig, books).run();
        rig.deleteBySomeoneElse(books, 1L);
        RollbackOutcome outcome = rig.rollBack(books, run);
        assertThat(List.of(outcome.reversed(), outcome.kept(), outcome.failed()))
                .containsExactly(4L, 1L, 0L);
        assertThat(rig.rows(books))
                .containsExactlyInAnyOrder(row(2L, "Ulysses", null, 730L), row(3L, "Faust", "B", null));
    }

    @Test
    default void a_rollback_preview_changes_nothing() {
        Rig rig = undoes();
        Dataset books = threeBooks(rig);
        String run = replaceBooks(rig, books).run();
        List<List<@Nullable Object>> before = rig.rows(books);
        assertThat(rig.previewRollback(books, run)).isEqualTo(new RollbackOutcome(5, 0, 0, List.of()));
        assertThat(rig.rows(books)).containsExactlyInAnyOrderElementsOf(before);
        assertThat(((UndoableDataset) books).applied(run)).map(AppliedRun::undo).contains(Undo.POSSIBLE);
    }

    @Test
    default void rollback_can_refuse_when_someone_changed_a_row() {
        Rig rig = undoes();
        Dataset books = threeBooks(rig);
        String run = replaceBooks(rig, books).run();
        rig.updateBySomeoneElse(books, 1L, "pages", 99L);
        List<List<@Nullable Object>> before = rig.rows(books);
        UndoableDataset undoable = (UndoableDataset) books;
        assertThatThrownBy(() -> undoable.rollBack(Rig.rollback(run, OnConflict.REFUSE)))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.code()).isEqualTo("ROLLBACK_REFUSED"));
        assertThat(rig.rows(books)).containsExactlyInAnyOrderElementsOf(before);
        assertThat(undoable.applied(run)).map(AppliedRun::undo).contains(Undo.POSSIBLE);
        rig.updateBySomeoneElse(books, 5L, "pages", 100L);
        assertThat(rig.rollBack(books, run).kept()).isEqualTo(2);
    }

    @Test
    default void rolling_back_twice_gives_the_same_answer_and_does_nothing_more() {
        Rig rig = undoes();
        Dataset books = threeBooks(rig);
        String run = replaceBooks(rig, books).run();
        rig.updateBySomeoneElse(books, 1L, "pages", 99L);
        RollbackOutcome first = rig.rollBack(books, run);
        rig.insertBySomeoneElse(books, 4L, "Put back", null, null);
        List<List<@Nullable Object>> between = rig.rows(books);
        assertThat(rig.rollBack(books, run)).isEqualTo(first);
        assertThat(rig.previewRollback(books, run)).isEqualTo(first);
        assertThat(rig.rows(books)).containsExactlyInAnyOrderElementsOf(between);
    }

    @Test
    default void a_run_is_applied_only_once() {
        Rig rig = undoes();
        Dataset books = threeBooks(rig);
        String run = rig.load(books).row(4L, "Dracula", null, null).applyAll().run();
        for (LoadMode mode : ((UndoableDataset) books).modes()) {
            LoadScript again = rig.load(books).run(run).mode(mode).row(4L, "Dracula", "again", null);
            assertThatThrownBy(again::apply).isInstanceOfSatisfying(ProviderException.class, e -> {
                assertThat(e.code()).isEqualTo("ALREADY_APPLIED");
                assertThat(e.kind()).isEqualTo(FailureKind.DENIED);
            });
        }
        assertThat(rig.rows(books)).hasSize(4).contains(row(4L, "Dracula", null, null));
        assertThat(rig.rollBack(books, run)).isEqualTo(new RollbackOutcome(1, 0, 0, List.of()));
    }

    @Test
    default void a_run_that_was_never_applied_has_nothing_to_roll_back() {
        Rig rig = undoes();
        Dataset books = threeBooks(rig);
        String abandoned = rig.load(books).row(9L, "Gone", null, null).abandon().run();
        for (String run : List.of(abandoned, "no such run")) {
            assertThatThrownBy(() -> rig.rollBack(books, run))
                    .isInstanceOfSatisfying(
                            ProviderException.class, e -> assertThat(e.code()).isEqualTo("NOTHING_TO_ROLL_BACK"));
        }
    }

    @Test
    default void what_it_takes_to_undo_a_run_can_be_forgotten() {
        Rig rig = undoes();
        Dataset books = threeBooks(rig);
        LoadScript.Loaded loaded = replaceBooks(rig, books);
        UndoableDataset undoable = (UndoableDataset) books;
        assertThat(undoable.forgetUndo(loaded.run())).isTrue();
        assertThat(undoable.forgetUndo(loaded.run())).isFalse();
        assertThat(undoable.forgetUndo("no such run")).isFalse();
        assertThat(undoable.applied(loaded.run()))
                .contains(new AppliedRun(loaded.run(), loaded.outcome(), Rig.NOW, Undo.EXPIRED));
        assertThatThrownBy(() -> rig.rollBack(books, loaded.run()))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.code()).isEqualTo("UNDO_EXPIRED"));
        assertThat(rig.rows(books)).hasSize(4);
    }

    @Test
    default void a_run_that_changed_nothing_is_rolled_back_to_nothing() {
        Rig rig = undoes();
        Dataset books = threeBooks(rig);
        String run = rig.load(books)
                .mode(LoadMode.UPSERT)
                .row(3L, "Faust", "B", null)
                .applyAll()
                .run();
        assertThat(rig.rollBack(books, run)).isEqualTo(new RollbackOutcome(0, 0, 0, List.of()));
        assertThat(rig.rows(books)).hasSize(3);
    }

    @Test
    default void rejected_rows_are_not_rolled_back() {
        Rig rig = undoes();
        Dataset books = threeBooks(rig);
        LoadScript.Loaded loaded = rig.load(books)
                .row(3L, "There already", null, null)
                .row(4L, "New", null, null)
                .row(4L, "Twice", null, null)
                .apply();
        assertThat(rig.rollBack(books, loaded.run()).reversed()).isEqualTo(1);
        assertThat(rig.rows(books)).hasSize(3);
    }

    @Test
    default void an_inserted_row_that_others_refer_to_by_now_fails_and_stays() {
        Rig rig = undoes().needs(Capability.REFERENCES);
        Dataset books = rig.dataset(Rig.BOOKS);
        Dataset loans =
                rig.dataset(Schema.of(Field.of("id", FieldType.INTEGER).required(), Field.of("book", FieldType.INTEGER))
                        .key("id")
                        .reference(new Reference(List.of("book"), books.name(), List.of("id"))));
        LoadScript script = rig.load(books);
        for (long id = 1; id <= 20; id++) {
            script.row(id, "T" + id, null, null);
        }
        String run = script.applyAll().run();
        rig.insertBySomeoneElse(loans, 1L, 7L);
        rig.insertBySomeoneElse(loans, 2L, 12L);
        RollbackOutcome outcome = rig.rollBack(books, run);
        assertThat(List.of(outcome.reversed(), outcome.kept(), outcome.failed()))
                .containsExactly(18L, 0L, 2L);
        assertThat(outcome.samples())
                .allMatch(sample ->
                        sample.bucket() == Bucket.FAILED && !sample.reason().isBlank())
                .extracting(RollbackOutcome.Sample::key)
                .containsExactlyInAnyOrder(List.of(7L), List.of(12L));
        assertThat(rig.rows(books)).containsExactlyInAnyOrder(row(7L, "T7", null, null), row(12L, "T12", null, null));
    }
}
