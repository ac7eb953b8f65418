// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static io.gantry.testkit.DatasetLoading.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.Cancellation;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.DatasetReader;
import io.gantry.spi.dataset.Filter;
import io.gantry.spi.dataset.Filter.Operator;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.Selection;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.DatasetContract.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That a selection gives the rows and fields it asks for, in order. */
interface DatasetSelections {

    private Rig reads() {
        return Rig.of(this).needs(Capability.WRITE, Capability.READ);
    }

    private static boolean holds(Operator operator, @Nullable Object value, Object given) {
        if (value == null) {
            return false;
        }
        int order = Values.compare(value, given);
        return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case STARTS_WITH -> ((String) value).startsWith((String) given);
            case CONTAINS -> ((String) value).contains((String) given);
        };
    }

    private static List<Object> ids(Rig rig, Dataset dataset, Filter filter) {
        List<Object> ids = new ArrayList<>();
        rig.read(dataset, new Selection(List.of("id"), filter, Cancellation.NEVER))
                .forEach(row -> ids.add(row.get(0)));
        return ids;
    }

    private static Dataset valuesOf(Rig rig, FieldType type) {
        Field value = Field.of("value", type);
        Dataset dataset = rig.dataset(Schema.of(
                        Field.of("id", FieldType.INTEGER).required(),
                        type == FieldType.DECIMAL ? value.decimal(15, 5) : value)
                .key("id"));
        LoadScript script = rig.load(dataset).row(0L, null);
        List<Object> values = Values.ascending(type);
        for (int i = 0; i < values.size(); i++) {
            script.row(i + 1L, values.get(i));
        }
        script.applyAll();
        return dataset;
    }

    private static List<Object> expected(FieldType type, Predicate<@Nullable Object> condition) {
        List<Object> ids = new ArrayList<>();
        List<Object> values = Values.ascending(type);
        if (condition.test(null)) {
            ids.add(0L);
        }
        for (int i = 0; i < values.size(); i++) {
            if (condition.test(values.get(i))) {
                ids.add(i + 1L);
            }
        }
        return ids;
    }

    @Test
    default void every_operator_compares_values_of_every_type() {
        Rig rig = reads();
        for (FieldType type : FieldType.values()) {
            Dataset dataset = valuesOf(rig, type);
            for (Operator operator : Operator.values()) {
                if (type != FieldType.STRING && (operator == Operator.CONTAINS || operator == Operator.STARTS_WITH)) {
                    continue;
                }
                for (Object given : Values.ascending(type)) {
                    Filter compare = new Filter.Compare("value", operator, given);
                    assertThat(ids(rig, dataset, compare))
                            .as("%s %s %s", type, operator, given)
                            .isEqualTo(expected(type, value -> holds(operator, value, given)));
                    assertThat(ids(rig, dataset, new Filter.Not(compare)))
                            .as("not %s %s %s", type, operator, given)
                            .isEqualTo(expected(type, value -> !holds(operator, value, given)));
                }
            }
        }
    }

    @Test
    default void values_of_every_type_are_found_in_lists() {
        Rig rig = reads();
        for (FieldType type : FieldType.values()) {
            Dataset dataset = valuesOf(rig, type);
            List<Object> some = List.of(Values.ascending(type).get(1));
            assertThat(ids(rig, dataset, new Filter.In("value", some))).containsExactly(2L);
            assertThat(ids(rig, dataset, new Filter.In("value", Values.ascending(type))))
                    .hasSize(Values.ascending(type).size());
            assertThat(ids(rig, dataset, new Filter.In("value", List.of()))).isEmpty();
            assertThat(ids(rig, dataset, new Filter.Not(new Filter.In("value", some))))
                    .isEqualTo(expected(type, value -> value == null || Values.compare(value, some.get(0)) != 0));
            assertThat(ids(rig, dataset, new Filter.IsNull("value"))).containsExactly(0L);
            assertThat(ids(rig, dataset, new Filter.Not(new Filter.IsNull("value"))))
                    .hasSize(Values.ascending(type).size());
        }
    }

    @Test
    default void conditions_are_combined() {
        Rig rig = reads();
        Dataset books = DatasetLoading.threeBooks(rig);
        Filter shelfA = new Filter.Compare("shelf", Operator.EQUAL, "A");
        Filter thick = new Filter.Compare("pages", Operator.GREATER, 500L);
        assertThat(ids(rig, books, Filter.ALL)).containsExactly(1L, 2L, 3L);
        assertThat(ids(rig, books, new Filter.Or(List.of()))).isEmpty();
        assertThat(ids(rig, books, new Filter.Or(List.of(shelfA, thick)))).containsExactly(1L, 2L);
        assertThat(ids(rig, books, new Filter.And(List.of(shelfA, thick)))).isEmpty();
        assertThat(ids(rig, books, new Filter.Not(new Filter.Or(List.of(shelfA, thick)))))
                .containsExactly(3L);
        assertThat(ids(rig, books, new Filter.Not(new Filter.And(List.of(shelfA, new Filter.Not(thick))))))
                .containsExactly(2L, 3L);
    }

    @Test
    default void hostile_text_in_a_filter_is_only_text() {
        Rig rig = reads();
        Dataset books = rig.dataset(Rig.BOOKS);
        LoadScript script = rig.load(books);
        List<String> texts = new ArrayList<>(Values.scripts());
        texts.addAll(List.of("' OR 1=1 --", "\\' OR 1=1 --", "$$;drop", "'||x||'", "\\", "%", "_"));
        for (int i = 0; i < texts.size(); i++) {
            script.row(i + 1L, texts.get(i), null, null);
        }
        script.applyAll();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            assertThat(ids(rig, books, new Filter.Compare("title", Operator.EQUAL, text)))
                    .containsExactly(i + 1L);
            assertThat(ids(rig, books, new Filter.Compare("title", Operator.STARTS_WITH, text)))
                    .isEqualTo(matching(texts, title -> title.startsWith(text)));
            assertThat(ids(rig, books, new Filter.Compare("title", Operator.CONTAINS, text)))
                    .isEqualTo(matching(texts, title -> title.contains(text)));
        }
    }

    private static List<Object> matching(List<String> texts, Predicate<String> condition) {
        List<Object> ids = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (condition.test(texts.get(i))) {
                ids.add(i + 1L);
            }
        }
        return ids;
    }

    @Test
    default void fields_come_in_the_order_asked_for() {
        Rig rig = reads();
        Dataset books = DatasetLoading.threeBooks(rig);
        assertThat(rig.read(books, Selection.of(List.of("pages", "id"))))
                .containsExactly(row(474L, 1L), row(730L, 2L), row(null, 3L));
        assertThat(rig.read(books, Selection.of(List.of("title"))))
                .containsExactly(row("Emma"), row("Ulysses"), row("Faust"));
    }

    @Test
    default void rows_come_in_the_order_of_the_key() {
        Rig rig = reads();
        Dataset dataset = rig.dataset(Schema.of(
                        Field.of("number", FieldType.INTEGER).required(),
                        Field.of("word", FieldType.STRING).length(20).required())
                .key("word", "number"));
        rig.load(dataset)
                .row(10L, "bb")
                .row(2L, "bb")
                .row(-1L, "bb")
                .row(7L, "c")
                .row(9L, "a")
                .applyAll();
        assertThat(rig.read(dataset, Selection.of(List.of("word", "number"))))
                .containsExactly(row("a", 9L), row("bb", -1L), row("bb", 2L), row("bb", 10L), row("c", 7L));
    }

    @Test
    default void a_reader_may_be_closed_before_its_end() {
        Rig rig = reads();
        Dataset books = DatasetLoading.threeBooks(rig);
        RowBatch batch = new RowBatch(books.schema().fields(), 1);
        for (int i = 0; i < 20; i++) {
            try (DatasetReader reader =
                    ((ReadableDataset) books).read(Selection.of(books.schema().names()))) {
                assertThat(reader.read(batch)).isTrue();
                assertThat(batch.size()).isEqualTo(1);
            }
        }
        assertThat(rig.rows(books)).hasSize(3);
    }

    @Test
    default void an_empty_dataset_has_no_rows() {
        Rig rig = reads();
        assertThat(rig.read(rig.dataset(Rig.BOOKS))).isEmpty();
    }
}
