// SPDX-License-Identifier: Apache-2.0
package io.gantry.pipeline;

import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.ImportMappingBuilder;
import io.gantry.mapping.MappingDefinition;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What shall be different about a pipeline; null leaves a thing as it is. A new name counts at once. All else is content: it
 * changes the draft, or opens one.
 *
 * @param name for people
 * @param format of its files
 * @param mapping of the same direction
 * @param parameters what a run may be told
 */
public record PipelineChange(
        @Nullable @Size(min = 1, max = 200) String name,
        @Nullable @Valid FileFormat format,
        @Nullable @Valid MappingDefinition mapping,
        @Nullable List<@Valid Parameter> parameters) {

    /** Nothing shall be different. */
    public static final PipelineChange NONE = new PipelineChange(null, null, null, null);

    /**
     * Another name.
     *
     * @param name for people
     * @return a copy
     */
    public PipelineChange name(String name) {
        return new PipelineChange(name, format, mapping, parameters);
    }

    /**
     * Another format.
     *
     * @param format of its files
     * @return a copy
     */
    public PipelineChange format(FileFormat format) {
        return new PipelineChange(name, format, mapping, parameters);
    }

    /**
     * Another mapping.
     *
     * @param mapping of the same direction
     * @return a copy
     */
    public PipelineChange mapping(MappingDefinition mapping) {
        return new PipelineChange(name, format, mapping, parameters);
    }

    /**
     * Another mapping of an import.
     *
     * @param steps what to do with the builder of the mapping
     * @return a copy
     */
    public PipelineChange mapping(UnaryOperator<ImportMappingBuilder> steps) {
        return mapping(ImportMapping.of(steps));
    }

    /**
     * Other parameters.
     *
     * @param parameters what a run may be told
     * @return a copy
     */
    public PipelineChange parameters(Parameter... parameters) {
        return new PipelineChange(name, format, mapping, List.of(parameters));
    }
}
