// SPDX-License-Identifier: Apache-2.0
package io.gantry.pipeline;

import io.gantry.mapping.ExportMapping;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.ImportMappingBuilder;
import io.gantry.mapping.MappingDefinition;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A pipeline that is to be.
 *
 * @param code by which people and programs call it; unique for its tenant
 * @param name for people
 * @param dataset the dataset it loads or reads
 * @param format of its files
 * @param mapping an {@link ImportMapping} makes it an import, an {@link ExportMapping} an export
 * @param parameters what a run may be told
 */
public record NewPipeline(
        @Pattern(
                regexp = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}",
                message = "must be 1 to 100 letters, digits, '.', '_' or '-'")
        String code,

        @NotBlank @Size(max = 200) String name,
        @NotBlank String dataset,
        @Valid FileFormat format,
        @Valid MappingDefinition mapping,
        List<@Valid Parameter> parameters) {

    public NewPipeline {
        parameters = List.copyOf(parameters);
    }

    /**
     * An import whose name is its code.
     *
     * @param code by which it is called
     * @param dataset to load
     * @param format of its files
     * @param mapping how
     * @return the command
     */
    public static NewPipeline importing(String code, String dataset, FileFormat format, ImportMapping mapping) {
        return new NewPipeline(code, code, dataset, format, mapping, List.of());
    }

    /**
     * An import whose name is its code.
     *
     * @param code by which it is called
     * @param dataset to load
     * @param format of its files
     * @param mapping what to do with the builder of the mapping
     * @return the command
     */
    public static NewPipeline importing(
            String code, String dataset, FileFormat format, UnaryOperator<ImportMappingBuilder> mapping) {
        return importing(code, dataset, format, ImportMapping.of(mapping));
    }

    /**
     * An export whose name is its code.
     *
     * @param code by which it is called
     * @param dataset to read
     * @param format of its files
     * @param mapping how
     * @return the command
     */
    public static NewPipeline exporting(String code, String dataset, FileFormat format, ExportMapping mapping) {
        return new NewPipeline(code, code, dataset, format, mapping, List.of());
    }

    /**
     * The same pipeline with another name.
     *
     * @param name for people
     * @return a copy
     */
    public NewPipeline named(String name) {
        return new NewPipeline(code, name, dataset, format, mapping, parameters);
    }

    /**
     * The same pipeline with parameters.
     *
     * @param parameters what a run may be told
     * @return a copy
     */
    public NewPipeline parameters(Parameter... parameters) {
        return new NewPipeline(code, name, dataset, format, mapping, List.of(parameters));
    }

    /**
     * Which way it moves rows.
     *
     * @return what the mapping is for
     */
    public Direction direction() {
        return mapping instanceof ImportMapping ? Direction.IMPORT : Direction.EXPORT;
    }
}
