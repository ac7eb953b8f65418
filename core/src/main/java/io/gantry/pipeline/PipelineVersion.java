// SPDX-License-Identifier: Apache-2.0
package io.gantry.pipeline;

import io.gantry.mapping.ExportMapping;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.MappingDefinition;
import java.time.Instant;
import java.util.List;

/**
 * What a pipeline does, in one of its versions. Runs name the version that they carried out.
 *
 * @param code of the pipeline
 * @param version three numbers with points: the first grows with a change that files or users of the dataset notice, the
 *     second with an addition, the third with all else
 * @param status where it stands
 * @param dataset the dataset it loads or reads
 * @param format of its files
 * @param mapping how columns and fields belong together
 * @param parameters what a run of it may be told
 * @param contentHash SHA-256 over dataset, format, mapping and parameters in their canonical form
 * @param editedBy who wrote the content last
 * @param editedAt when
 * @param history the moves it made, the oldest first
 */
public record PipelineVersion(
        String code,
        String version,
        PipelineStatus status,
        String dataset,
        FileFormat format,
        MappingDefinition mapping,
        List<Parameter> parameters,
        String contentHash,
        String editedBy,
        Instant editedAt,
        List<Step> history) {

    public PipelineVersion {
        parameters = List.copyOf(parameters);
        history = List.copyOf(history);
    }

    /**
     * Which way it moves rows.
     *
     * @return what the mapping is for
     */
    public Direction direction() {
        return mapping instanceof ImportMapping ? Direction.IMPORT : Direction.EXPORT;
    }

    /**
     * The mapping of an import.
     *
     * @return it
     * @throws ClassCastException for an export
     */
    public ImportMapping importMapping() {
        return (ImportMapping) mapping;
    }

    /**
     * The mapping of an export.
     *
     * @return it
     * @throws ClassCastException for an import
     */
    public ExportMapping exportMapping() {
        return (ExportMapping) mapping;
    }
}
