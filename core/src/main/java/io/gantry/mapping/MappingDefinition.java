// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping;

import io.gantry.GantryException;

/** What a pipeline does with columns and fields: the part of its definition that people review. */
public sealed interface MappingDefinition permits ImportMapping, ExportMapping {

    /**
     * The definition as JSON, in one canonical form: the same definition gives the same text.
     *
     * @return what {@link #importFromJson} or {@link #exportFromJson} reads
     */
    String toJson();

    /**
     * Reads the mapping of an import.
     *
     * @param json an object as {@code import-mapping.schema.json} describes it
     * @return the mapping
     * @throws GantryException {@code INVALID_DEFINITION} with every fault of the text
     */
    static ImportMapping importFromJson(String json) {
        return ImportMappingJson.read(JsonFaults.parse(json));
    }

    /**
     * Reads the mapping of an export.
     *
     * @param json an object as {@code export-mapping.schema.json} describes it
     * @return the mapping
     * @throws GantryException {@code INVALID_DEFINITION} with every fault of the text
     */
    static ExportMapping exportFromJson(String json) {
        return ExportMappingJson.read(JsonFaults.parse(json));
    }
}
