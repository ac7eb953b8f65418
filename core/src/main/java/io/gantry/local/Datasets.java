// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import io.gantry.check.BeanRules;
import io.gantry.spi.dataset.CheckingDataset;
import io.gantry.spi.schema.Schema;
import io.gantry.spi.schema.Sensitivity;
import java.lang.reflect.InaccessibleObjectException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes datasets that need nothing but this process. */
public final class Datasets {

    private Datasets() {}

    /**
     * Declares a dataset by a Java record: its components are the fields, their types the types, and their Jakarta
     * Validation constraints are checked for every row. Primitive components and those with {@code @NotNull},
     * {@code @NotBlank} or {@code @NotEmpty} are required; an enum is a text that must be one of its names.
     *
     * @param type a record of components that {@link io.gantry.spi.schema.FieldType} knows: String, long, int, short,
     *     double, float, boolean and their wrappers, BigDecimal, LocalDate, LocalTime, Instant, UUID, byte[], enums
     * @param <T> the record
     * @return a builder, to be ended by {@link Declaration#inMemory} or {@link Declaration#backedBy}; both throw an
     *     {@code IllegalArgumentException} when the record's module does not open its package to the modules
     *     {@code io.gantry.core} and {@code org.hibernate.validator}
     * @throws IllegalArgumentException when a component has another type
     */
    public static <T extends Record> Declaration<T> of(Class<T> type) {
        return new Declaration<>(type);
    }

    /**
     * Makes a dataset that is kept in memory, its rows being maps from the names of fields to values.
     *
     * @param name its name
     * @param schema its shape
     * @return empty
     */
    public static RecordDataset<Map<String, @Nullable Object>> inMemory(String name, Schema schema) {
        Shape<Map<String, @Nullable Object>> shape = mapsOf(schema);
        CheckingDataset.RowCheck nothing = (rows, rejected, issues) -> {};
        return new RecordDataset<>(name, schema, shape, new InMemoryRecords<>(shape, schema), nothing);
    }

    static Shape<Map<String, @Nullable Object>> mapsOf(Schema schema) {
        return new Shape<>() {
            @Override
            public @Nullable Object[] values(Map<String, @Nullable Object> record) {
                return schema.names().stream().map(record::get).toArray();
            }

            @Override
            public Map<String, @Nullable Object> record(@Nullable Object[] values) {
                Map<String, @Nullable Object> record = new LinkedHashMap<>();
                for (int i = 0; i < values.length; i++) {
                    record.put(schema.names().get(i), values[i]);
                }
                return Collections.unmodifiableMap(record);
            }
        };
    }

    /**
     * A dataset of records on its way. Used by one thread.
     *
     * @param <T> the record
     */
    public static final class Declaration<T extends Record> {

        private final Class<T> type;
        private String name;
        private String[] key = {};
        private final List<String[]> uniques = new ArrayList<>();
        private final Map<String, Sensitivity> sensitivities = new HashMap<>();

        Declaration(Class<T> type) {
            this.type = type;
            this.name = type.getSimpleName().toLowerCase(Locale.ROOT);
        }

        /**
         * Names the dataset; without it, it has the record's name in lower case.
         *
         * @param name not blank
         * @return this
         */
        public Declaration<T> named(String name) {
            this.name = name;
            return this;
        }

        /**
         * Names the fields that tell rows apart.
         *
         * @param fields components of the record
         * @return this
         */
        public Declaration<T> key(String... fields) {
            this.key = fields.clone();
            return this;
        }

        /**
         * Names fields whose values together must differ from row to row.
         *
         * @param fields components of the record
         * @return this
         */
        public Declaration<T> unique(String... fields) {
            uniques.add(fields.clone());
            return this;
        }

        /**
         * Says how sensitive fields are.
         *
         * @param sensitivity of their values
         * @param fields components of the record
         * @return this
         */
        public Declaration<T> sensitive(Sensitivity sensitivity, String... fields) {
            Arrays.stream(fields).forEach(field -> sensitivities.put(field, sensitivity));
            return this;
        }

        /**
         * Keeps the records in memory.
         *
         * @return empty
         */
        public RecordDataset<T> inMemory() {
            RecordShape<T> shape = shape();
            return make(shape, new InMemoryRecords<>(shape, schema(shape)));
        }

        /**
         * Leaves the records to the application.
         *
         * @param store where they are
         * @return with what the store has
         */
        public RecordDataset<T> backedBy(RecordStore<T> store) {
            return make(shape(), store);
        }

        private RecordDataset<T> make(RecordShape<T> shape, RecordStore<T> store) {
            RecordCheck<T> check = reflecting(() -> new RecordCheck<>(shape, BeanRules.validator()));
            return new RecordDataset<>(name, schema(shape), shape, store, check);
        }

        private RecordShape<T> shape() {
            return reflecting(() -> new RecordShape<>(type));
        }

        private <R> R reflecting(Supplier<R> reflection) {
            try {
                return reflection.get();
            } catch (InaccessibleObjectException e) {
                throw new IllegalArgumentException(
                        "Gantry cannot reflect on " + type.getName() + ": add 'opens " + type.getPackageName()
                                + " to io.gantry.core, org.hibernate.validator;' to the descriptor of module "
                                + type.getModule().getName(),
                        e);
            }
        }

        private Schema schema(RecordShape<T> shape) {
            Schema schema = shape.schema(sensitivities).key(key);
            for (String[] unique : uniques) {
                schema = schema.unique(unique);
            }
            return schema;
        }
    }
}
