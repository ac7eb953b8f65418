// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static io.gantry.testkit.DatasetLoading.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.DatasetWriter.Outcome;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.UndoableDataset;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.DatasetContract.Capability;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That a dataset gives back the values it was given, of every type, and undoes their changes exactly. */
interface DatasetValues {

    private Rig writes() {
        return Rig.of(this).needs(Capability.WRITE);
    }

    private static List<List<@Nullable Object>> rowsOf(Rig rig, boolean extreme) {
        int digits = rig.contract().decimalDigits();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (long id = 0; id < 10; id++) {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(id);
            for (FieldType type : FieldType.values()) {
                List<Object> values = extreme ? Values.extremes(type, digits) : Values.ascending(type);
                row.add(id == 9 ? null : values.get((int) id % values.size()));
            }
            rows.add(row);
        }
        return rows;
    }

    private Dataset roundTrip(boolean extreme) {
        Rig rig = writes();
        Dataset dataset = rig.dataset(Values.everyType(rig.contract().decimalDigits()));
        List<List<@Nullable Object>> rows = rowsOf(rig, extreme);
        rig.load(dataset).rows(rows).applyAll();
        assertThat(rig.rows(dataset)).containsExactlyInAnyOrderElementsOf(Values.plain(rows));
        assertThat(rig.load(dataset).mode(LoadMode.UPSERT).rows(rows).applyAll().outcome())
                .as("loading the same again")
                .isEqualTo(new Outcome(0, 0, rows.size(), 0));
        return dataset;
    }

    @Test
    default void ordinary_values_and_nulls_of_every_type_come_back() {
        roundTrip(false);
    }

    @Test
    default void extreme_values_of_every_type_come_back() {
        roundTrip(true);
    }

    @Test
    default void text_in_many_scripts_comes_back_even_in_a_key() {
        Rig rig = writes();
        Dataset dataset = rig.dataset(Schema.of(
                        Field.of("word", FieldType.STRING).length(100).required(),
                        Field.of("again", FieldType.STRING).length(100))
                .key("word"));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        Values.scripts().forEach(text -> rows.add(row(text, text)));
        rig.load(dataset).rows(rows).applyAll();
        assertThat(rig.rows(dataset)).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    default void letter_case_accents_and_spaces_are_differences() {
        Rig rig = writes();
        Dataset books = rig.dataset(Rig.BOOKS);
        rig.load(books).row(1L, "emma", "a", null).row(2L, "Zoe", "b", null).applyAll();
        Outcome outcome = rig.load(books)
                .mode(LoadMode.UPSERT)
                .row(1L, "Emma", "a ", null)
                .row(2L, "Zo\u00eb", "b", null)
                .applyAll()
                .outcome();
        assertThat(outcome).isEqualTo(new Outcome(0, 2, 0, 0));
        assertThat(rig.rows(books))
                .containsExactlyInAnyOrder(row(1L, "Emma", "a ", null), row(2L, "Zo\u00eb", "b", null));
    }

    @Test
    default void every_change_between_two_values_of_a_type_is_seen_and_undone() {
        Rig rig = writes();
        Dataset dataset = rig.dataset(Values.everyType(rig.contract().decimalDigits()));
        List<List<@Nullable Object>> before = rowsOf(rig, false);
        rig.load(dataset).rows(before).applyAll();
        List<List<@Nullable Object>> after = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            List<@Nullable Object> row = new ArrayList<>(before.get((i + 1) % before.size()));
            row.set(0, (long) i);
            after.add(row);
        }
        LoadScript.Loaded loaded =
                rig.load(dataset).mode(LoadMode.UPDATE).rows(after).applyAll();
        assertThat(loaded.outcome()).isEqualTo(new Outcome(0, before.size(), 0, 0));
        assertThat(rig.rows(dataset)).containsExactlyInAnyOrderElementsOf(Values.plain(after));
        if (dataset instanceof UndoableDataset) {
            assertThat(rig.rollBack(dataset, loaded.run()).reversed()).isEqualTo(before.size());
            assertThat(rig.rows(dataset)).containsExactlyInAnyOrderElementsOf(Values.plain(before));
        }
    }

    /** The engine checks sizes first; should a value get past it, it is refused, never cut or rounded to fit. */
    @Test
    default void a_value_that_does_not_fit_is_never_stored() {
        Rig rig = writes();
        Dataset dataset = rig.dataset(Schema.of(
                        Field.of("id", FieldType.INTEGER).required(),
                        Field.of("word", FieldType.STRING).length(5),
                        Field.of("amount", FieldType.DECIMAL).decimal(8, 2))
                .key("id"));
        List<List<@Nullable Object>> misfits = List.of(
                row(1L, "toolong", null),
                row(2L, "\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00!", null),
                row(3L, null, new BigDecimal("1234567.00")),
                row(4L, null, new BigDecimal("0.125")));
        for (List<@Nullable Object> misfit : misfits) {
            try {
                assertThat(rig.load(dataset).row(misfit.toArray()).apply().rejections())
                        .isNotEmpty();
            } catch (ProviderException refused) {
                assertThat(refused.code()).isNotBlank();
            }
        }
        rig.load(dataset)
                .row(5L, "\u00e9\u00e9\u00e9\u00e9\u00e9", new BigDecimal("999999.990"))
                .applyAll();
        assertThat(rig.rows(dataset))
                .containsExactly(row(5L, "\u00e9\u00e9\u00e9\u00e9\u00e9", new BigDecimal("999999.99")));
    }
}
