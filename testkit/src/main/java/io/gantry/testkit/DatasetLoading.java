// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static java.util.Collections.unmodifiableList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.spi.Cancellation;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.DatasetWriter;
import io.gantry.spi.dataset.DatasetWriter.Outcome;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.UndoableDataset;
import io.gantry.spi.dataset.WritableDataset;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.DatasetContract.Capability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the load modes do, that it happens at once or not at all, and that batches make no difference. */
interface DatasetLoading {

    private Rig writes() {
        return Rig.of(this).needs(Capability.WRITE);
    }

    /** A row as a list that may hold nulls. */
    static List<@Nullable Object> row(@Nullable Object... values) {
        return unmodifiableList(Arrays.asList(values));
    }

    /** Books 1, 2 and 3. */
    static Dataset threeBooks(Rig rig) {
        Dataset books = rig.dataset(Rig.BOOKS);
        rig.load(books)
                .row(1L, "Emma", "A", 474L)
                .row(2L, "Ulysses", null, 730L)
                .row(3L, "Faust", "B", null)
                .applyAll();
        return books;
    }

    @Test
    default void insert_adds_rows() {
        Rig rig = writes();
        Dataset books = rig.dataset(Rig.BOOKS);
        Outcome outcome = rig.load(books)
                .row(2L, "Ulysses", null, 730L)
                .row(1L, "Emma", "A", null)
                .applyAll()
                .outcome();
        assertThat(outcome).isEqualTo(new Outcome(2, 0, 0, 0));
        assertThat(rig.rows(books))
                .containsExactlyInAnyOrder(row(1L, "Emma", "A", null), row(2L, "Ulysses", null, 730L));
    }

    @Test
    default void upsert_adds_what_is_new_updates_what_differs_and_leaves_the_rest() {
        Rig rig = writes();
        Dataset books = threeBooks(rig);
        Outcome outcome = rig.load(books)
                .mode(LoadMode.UPSERT)
                .row(3L, "Faust", "B", 464L)
                .row(4L, "Dracula", null, null)
                .row(1L, "Emma", "A", 474L)
                .row(2L, "Ulysses", "C", null)
                .applyAll()
                .outcome();
        assertThat(outcome).isEqualTo(new Outcome(1, 2, 1, 0));
        assertThat(rig.rows(books))
                .containsExactlyInAnyOrder(
                        row(1L, "Emma", "A", 474L),
                        row(2L, "Ulysses", "C", null),
                        row(3L, "Faust", "B", 464L),
                        row(4L, "Dracula", null, null));
    }

    @Test
    default void update_changes_only_rows_that_are_there() {
        Rig rig = writes();
        Dataset books = threeBooks(rig);
        LoadScript.Loaded loaded = rig.load(books)
                .mode(LoadMode.UPDATE)
                .row(1L, "Emma", "A", 474L)
                .row(9L, "Nobody", null, null)
                .row(2L, "Odyssey", null, 730L)
                .apply();
        assertThat(loaded.codes()).containsExactly("3 NOT_FOUND");
        assertThat(loaded.outcome()).isEqualTo(new Outcome(0, 1, 1, 0));
        assertThat(rig.rows(books))
                .containsExactlyInAnyOrder(
                        row(1L, "Emma", "A", 474L), row(2L, "Odyssey", null, 730L), row(3L, "Faust", "B", null));
    }

    @Test
    default void replace_deletes_what_the_file_does_not_name() {
        Rig rig = writes();
        Dataset books = threeBooks(rig);
        Outcome outcome = rig.load(books)
                .mode(LoadMode.REPLACE)
                .row(3L, "Faust II", null, null)
                .row(2L, "Ulysses", null, 730L)
                .row(5L, "Walden", null, null)
                .applyAll()
                .outcome();
        assertThat(outcome).isEqualTo(new Outcome(1, 1, 1, 1));
        assertThat(rig.rows(books))
                .containsExactlyInAnyOrder(
                        row(2L, "Ulysses", null, 730L), row(3L, "Faust II", null, null), row(5L, "Walden", null, null));
    }

    @Test
    default void a_load_of_no_rows_changes_nothing_unless_it_replaces() {
        Rig rig = writes();
        Dataset books = threeBooks(rig);
        for (LoadMode mode : Set.of(LoadMode.INSERT, LoadMode.UPSERT, LoadMode.UPDATE)) {
            assertThat(rig.load(books).mode(mode).applyAll().outcome()).isEqualTo(new Outcome(0, 0, 0, 0));
        }
        assertThat(rig.rows(books)).hasSize(3);
        assertThat(rig.load(books).mode(LoadMode.REPLACE).applyAll().outcome()).isEqualTo(new Outcome(0, 0, 0, 3));
        assertThat(rig.rows(books)).isEmpty();
    }

    @Test
    default void fields_that_are_not_loaded_keep_their_value_and_stay_empty_in_new_rows() {
        Rig rig = writes();
        Dataset books = threeBooks(rig);
        Outcome outcome = rig.load(books)
                .mode(LoadMode.UPSERT)
                .fields("title", "id")
                .row("Emma", 1L)
                .row("Odyssey", 2L)
                .row("Walden", 5L)
                .applyAll()
                .outcome();
        assertThat(outcome).isEqualTo(new Outcome(1, 1, 1, 0));
        assertThat(rig.rows(books))
                .containsExactlyInAnyOrder(
                        row(1L, "Emma", "A", 474L),
                        row(2L, "Odyssey", null, 730L),
                        row(3L, "Faust", "B", null),
                        row(5L, "Walden", null, null));
    }

    @Test
    default void rows_are_told_apart_by_all_fields_of_the_key() {
        Rig rig = writes();
        Dataset marks = rig.dataset(Schema.of(
                        Field.of("student", FieldType.STRING).length(20).required(),
                        Field.of("taken", FieldType.DATE).required(),
                        Field.of("mark", FieldType.INTEGER))
                .key("student", "taken"));
        Object day = Values.ascending(FieldType.DATE).get(0);
        Object other = Values.ascending(FieldType.DATE).get(1);
        rig.load(marks)
                .row("ann", day, 1L)
                .row("ann", other, 2L)
                .row("bob", day, 3L)
                .applyAll();
        LoadScript.Loaded loaded = rig.load(marks)
                .mode(LoadMode.UPSERT)
                .row("bob", other, 4L)
                .row("ann", other, 5L)
                .row("ann", other, 6L)
                .apply();
        assertThat(loaded.codes()).containsExactly("4 DUPLICATE_KEY");
        assertThat(loaded.outcome()).isEqualTo(new Outcome(1, 1, 0, 0));
        assertThat(rig.rows(marks))
                .containsExactlyInAnyOrder(
                        row("ann", day, 1L), row("ann", other, 5L), row("bob", day, 3L), row("bob", other, 4L));
    }

    @Test
    default void a_load_may_tell_rows_apart_by_other_fields_than_the_dataset() {
        Rig rig = writes();
        Dataset users = rig.dataset(Schema.of(
                        Field.of("id", FieldType.INTEGER).required(),
                        Field.of("email", FieldType.STRING).length(50).required(),
                        Field.of("name", FieldType.STRING).length(50))
                .key("id")
                .unique("email"));
        rig.load(users).row(1L, "a@x", "Ann").row(2L, "b@x", "Bob").applyAll();
        LoadScript.Loaded loaded = rig.load(users)
                .mode(LoadMode.UPDATE)
                .fields("email", "name")
                .key("email")
                .row("b@x", "Bill")
                .row("c@x", "Cid")
                .row("a@x", "Ann")
                .apply();
        assertThat(loaded.codes()).containsExactly("3 NOT_FOUND");
        assertThat(loaded.outcome()).isEqualTo(new Outcome(0, 1, 1, 0));
        assertThat(rig.rows(users)).containsExactlyInAnyOrder(row(1L, "a@x", "Ann"), row(2L, "b@x", "Bill"));
        if (users instanceof UndoableDataset) {
            assertThat(rig.rollBack(users, loaded.run()).reversed()).isEqualTo(1);
            assertThat(rig.rows(users)).containsExactlyInAnyOrder(row(1L, "a@x", "Ann"), row(2L, "b@x", "Bob"));
        }
    }

    @Test
    default void a_dataset_without_a_key_takes_any_rows() {
        Rig rig = writes();
        Dataset log = rig.dataset(Schema.of(Field.of("line", FieldType.STRING), Field.of("level", FieldType.INTEGER)));
        assertThat(((WritableDataset) log).modes()).contains(LoadMode.INSERT);
        Outcome outcome = rig.load(log)
                .row("a", 1L)
                .row("a", 1L)
                .row(null, null)
                .applyAll()
                .outcome();
        assertThat(outcome).isEqualTo(new Outcome(3, 0, 0, 0));
        assertThat(rig.rows(log)).containsExactlyInAnyOrder(row("a", 1L), row("a", 1L), row(null, null));
    }

    @Test
    default void a_load_that_is_closed_leaves_no_trace() {
        Rig rig = writes();
        Dataset books = threeBooks(rig);
        List<List<@Nullable Object>> before = rig.rows(books);
        for (LoadMode mode : LoadMode.values()) {
            LoadScript.Loaded loaded = rig.load(books)
                    .mode(mode)
                    .row(3L, "Changed", null, null)
                    .row(7L, "New", null, null)
                    .abandon();
            assertThat(rig.rows(books)).containsExactlyInAnyOrderElementsOf(before);
            if (books instanceof UndoableDataset undoable) {
                assertThat(undoable.applied(loaded.run())).isEmpty();
            }
        }
    }

    @Test
    default void a_load_that_is_closed_before_its_check_leaves_no_trace() {
        Rig rig = writes();
        Dataset books = threeBooks(rig);
        LoadScript script = rig.load(books);
        try (DatasetWriter writer = ((WritableDataset) books).write(script.toLoad())) {
            RowBatch batch = new RowBatch(books.schema().fields(), 1);
            batch.add(2, 9L, "Half", null, null);
            writer.stage(batch);
        }
        try (DatasetWriter writer = ((WritableDataset) books).write(script.toLoad())) {
            assertThat(writer).isNotNull();
        }
        assertThat(rig.rows(books)).hasSize(3);
    }

    @Test
    default void nothing_is_seen_before_apply() {
        Rig rig = writes();
        Dataset books = threeBooks(rig);
        List<List<@Nullable Object>> before = rig.rows(books);
        try (DatasetWriter writer = ((WritableDataset) books)
                .write(rig.load(books).mode(LoadMode.REPLACE).toLoad())) {
            RowBatch batch = new RowBatch(books.schema().fields(), 1);
            batch.add(2, 9L, "New", null, null);
            writer.stage(batch);
            writer.check((number, fields, code, message) -> {});
            assertThat(rig.rows(books)).containsExactlyInAnyOrderElementsOf(before);
            writer.apply();
        }
        assertThat(rig.rows(books)).containsExactly(row(9L, "New", null, null));
    }

    @Test
    default void a_cancelled_load_fails_and_changes_nothing() {
        Rig rig = writes();
        Dataset books = threeBooks(rig);
        Cancellation requested = new Cancellation() {
            @Override
            public boolean requested() {
                return true;
            }

            @Override
            public Registration onRequest(Runnable action) {
                action.run();
                return () -> {};
            }
        };
        LoadScript script = rig.load(books).cancellation(requested).row(9L, "New", null, null);
        assertThatThrownBy(script::apply).isInstanceOf(ProviderException.class);
        assertThat(rig.rows(books)).hasSize(3);
    }

    @Test
    default void the_size_of_batches_makes_no_difference() {
        Rig rig = writes();
        Set<Object> results = new HashSet<>();
        for (int batch : new int[] {1, 7, 64, 1_000}) {
            Dataset books = threeBooks(rig);
            LoadScript script = rig.load(books).mode(LoadMode.UPSERT).batch(batch);
            for (long i = 0; i < 200; i++) {
                script.row(i % 150 + 3, "Title " + i, i % 3 == 0 ? null : "S" + i % 5, i);
            }
            LoadScript.Loaded loaded = script.apply();
            results.add(List.of(loaded.outcome(), loaded.rejections(), new HashSet<>(rig.rows(books))));
        }
        assertThat(results).hasSize(1);
    }

    @Test
    default void thousands_of_rows_are_loaded_and_taken_back() {
        Rig rig = writes();
        Dataset books = rig.dataset(Rig.BOOKS);
        LoadScript script = rig.load(books).batch(4_096);
        List<List<@Nullable Object>> expected = new ArrayList<>();
        for (long i = 0; i < 20_000; i++) {
            List<@Nullable Object> row = row(i * 7 % 20_000, "Title of " + i, i % 2 == 0 ? null : "S" + i % 100, -i);
            expected.add(row);
            script.row(row.toArray());
        }
        LoadScript.Loaded loaded = script.applyAll();
        assertThat(loaded.outcome()).isEqualTo(new Outcome(20_000, 0, 0, 0));
        assertThat(new HashSet<>(rig.rows(books))).isEqualTo(new HashSet<>(expected));
        if (books instanceof UndoableDataset) {
            assertThat(rig.rollBack(books, loaded.run()).reversed()).isEqualTo(20_000);
            assertThat(rig.rows(books)).isEmpty();
        }
    }
}
