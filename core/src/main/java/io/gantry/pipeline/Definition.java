// SPDX-License-Identifier: Apache-2.0
package io.gantry.pipeline;

import io.gantry.mapping.ExportMapping;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.MappingDefinition;
import java.util.List;
import java.util.Optional;

/**
 * What a pipeline does: the flow from one endpoint to another. This is what a review is about and what an approval is bound to.
 *
 * @param from where the rows come from
 * @param to where the rows go
 * @param mapping how columns and fields belong together: an {@link ImportMapping} when the rows go to a dataset, an
 *     {@link ExportMapping} when they go to a file
 * @param parameters what a run can be given
 */
public record Definition(Endpoint from, Endpoint to, MappingDefinition mapping, List<Parameter> parameters) {

    public Definition {
        parameters = List.copyOf(parameters);
    }

    /**
     * The direction, which follows from the endpoints.
     *
     * @return {@link Direction#IMPORT} when the rows go to a dataset, else {@link Direction#EXPORT}
     */
    public Direction direction() {
        return to instanceof Endpoint.Dataset ? Direction.IMPORT : Direction.EXPORT;
    }

    /**
     * The format of the file at one end.
     *
     * @return empty for a flow from dataset to dataset
     */
    public Optional<FileFormat> format() {
        return from instanceof Endpoint.File file
                ? Optional.of(file.format())
                : to instanceof Endpoint.File file ? Optional.of(file.format()) : Optional.empty();
    }

    /**
     * The same definition with another format of the file at one end.
     *
     * @param format of the file
     * @return a copy; this definition when no file is at either end
     */
    public Definition withFormat(FileFormat format) {
        if (from instanceof Endpoint.File) {
            return new Definition(new Endpoint.File(format), to, mapping, parameters);
        }
        return to instanceof Endpoint.File
                ? new Definition(from, new Endpoint.File(format), mapping, parameters)
                : this;
    }

    /**
     * The same definition with another mapping.
     *
     * @param mapping of the same kind
     * @return a copy
     */
    public Definition withMapping(MappingDefinition mapping) {
        return new Definition(from, to, mapping, parameters);
    }

    /**
     * The same definition with other parameters.
     *
     * @param parameters what a run can be given
     * @return a copy
     */
    public Definition withParameters(List<Parameter> parameters) {
        return new Definition(from, to, mapping, parameters);
    }
}
