// SPDX-License-Identifier: Apache-2.0
package io.gantry.pipeline;

import io.gantry.mapping.ExportMapping;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.MappingDefinition;
import java.time.Instant;

/**
 * A pipeline as it was when it was read.
 *
 * @param id given by the engine, unique
 * @param code by which people and programs call it; unique for its tenant
 * @param name for people
 * @param dataset the dataset it loads or reads
 * @param format of its files
 * @param mapping how columns and fields belong together
 * @param revision 1 when created, one more with every change
 * @param contentHash SHA-256 over dataset, format and mapping: the same content has the same hash
 * @param createdBy who made it
 * @param createdAt when
 * @param updatedAt when it was last changed
 */
public record Pipeline(
        String id,
        String code,
        String name,
        String dataset,
        FileFormat format,
        MappingDefinition mapping,
        long revision,
        String contentHash,
        String createdBy,
        Instant createdAt,
        Instant updatedAt) {

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
