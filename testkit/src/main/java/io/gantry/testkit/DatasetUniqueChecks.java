// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static io.gantry.testkit.DatasetLoading.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.DatasetWriter.Outcome;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.RollbackOutcome;
import io.gantry.spi.dataset.UndoableDataset;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.DatasetContract.Capability;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That values which must be unique are, in the file and in the dataset. */
interface DatasetUniqueChecks {

    /** People with an e-mail address each, and rooms with beds. */
    Schema GUESTS = Schema.of(
                    Field.of("id", FieldType.INTEGER).required(),
                    Field.of("email", FieldType.STRING).length(50),
                    Field.of("room", FieldType.INTEGER),
                    Field.of("bed", FieldType.INTEGER))
            .key("id")
            .unique("email")
            .unique("room", "bed");

    private Rig writes() {
        return Rig.of(this).needs(Capability.WRITE);
    }

    private static Dataset threeGuests(Rig rig) {
        Dataset guests = rig.dataset(GUESTS);
        rig.load(guests)
                .row(1L, "a@x", 1L, 1L)
                .row(2L, "b@x", 1L, 2L)
                .row(3L, null, null, 2L)
                .applyAll();
        return guests;
    }

    @Test
    default void later_rows_with_the_same_value_are_rejected() {
        Rig rig = writes();
        Dataset guests = rig.dataset(GUESTS);
        LoadScript.Loaded loaded = rig.load(guests)
                .row(1L, "a@x", 1L, 1L)
                .row(2L, "a@x", 1L, 2L)
                .row(3L, null, 1L, 1L)
                .row(4L, null, null, 1L)
                .row(5L, null, null, 1L)
                .row(6L, "a@x", 7L, 1L)
                .apply();
        assertThat(loaded.codes()).containsExactly("3 DUPLICATE_VALUE", "4 DUPLICATE_VALUE", "7 DUPLICATE_VALUE");
        assertThat(loaded.rejections().get(0).fields()).containsExactly("email");
        assertThat(loaded.rejections().get(1).fields()).containsExactly("room", "bed");
        assertThat(rig.rows(guests))
                .containsExactlyInAnyOrder(row(1L, "a@x", 1L, 1L), row(4L, null, null, 1L), row(5L, null, null, 1L));
    }

    @Test
    default void values_that_a_row_of_the_dataset_has_are_rejected() {
        Rig rig = writes();
        Dataset guests = threeGuests(rig);
        LoadScript.Loaded loaded = rig.load(guests)
                .row(4L, "b@x", null, null)
                .row(5L, null, 1L, 1L)
                .row(6L, null, null, 2L)
                .row(7L, "a@x", 1L, 2L)
                .apply();
        assertThat(loaded.rejected()).containsExactly(2L, 3L, 5L);
        assertThat(loaded.codes()).allMatch(code -> code.endsWith("DUPLICATE_VALUE"));
        assertThat(rig.rows(guests)).hasSize(4).contains(row(6L, null, null, 2L));
    }

    @Test
    default void a_row_may_keep_its_own_values_but_not_take_those_of_another() {
        Rig rig = writes();
        Dataset guests = threeGuests(rig);
        LoadScript.Loaded loaded = rig.load(guests)
                .mode(LoadMode.UPSERT)
                .row(1L, "a@x", 2L, 2L)
                .row(2L, "a@x", 1L, 2L)
                .row(3L, "c@x", 1L, 1L)
                .apply();
        assertThat(loaded.rejected()).containsExactly(3L, 4L);
        assertThat(loaded.outcome()).isEqualTo(new Outcome(0, 1, 0, 0));
        assertThat(rig.rows(guests))
                .containsExactlyInAnyOrder(row(1L, "a@x", 2L, 2L), row(2L, "b@x", 1L, 2L), row(3L, null, null, 2L));
    }

    @Test
    default void the_first_row_with_a_value_stands_before_the_others_even_when_it_is_rejected() {
        Rig rig = writes();
        Dataset guests = threeGuests(rig);
        LoadScript.Loaded loaded = rig.load(guests)
                .mode(LoadMode.UPSERT)
                .row(4L, "a@x", null, null)
                .row(1L, "a@x", 5L, 5L)
                .apply();
        assertThat(loaded.codes()).containsExactly("2 DUPLICATE_VALUE", "3 DUPLICATE_VALUE");
        assertThat(rig.rows(guests)).hasSize(3).contains(row(1L, "a@x", 1L, 1L));
    }

    @Test
    default void a_row_whose_value_another_has_got_since_is_not_brought_back() {
        Rig rig = writes().needs(Capability.UNDO);
        Dataset guests = threeGuests(rig);
        String run = rig.load(guests)
                .mode(LoadMode.REPLACE)
                .row(2L, "b@x", 1L, 2L)
                .row(3L, "c@x", null, null)
                .applyAll()
                .run();
        rig.load(guests).row(9L, "a@x", null, null).applyAll();
        assertThat(rig.previewRollback(guests, run).failed()).isEqualTo(1);
        RollbackOutcome outcome = rig.rollBack(guests, run);
        assertThat(List.of(outcome.reversed(), outcome.kept(), outcome.failed()))
                .containsExactly(1L, 0L, 1L);
        assertThat(outcome.samples()).singleElement().satisfies(sample -> {
            assertThat(sample.bucket()).isEqualTo(RollbackOutcome.Bucket.FAILED);
            assertThat(sample.key()).containsExactly(1L);
        });
        assertThat(rig.rows(guests))
                .containsExactlyInAnyOrder(row(2L, "b@x", 1L, 2L), row(3L, null, null, 2L), row(9L, "a@x", null, null));
    }

    @Test
    default void replace_may_give_the_values_of_deleted_rows_to_others() {
        Rig rig = writes();
        Dataset guests = threeGuests(rig);
        LoadScript script =
                rig.load(guests).mode(LoadMode.REPLACE).row(3L, "a@x", 1L, 1L).row(4L, "b@x", 1L, 2L);
        LoadScript.Loaded loaded = script.applyAll();
        assertThat(loaded.outcome()).isEqualTo(new Outcome(1, 1, 0, 2));
        assertThat(rig.rows(guests)).containsExactlyInAnyOrder(row(3L, "a@x", 1L, 1L), row(4L, "b@x", 1L, 2L));
        if (guests instanceof UndoableDataset) {
            assertThat(rig.rollBack(guests, loaded.run()).reversed()).isEqualTo(4);
            assertThat(rig.rows(guests))
                    .containsExactlyInAnyOrder(row(1L, "a@x", 1L, 1L), row(2L, "b@x", 1L, 2L), row(3L, null, null, 2L));
        }
    }

    @Test
    default void a_load_may_bring_unique_sets_of_its_own() {
        Rig rig = writes();
        Dataset books = DatasetLoading.threeBooks(rig);
        LoadScript.Loaded loaded = rig.load(books)
                .mode(LoadMode.UPSERT)
                .unique("title")
                .row(1L, "Emma", null, null)
                .row(4L, "Faust", null, null)
                .row(5L, "Walden", null, null)
                .row(6L, "Walden", null, null)
                .apply();
        assertThat(loaded.codes()).containsExactly("3 DUPLICATE_VALUE", "5 DUPLICATE_VALUE");
        assertThat(rig.rows(books)).hasSize(4);
    }
}
