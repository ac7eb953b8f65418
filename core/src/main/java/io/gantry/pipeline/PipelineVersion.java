// SPDX-License-Identifier: Apache-2.0
package io.gantry.pipeline;

import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.MappingDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a pipeline does, in one of its versions. Runs name the version that they carried out.
 *
 * @param code of the pipeline
 * @param version three numbers with points: the first grows with a change that files or users of the dataset notice, the
 *     second with an addition, the third with all else
 * @param status where it stands
 * @param definition what it does
 * @param content the definition as the canonical JSON that was reviewed and approved; it is kept as it was written, so that a
 *     later release, which may write more defaults, invalidates no approval
 * @param contentHash SHA-256 of the content
 * @param editedBy who wrote the content last
 * @param editedAt when
 * @param history the moves it made, the oldest first
 */
public record PipelineVersion(
        String code,
        String version,
        PipelineStatus status,
        Definition definition,
        String content,
        String contentHash,
        String editedBy,
        Instant editedAt,
        List<Step> history) {

    public PipelineVersion {
        history = List.copyOf(history);
    }

    /**
     * Where its rows come from.
     *
     * @return the endpoint that is read
     */
    public Endpoint from() {
        return definition.from();
    }

    /**
     * Where its rows go.
     *
     * @return the endpoint that is loaded or written
     */
    public Endpoint to() {
        return definition.to();
    }

    /**
     * How columns and fields belong together.
     *
     * @return of the definition
     */
    public MappingDefinition mapping() {
        return definition.mapping();
    }

    /**
     * The mapping of a pipeline whose rows go to a dataset: to patch it, for example.
     *
     * @return how the dataset is loaded
     * @throws IllegalStateException when the rows go to a file
     */
    public ImportMapping importMapping() {
        if (mapping() instanceof ImportMapping mapping) {
            return mapping;
        }
        throw new IllegalStateException("Pipeline '" + code + "' writes a file; it has the mapping of an export");
    }

    /**
     * What a run can be given.
     *
     * @return of the definition
     */
    public List<Parameter> parameters() {
        return definition.parameters();
    }

    /**
     * Which way it moves rows.
     *
     * @return the definition's direction
     */
    public Direction direction() {
        return definition.direction();
    }

    /**
     * The same version after a move.
     *
     * @param to its status then
     * @param step what is added to its history
     * @return a copy
     */
    public PipelineVersion moved(PipelineStatus to, Step step) {
        List<Step> steps = new ArrayList<>(history);
        steps.add(step);
        return new PipelineVersion(code, version, to, definition, content, contentHash, editedBy, editedAt, steps);
    }

    /**
     * The same version with a mapping whose parameters are filled in, for one run.
     *
     * @param mapping filled in
     * @return a copy; its content is still the one with parameters
     */
    public PipelineVersion filled(MappingDefinition mapping) {
        return new PipelineVersion(
                code,
                version,
                status,
                definition.withMapping(mapping),
                content,
                contentHash,
                editedBy,
                editedAt,
                history);
    }
}
