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
 * @param from where its rows come from
 * @param to where its rows go
 * @param mapping an {@link ImportMapping} when the rows go to a dataset, an {@link ExportMapping} when they go to a file
 * @param parameters what a run can be given
 */
public record NewPipeline(
        @Pattern(
                regexp = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}",
                message = "must be 1 to 100 letters, digits, '.', '_' or '-'")
        String code,

        @NotBlank @Size(max = 200) String name,
        @Valid Endpoint from,
        @Valid Endpoint to,
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
        return new NewPipeline(
                code, code, new Endpoint.File(format), new Endpoint.Dataset(dataset), mapping, List.of());
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
        return new NewPipeline(
                code, code, new Endpoint.Dataset(dataset), new Endpoint.File(format), mapping, List.of());
    }

    /**
     * A pipeline that moves rows from one dataset into another, and whose name is its code.
     *
     * @param code by which it is called
     * @param from the dataset to read
     * @param to the dataset to load
     * @param mapping how; its columns are the fields of the dataset that is read
     * @return the command
     */
    public static NewPipeline moving(String code, String from, String to, ImportMapping mapping) {
        return new NewPipeline(code, code, new Endpoint.Dataset(from), new Endpoint.Dataset(to), mapping, List.of());
    }

    /**
     * A pipeline that moves rows from one dataset into another, and whose name is its code.
     *
     * @param code by which it is called
     * @param from the dataset to read
     * @param to the dataset to load
     * @param mapping what to do with the builder of the mapping; its columns are the fields of the dataset that is read
     * @return the command
     */
    public static NewPipeline moving(String code, String from, String to, UnaryOperator<ImportMappingBuilder> mapping) {
        return moving(code, from, to, ImportMapping.of(mapping));
    }

    /**
     * The same pipeline with another name.
     *
     * @param name for people
     * @return a copy
     */
    public NewPipeline named(String name) {
        return new NewPipeline(code, name, from, to, mapping, parameters);
    }

    /**
     * The same pipeline with parameters.
     *
     * @param parameters what a run may be told
     * @return a copy
     */
    public NewPipeline parameters(Parameter... parameters) {
        return new NewPipeline(code, name, from, to, mapping, List.of(parameters));
    }

    /**
     * What the pipeline will do.
     *
     * @return the definition of its first version
     */
    public Definition definition() {
        return new Definition(from, to, mapping, parameters);
    }
}
