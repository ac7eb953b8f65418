// SPDX-License-Identifier: Apache-2.0
package io.gantry.pipeline;

import io.gantry.GantryException;
import io.gantry.mapping.MappingDefinition;
import java.util.List;
import java.util.Optional;

/** The pipelines of one tenant. Reached by {@code workspace.pipelines()}; safe for use by several threads. */
public interface Pipelines {

    /**
     * Makes a pipeline.
     *
     * @param pipeline what it shall be
     * @return the pipeline
     * @throws GantryException {@code INVALID_DEFINITION} with everything that is wrong with it; {@code PIPELINE_EXISTS} when
     *     its code is taken
     */
    Pipeline create(NewPipeline pipeline);

    /**
     * Gives a pipeline another mapping.
     *
     * @param codeOrId which pipeline
     * @param mapping of the same direction
     * @return the pipeline as it is now
     * @throws GantryException {@code PIPELINE_NOT_FOUND}; {@code INVALID_DEFINITION}; {@code REVISION_CONFLICT} when someone
     *     else changed it at the same time
     */
    Pipeline changeMapping(String codeOrId, MappingDefinition mapping);

    /**
     * Finds a pipeline.
     *
     * @param codeOrId its code or its id
     * @return the pipeline, when this tenant has it
     */
    Optional<Pipeline> find(String codeOrId);

    /**
     * Gets a pipeline.
     *
     * @param codeOrId its code or its id
     * @return the pipeline
     * @throws GantryException {@code PIPELINE_NOT_FOUND} when this tenant has none
     */
    Pipeline get(String codeOrId);

    /**
     * All pipelines, in order of their codes.
     *
     * @return unmodifiable
     */
    List<Pipeline> list();
}
