// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static io.gantry.testkit.DatasetLoading.threeBooks;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.LookupDataset;
import io.gantry.spi.dataset.MarkedDataset;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.DatasetContract.Capability;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a dataset tells of itself: its schema, its mark, which keys it holds. */
interface DatasetQuestions {

    @Test
    default void its_schema_is_the_one_it_was_made_with() {
        Rig rig = Rig.of(this).needs(Capability.WRITE);
        Dataset books = rig.dataset(Rig.BOOKS);
        Schema schema = rig.dataset(DatasetUniqueChecks.GUESTS).schema();
        assertThat(books.name()).isNotBlank();
        assertThat(books.schema().names()).isEqualTo(Rig.BOOKS.names());
        assertThat(books.schema().key()).containsExactly("id");
        for (Field field : Rig.BOOKS.fields()) {
            Field made = books.schema().field(field.name()).orElseThrow();
            assertThat(made.type()).isEqualTo(field.type());
            assertThat(made.mode()).isEqualTo(field.mode());
            assertThat(made.size().length()).isEqualTo(field.size().length());
        }
        assertThat(schema.uniques()).containsExactlyInAnyOrder(List.of("email"), List.of("room", "bed"));
        for (Field field : Values.everyType(rig.contract().decimalDigits()).fields()) {
            Schema every = rig.dataset(Values.everyType(rig.contract().decimalDigits()))
                    .schema();
            assertThat(every.field(field.name()).orElseThrow().type()).isEqualTo(field.type());
        }
    }

    @Test
    default void its_mark_changes_with_every_change_and_only_then() {
        Rig rig = Rig.of(this).needs(Capability.WRITE, Capability.MARK);
        Dataset books = rig.dataset(Rig.BOOKS);
        String empty = ((MarkedDataset) books).mark();
        rig.load(books)
                .row(1L, "Emma", null, 1L)
                .row(2L, "Faust", "A", 2L)
                .row(3L, "Walden", "A", 2L)
                .applyAll();
        String last = changed(books, empty);
        assertThat(((MarkedDataset) books).mark()).isEqualTo(last);
        rig.rows(books);
        rig.load(books).row(9L, "Gone", null, null).abandon();
        rig.load(books)
                .mode(LoadMode.UPSERT)
                .row(2L, "Faust", "A", 2L)
                .row(1L, "Emma", null, 1L)
                .applyAll();
        assertThat(((MarkedDataset) books).mark()).isEqualTo(last);
        rig.updateBySomeoneElse(books, 2L, "shelf", "B");
        last = changed(books, last);
        rig.updateBySomeoneElse(books, 2L, "pages", null);
        last = changed(books, last);
        rig.insertBySomeoneElse(books, 4L, "Emma", null, 1L);
        last = changed(books, last);
        rig.deleteBySomeoneElse(books, 3L);
        last = changed(books, last);
        rig.load(books).mode(LoadMode.UPDATE).row(1L, "Emma", null, 2L).applyAll();
        changed(books, last);
    }

    private static String changed(Dataset dataset, String before) {
        String mark = ((MarkedDataset) dataset).mark();
        assertThat(mark).isNotEqualTo(before);
        return mark;
    }

    @Test
    default void it_tells_which_keys_it_holds() {
        Rig rig = Rig.of(this).needs(Capability.WRITE, Capability.LOOKUP);
        Dataset books = threeBooks(rig);
        RowBatch keys = new RowBatch(List.of(Rig.BOOKS.field("id").orElseThrow()), 5_000);
        assertThat(((LookupDataset) books).contains(List.of("id"), keys)).isEmpty();
        for (long i = 0; i < 5_000; i++) {
            keys.add(i + 1, i);
        }
        boolean[] contained = ((LookupDataset) books).contains(List.of("id"), keys);
        assertThat(contained).hasSize(5_000);
        for (int i = 0; i < contained.length; i++) {
            assertThat(contained[i]).isEqualTo(i >= 1 && i <= 3);
        }
    }

    @Test
    default void it_tells_which_values_of_several_fields_it_holds_together() {
        Rig rig = Rig.of(this).needs(Capability.WRITE, Capability.LOOKUP);
        Dataset books = threeBooks(rig);
        List<Field> named =
                List.of(Field.of("other_name", FieldType.STRING), Field.of("and_another", FieldType.INTEGER));
        RowBatch keys = new RowBatch(named, 4);
        keys.add(1, "Emma", 1L);
        keys.add(2, "Emma", 2L);
        keys.add(3, "Faust", 3L);
        keys.add(4, "faust", 3L);
        assertThat(((LookupDataset) books).contains(List.of("title", "id"), keys))
                .containsExactly(true, false, true, false);
    }
}
