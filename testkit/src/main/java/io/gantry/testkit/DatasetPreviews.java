// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static io.gantry.testkit.DatasetLoading.row;
import static io.gantry.testkit.DatasetLoading.threeBooks;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.DatasetWriter.Outcome;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.MarkedDataset;
import io.gantry.spi.dataset.RowChange;
import io.gantry.spi.dataset.RowChange.FieldChange;
import io.gantry.spi.dataset.UndoableDataset;
import io.gantry.testkit.DatasetContract.Capability;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That a preview shows what a load would do, and does none of it. */
interface DatasetPreviews {

    private Rig previews() {
        return Rig.of(this).needs(Capability.WRITE, Capability.PREVIEW);
    }

    private static LoadScript mixed(LoadScript script) {
        return script.row(1L, "Emma", "A", 474L)
                .row(2L, "Odyssey", "C", null)
                .row(7L, "Walden", null, 352L)
                .row(7L, "Again", null, null)
                .row(3L, "Faust", "D", null)
                .row(6L, "Dracula", null, null);
    }

    @Test
    default void a_preview_equals_what_apply_then_does_and_touches_nothing() {
        Rig rig = previews();
        for (LoadMode mode : LoadMode.values()) {
            Dataset books = threeBooks(rig);
            List<List<@Nullable Object>> before = rig.rows(books);
            String mark = books instanceof MarkedDataset marked ? marked.mark() : "";

            LoadScript.Loaded preview = mixed(rig.load(books).mode(mode)).preview(10);

            assertThat(rig.rows(books)).containsExactlyInAnyOrderElementsOf(before);
            assertThat(books instanceof MarkedDataset marked ? marked.mark() : "")
                    .isEqualTo(mark);
            if (books instanceof UndoableDataset undoable) {
                assertThat(undoable.applied(preview.run())).isEmpty();
            }
            LoadScript.Loaded applied = mixed(rig.load(books).mode(mode)).apply();
            assertThat(applied.outcome()).isEqualTo(preview.outcome());
            assertThat(applied.rejections()).isEqualTo(preview.rejections());
        }
    }

    @Test
    default void a_preview_names_rows_and_the_values_that_change() {
        Rig rig = previews();
        Dataset books = threeBooks(rig);
        LoadScript.Loaded preview = mixed(rig.load(books).mode(LoadMode.UPSERT)).preview(10);
        assertThat(preview.outcome()).isEqualTo(new Outcome(2, 2, 1, 0));
        assertThat(of(RowChange.Kind.INSERTED, preview))
                .containsExactly(
                        new RowChange(
                                RowChange.Kind.INSERTED,
                                4,
                                List.of(7L),
                                List.of(
                                        new FieldChange("id", null, 7L),
                                        new FieldChange("title", null, "Walden"),
                                        new FieldChange("pages", null, 352L))),
                        new RowChange(
                                RowChange.Kind.INSERTED,
                                7,
                                List.of(6L),
                                List.of(new FieldChange("id", null, 6L), new FieldChange("title", null, "Dracula"))));
        assertThat(of(RowChange.Kind.UPDATED, preview))
                .containsExactly(
                        new RowChange(
                                RowChange.Kind.UPDATED,
                                3,
                                List.of(2L),
                                List.of(
                                        new FieldChange("title", "Ulysses", "Odyssey"),
                                        new FieldChange("shelf", null, "C"),
                                        new FieldChange("pages", 730L, null))),
                        new RowChange(
                                RowChange.Kind.UPDATED, 6, List.of(3L), List.of(new FieldChange("shelf", "B", "D"))));
        assertThat(of(RowChange.Kind.DELETED, preview)).isEmpty();
    }

    @Test
    default void a_preview_names_rows_that_would_be_deleted() {
        Rig rig = previews();
        Dataset books = threeBooks(rig);
        LoadScript.Loaded preview = rig.load(books)
                .mode(LoadMode.REPLACE)
                .row(2L, "Ulysses", null, 730L)
                .preview(10);
        assertThat(preview.outcome()).isEqualTo(new Outcome(0, 0, 1, 2));
        assertThat(preview.changes())
                .containsExactlyInAnyOrder(
                        new RowChange(RowChange.Kind.DELETED, 0, List.of(1L), List.of()),
                        new RowChange(RowChange.Kind.DELETED, 0, List.of(3L), List.of()));
    }

    @Test
    default void a_preview_shows_no_more_of_a_kind_than_was_asked_for() {
        Rig rig = previews();
        Dataset books = threeBooks(rig);
        LoadScript script = rig.load(books).mode(LoadMode.UPSERT);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (long id = 1; id <= 30; id++) {
            rows.add(row(id, "T" + id, null, null));
        }
        LoadScript.Loaded preview = script.rows(rows).preview(2);
        assertThat(preview.outcome()).isEqualTo(new Outcome(27, 3, 0, 0));
        assertThat(of(RowChange.Kind.INSERTED, preview))
                .extracting(RowChange::number)
                .containsExactly(5L, 6L);
        assertThat(of(RowChange.Kind.UPDATED, preview))
                .extracting(RowChange::number)
                .containsExactly(2L, 3L);
        assertThat(script.preview(0).changes()).isEmpty();
    }

    private static List<RowChange> of(RowChange.Kind kind, LoadScript.Loaded preview) {
        return preview.changes().stream()
                .filter(change -> change.kind() == kind)
                .toList();
    }
}
