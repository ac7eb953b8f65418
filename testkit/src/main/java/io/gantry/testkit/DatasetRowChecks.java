// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static io.gantry.testkit.DatasetLoading.row;
import static io.gantry.testkit.DatasetLoading.threeBooks;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.DatasetWriter.Outcome;
import io.gantry.spi.dataset.Duplicates;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.UndoableDataset;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Reference;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.DatasetContract.Capability;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That rows are rejected for their key, for what they lack, and for what they refer to. */
interface DatasetRowChecks {

    private Rig writes() {
        return Rig.of(this).needs(Capability.WRITE);
    }

    private static Schema people(String dataset) {
        return Schema.of(
                        Field.of("id", FieldType.INTEGER).required(),
                        Field.of("name", FieldType.STRING).length(50),
                        Field.of("boss", FieldType.INTEGER))
                .key("id")
                .reference(new Reference(List.of("boss"), dataset, List.of("id")));
    }

    @Test
    default void insert_rejects_keys_that_are_there() {
        Rig rig = writes();
        Dataset books = threeBooks(rig);
        LoadScript.Loaded loaded = rig.load(books)
                .row(4L, "New", null, null)
                .row(2L, "Again", null, null)
                .row(3L, "Faust", "B", null)
                .apply();
        assertThat(loaded.codes()).containsExactly("3 ALREADY_EXISTS", "4 ALREADY_EXISTS");
        assertThat(loaded.rejections().get(0).fields()).containsExactly("id");
        assertThat(loaded.outcome()).isEqualTo(new Outcome(1, 0, 0, 0));
        assertThat(rig.rows(books)).hasSize(4).contains(row(2L, "Ulysses", null, 730L));
    }

    @Test
    default void the_first_of_equal_keys_can_be_kept() {
        for (LoadMode mode : new LoadMode[] {LoadMode.INSERT, LoadMode.UPSERT, LoadMode.REPLACE}) {
            Rig rig = writes();
            Dataset books = rig.dataset(Rig.BOOKS);
            LoadScript.Loaded loaded =
                    repeated(rig.load(books).mode(mode), Duplicates.KEEP_FIRST).apply();
            assertThat(loaded.codes()).containsExactly("4 DUPLICATE_KEY", "5 DUPLICATE_KEY");
            assertThat(loaded.rejections().get(0).fields()).containsExactly("id");
            assertThat(rig.rows(books))
                    .containsExactlyInAnyOrder(row(1L, "first", null, null), row(2L, "other", null, null));
        }
    }

    @Test
    default void the_last_of_equal_keys_can_be_kept() {
        Rig rig = writes();
        Dataset books = rig.dataset(Rig.BOOKS);
        LoadScript.Loaded loaded =
                repeated(rig.load(books), Duplicates.KEEP_LAST).apply();
        assertThat(loaded.codes()).containsExactly("2 DUPLICATE_KEY", "4 DUPLICATE_KEY");
        assertThat(rig.rows(books))
                .containsExactlyInAnyOrder(row(1L, "third", null, null), row(2L, "other", null, null));
    }

    @Test
    default void all_of_equal_keys_can_be_rejected() {
        Rig rig = writes();
        Dataset books = rig.dataset(Rig.BOOKS);
        LoadScript.Loaded loaded =
                repeated(rig.load(books), Duplicates.REJECT_ALL).apply();
        assertThat(loaded.codes()).containsExactly("2 DUPLICATE_KEY", "4 DUPLICATE_KEY", "5 DUPLICATE_KEY");
        assertThat(rig.rows(books)).containsExactly(row(2L, "other", null, null));
    }

    private static LoadScript repeated(LoadScript script, Duplicates duplicates) {
        return script.duplicates(duplicates)
                .row(1L, "first", null, null)
                .row(2L, "other", null, null)
                .row(1L, "second", null, null)
                .row(1L, "third", null, null);
    }

    @Test
    default void replace_deletes_no_row_that_the_file_names_in_a_rejected_row() {
        Rig rig = writes();
        Dataset books = threeBooks(rig);
        LoadScript.Loaded loaded = rig.load(books)
                .mode(LoadMode.REPLACE)
                .duplicates(Duplicates.REJECT_ALL)
                .row(1L, "one", null, null)
                .row(1L, "two", null, null)
                .apply();
        assertThat(loaded.outcome()).isEqualTo(new Outcome(0, 0, 0, 2));
        assertThat(rig.rows(books)).containsExactly(row(1L, "Emma", "A", 474L));
    }

    @Test
    default void replace_deletes_no_row_that_the_file_names_in_a_row_that_failed_earlier_checks() {
        Rig rig = writes();
        Dataset books = threeBooks(rig);
        LoadScript script = rig.load(books)
                .mode(LoadMode.REPLACE)
                .row(2L, "Ulysses", null, null)
                .named(1L, null, null, null)
                .named(9L, null, null, null);
        if (Rig.of(this).previews(books)) {
            assertThat(script.preview(9).outcome().deleted()).isEqualTo(1);
        }
        LoadScript.Loaded loaded = script.applyAll();
        assertThat(loaded.outcome().deleted()).isEqualTo(1);
        assertThat(rig.rows(books))
                .containsExactlyInAnyOrder(row(1L, "Emma", "A", 474L), row(2L, "Ulysses", null, null));
    }

    @Test
    default void a_row_without_a_key_is_missing_it() {
        Rig rig = writes();
        Dataset books = threeBooks(rig);
        for (LoadMode mode : LoadMode.values()) {
            LoadScript.Loaded loaded = rig.load(books)
                    .mode(mode)
                    .row(null, "No key", null, null)
                    .row(null, "No key", null, null)
                    .abandon();
            assertThat(loaded.codes()).containsExactly("2 REQUIRED", "3 REQUIRED");
            assertThat(loaded.rejections().get(0).fields()).containsExactly("id");
        }
    }

    @Test
    default void a_new_row_is_missing_the_required_fields_that_are_not_loaded() {
        Rig rig = writes();
        Dataset books = threeBooks(rig);
        LoadScript.Loaded loaded = rig.load(books)
                .mode(LoadMode.UPSERT)
                .fields("id", "shelf")
                .row(1L, "Z")
                .row(8L, "Z")
                .row(3L, "B")
                .apply();
        assertThat(loaded.codes()).containsExactly("3 REQUIRED");
        assertThat(loaded.rejections().get(0).fields()).containsExactly("title");
        assertThat(loaded.outcome()).isEqualTo(new Outcome(0, 1, 1, 0));
        assertThat(rig.rows(books))
                .containsExactlyInAnyOrder(
                        row(1L, "Emma", "Z", 474L), row(2L, "Ulysses", null, 730L), row(3L, "Faust", "B", null));
    }

    @Test
    default void a_reference_must_be_found() {
        Rig rig = writes().needs(Capability.REFERENCES);
        Dataset books = threeBooks(rig);
        Schema loans = Schema.of(Field.of("id", FieldType.INTEGER).required(), Field.of("book", FieldType.INTEGER))
                .key("id")
                .reference(new Reference(List.of("book"), books.name(), List.of("id")));
        for (LoadMode mode : new LoadMode[] {LoadMode.INSERT, LoadMode.UPSERT, LoadMode.REPLACE}) {
            Dataset dataset = rig.dataset(loans);
            LoadScript.Loaded loaded = rig.load(dataset)
                    .mode(mode)
                    .row(1L, 3L)
                    .row(2L, 17L)
                    .row(3L, null)
                    .row(4L, 18L)
                    .apply();
            assertThat(loaded.codes()).containsExactly("3 REFERENCE_NOT_FOUND", "5 REFERENCE_NOT_FOUND");
            assertThat(loaded.rejections().get(0).fields()).containsExactly("book");
            assertThat(rig.rows(dataset)).containsExactlyInAnyOrder(row(1L, 3L), row(3L, null));
        }
    }

    @Test
    default void a_load_may_bring_references_of_its_own() {
        Rig rig = writes().needs(Capability.REFERENCES);
        Dataset books = threeBooks(rig);
        Dataset loans =
                rig.dataset(Schema.of(Field.of("id", FieldType.INTEGER).required(), Field.of("book", FieldType.INTEGER))
                        .key("id"));
        LoadScript.Loaded loaded = rig.load(loans)
                .reference(new Reference(List.of("book"), books.name(), List.of("id")))
                .row(1L, 3L)
                .row(2L, 17L)
                .apply();
        assertThat(loaded.codes()).containsExactly("3 REFERENCE_NOT_FOUND");
        assertThat(rig.rows(loans)).containsExactly(row(1L, 3L));
    }

    @Test
    default void a_row_may_refer_to_another_row_of_its_load_that_is_not_rejected() {
        Rig rig = writes().needs(Capability.REFERENCES);
        Dataset people = rig.dataset(DatasetRowChecks::people);
        LoadScript.Loaded loaded = rig.load(people)
                .row(1L, "Ann", 3L)
                .row(2L, "Bob", 7L)
                .row(3L, "Cid", null)
                .row(4L, "Dot", 2L)
                .row(5L, "Eve", 4L)
                .row(6L, "Fay", 6L)
                .row(8L, "Guy", 1L)
                .apply();
        assertThat(loaded.codes())
                .containsExactly("3 REFERENCE_NOT_FOUND", "5 REFERENCE_NOT_FOUND", "6 REFERENCE_NOT_FOUND");
        assertThat(rig.rows(people))
                .containsExactlyInAnyOrder(
                        row(1L, "Ann", 3L), row(3L, "Cid", null), row(6L, "Fay", 6L), row(8L, "Guy", 1L));
        if (people instanceof UndoableDataset) {
            assertThat(rig.rollBack(people, loaded.run()).reversed()).isEqualTo(4);
            assertThat(rig.rows(people)).isEmpty();
        }
    }
}
