// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.local.Datasets;
import io.gantry.local.RecordStore;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.schema.Schema;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Records that the application keeps, and whose constraints are checked. */
class RecordRunTest extends RunContract {

    record Team(@NotBlank @Size(max = 20) String id) {}

    record Person(
            @NotBlank @Size(max = 40) String id,
            long count,
            @Digits(integer = 10, fraction = 2) BigDecimal amount,
            LocalDate born,
            Boolean active,
            Instant seen,
            @Size(max = 20) String code,
            @Size(max = 20) String team,
            @Size(max = 60) String note) {}

    /** What an application may have: it takes each change at its word. */
    private static final class Records<T> implements RecordStore<T> {

        private final List<T> records = new ArrayList<>();

        @Override
        public List<T> records() {
            return List.copyOf(records);
        }

        @Override
        public void apply(List<Change<T>> changes) {
            for (Change<T> change : changes) {
                if (change.before() != null) {
                    assertThat(records.remove(change.before()))
                            .as("%s is there", change.before())
                            .isTrue();
                }
                if (change.after() != null) {
                    records.add(change.after());
                }
            }
        }
    }

    @Override
    protected Dataset create(String name, Schema schema) {
        if (schema.fields().size() == 1) {
            return Datasets.of(Team.class).named(name).key("id").backedBy(new Records<>());
        }
        Datasets.Declaration<Person> people =
                Datasets.of(Person.class).named(name).key("id");
        schema.uniques().forEach(unique -> people.unique(unique.toArray(String[]::new)));
        return people.backedBy(new Records<>());
    }

    @Override
    protected int worlds() {
        return 3;
    }
}
