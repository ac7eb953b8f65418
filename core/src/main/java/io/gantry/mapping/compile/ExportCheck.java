// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.check.BeanRules;
import io.gantry.check.Faults;
import io.gantry.check.Names;
import io.gantry.mapping.ExportMapping;
import io.gantry.spi.dataset.Filter;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Schema;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds everything that is wrong with the mapping of an export, and makes its filter. */
public final class ExportCheck {

    /** Types whose values have the same order in every store. */
    private static final Set<FieldType> ORDERED = Set.copyOf(
            EnumSet.of(FieldType.INTEGER, FieldType.DECIMAL, FieldType.DATE, FieldType.TIME, FieldType.TIMESTAMP));

    private ExportCheck() {}

    /**
     * Checks a mapping against the dataset's schema.
     *
     * @param mapping the definition
     * @param schema of the dataset it reads
     * @param faults where to tell of everything that is wrong
     * @return the filter that its conditions make; of no use when there are faults
     */
    public static Filter check(ExportMapping mapping, Schema schema, Faults faults) {
        BeanRules.check(mapping, faults);
        Set<String> headers = new HashSet<>();
        Set<String> fields = new HashSet<>();
        for (int i = 0; i < mapping.columns().size(); i++) {
            ExportMapping.Column column = mapping.columns().get(i);
            String path = "columns[" + i + "]";
            if (schema.field(column.field()).isEmpty()) {
                faults.unknown(path + ".field", "field", column.field(), schema.names());
            }
            if (!fields.add(column.field())) {
                faults.add(path + ".field", "'" + column.field() + "' is in another column already");
            }
            if (!headers.add(column.header())) {
                faults.add(path + ".header", "'" + column.header() + "' is the header of another column, too");
            }
        }
        String incremental = mapping.incremental();
        if (incremental != null) {
            Optional<Field> field = schema.field(incremental);
            if (field.isEmpty() || !fields.contains(incremental)) {
                faults.unknown("incremental", "column for field", incremental, fields);
            } else if (!ORDERED.contains(field.get().type())) {
                faults.add(
                        "incremental",
                        "'" + incremental + "' is " + field.get().type() + "; it must be one of " + ORDERED);
            }
        }
        List<Filter> filters = new ArrayList<>();
        for (int i = 0; i < mapping.conditions().size(); i++) {
            condition("where[" + i + "]", mapping.conditions().get(i), schema, faults)
                    .ifPresent(filters::add);
        }
        return new Filter.And(filters);
    }

    private static Optional<Filter> condition(
            String path, ExportMapping.Condition condition, Schema schema, Faults faults) {
        Optional<Field> field = schema.field(condition.field());
        if (field.isEmpty()) {
            faults.unknown(path + ".field", "field", condition.field(), schema.names());
            return Optional.empty();
        }
        ExportMapping.Test test = condition.test();
        boolean none = test == ExportMapping.Test.MISSING || test == ExportMapping.Test.PRESENT;
        boolean many = test == ExportMapping.Test.ONE_OF;
        int count = condition.values().size();
        if (none ? count > 0 : many ? count == 0 : count != 1) {
            faults.add(
                    path + ".values",
                    Names.word(test) + " takes " + (none ? "no value" : many ? "a value or more" : "one value"));
            return Optional.empty();
        }
        FieldType type = field.get().type();
        boolean textual = test == ExportMapping.Test.STARTS_WITH || test == ExportMapping.Test.CONTAINS;
        if (textual && type != FieldType.STRING) {
            faults.add(path + ".test", Names.word(test) + " goes with texts; '" + condition.field() + "' is " + type);
            return Optional.empty();
        }
        List<Object> values = new ArrayList<>();
        Field unsized = Field.of(field.get().name(), type);
        for (int i = 0; i < count; i++) {
            String text = condition.values().get(i);
            Optional<Object> value = type == FieldType.STRING ? Optional.of(text) : Parsers.value(unsized, text);
            value.ifPresent(values::add);
            if (value.isEmpty()) {
                faults.add(path + ".values[" + i + "]", "'" + text + "' is no " + type + " in ISO notation");
            }
        }
        if (values.size() < count) {
            return Optional.empty();
        }
        return Optional.of(
                switch (test) {
                    case MISSING -> new Filter.IsNull(condition.field());
                    case PRESENT -> new Filter.Not(new Filter.IsNull(condition.field()));
                    case ONE_OF -> new Filter.In(condition.field(), values);
                    default ->
                        new Filter.Compare(condition.field(), Filter.Operator.valueOf(test.name()), values.get(0));
                });
    }
}
