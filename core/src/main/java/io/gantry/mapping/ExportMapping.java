// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows and fields of a dataset become the records of a file.
 *
 * @param columns the file's columns, in order
 * @param conditions all of which a row must meet
 * @param incremental the field of one of the columns, whose values grow with time: a run takes only rows beyond the greatest value that earlier runs of
 *     the pipeline took, and none without a value; null to take all rows each time
 */
public record ExportMapping(
        @NotEmpty List<@Valid Column> columns,
        List<@Valid Condition> conditions,
        @Nullable @Size(min = 1) String incremental)
        implements MappingDefinition {

    public ExportMapping {
        columns = List.copyOf(columns);
        conditions = List.copyOf(conditions);
    }

    /**
     * One column of the file.
     *
     * @param field of the dataset
     * @param header its name in the file
     */
    public record Column(@NotBlank String field, @NotBlank String header) {}

    /**
     * A condition on a field. A row without a value in the field does not meet it, unless the test is
     * {@link Test#MISSING}.
     *
     * @param field of the dataset
     * @param test how to compare
     * @param values with what, written in ISO notation: one or more for {@link Test#ONE_OF}, none for
     *     {@link Test#MISSING} and {@link Test#PRESENT}, else one
     */
    public record Condition(@NotBlank String field, Test test, List<String> values) {
        public Condition {
            values = List.copyOf(values);
        }
    }

    /** How to compare. */
    public enum Test {
        /** The same as the value. */
        EQUAL,
        /** Not the same as the value. */
        NOT_EQUAL,
        /** Before the value. */
        LESS,
        /** Before the value or the same. */
        LESS_OR_EQUAL,
        /** After the value. */
        GREATER,
        /** After the value or the same. */
        GREATER_OR_EQUAL,
        /** Text that begins with the value. */
        STARTS_WITH,
        /** Text that has the value in it. */
        CONTAINS,
        /** One of the values. */
        ONE_OF,
        /** No value. */
        MISSING,
        /** Any value. */
        PRESENT
    }

    /**
     * An export of fields under their own names.
     *
     * @param fields of the dataset, in the order of the file
     * @return the mapping, of all rows
     */
    public static ExportMapping of(String... fields) {
        return new ExportMapping(
                Arrays.stream(fields).map(field -> new Column(field, field)).toList(), List.of(), null);
    }

    /**
     * The same export with one more column.
     *
     * @param field of the dataset
     * @param header its name in the file
     * @return a copy
     */
    public ExportMapping column(String field, String header) {
        List<Column> more = new ArrayList<>(columns);
        more.add(new Column(field, header));
        return new ExportMapping(more, conditions, incremental);
    }

    /**
     * The same export of fewer rows.
     *
     * @param field of the dataset
     * @param test how to compare
     * @param values with what, in ISO notation
     * @return a copy
     */
    public ExportMapping where(String field, Test test, String... values) {
        List<Condition> more = new ArrayList<>(conditions);
        more.add(new Condition(field, test, List.of(values)));
        return withConditions(more);
    }

    /**
     * The same export with other conditions.
     *
     * @param conditions all of which a row must meet
     * @return a copy
     */
    public ExportMapping withConditions(List<Condition> conditions) {
        return new ExportMapping(columns, conditions, incremental);
    }

    /**
     * The same export of what is new since the run before.
     *
     * @param field whose values grow with time
     * @return a copy
     */
    public ExportMapping incremental(String field) {
        return new ExportMapping(columns, conditions, field);
    }

    @Override
    public String toJson() {
        return ExportMappingJson.write(this);
    }
}
