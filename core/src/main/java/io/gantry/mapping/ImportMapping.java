// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * How the columns of a file become the rows of a dataset.
 *
 * @param columns one for each field that is loaded
 * @param load what the load does to the dataset
 * @param errors how many rows may be rejected
 * @param drift what to do when the columns of a file are not as expected
 */
public record ImportMapping(
        @NotEmpty List<@Valid ColumnMapping> columns,
        LoadRule load,
        @Valid ErrorPolicy errors,
        DriftPolicy drift) implements MappingDefinition {

    public ImportMapping {
        columns = List.copyOf(columns);
    }

    /**
     * Builds a mapping.
     *
     * <pre>{@code
     * ImportMapping.of(mapping -> mapping
     *     .column("E-mail").alias("Email").to("email").trim().lowerCase().email()
     *     .column("Born").to("born").format("dd/MM/uuuu")
     *     .upsert("email"))
     * }</pre>
     *
     * @param steps what to do with the builder
     * @return the mapping
     */
    public static ImportMapping of(UnaryOperator<ImportMappingBuilder> steps) {
        return steps.apply(new ImportMappingBuilder()).build();
    }

    /**
     * The names of the fields it loads.
     *
     * @return in order
     */
    public List<String> fields() {
        return columns.stream().map(ColumnMapping::to).toList();
    }

    /**
     * The same mapping with properties of one column set, as a {@link io.gantry.validation.Hypothesis} proposes.
     *
     * @param field the field of the column
     * @param patch properties as the JSON of the mapping has them
     * @return a copy
     * @throws io.gantry.GantryException {@code INVALID_DEFINITION} when there is no such field, or a property makes no sense
     */
    public ImportMapping patched(String field, Map<String, Object> patch) {
        return ImportMappingJson.patched(this, field, patch);
    }

    @Override
    public String toJson() {
        return ImportMappingJson.write(this);
    }
}
