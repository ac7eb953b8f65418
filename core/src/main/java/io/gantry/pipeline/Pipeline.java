// SPDX-License-Identifier: Apache-2.0
package io.gantry.pipeline;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline as it was when it was read.
 *
 * @param id given by the engine, unique
 * @param code by which people and programs call it; unique for its tenant
 * @param name for people
 * @param direction which way it moves rows
 * @param current the version that is live, or, when none is, the newest
 * @param draft the version that is to replace the live one, from its first change to its activation; null when there is none
 * @param revision 1 when created, one more with every change
 * @param createdBy who made it
 * @param createdAt when
 * @param updatedAt when it was last changed
 */
public record Pipeline(
        String id,
        String code,
        String name,
        Direction direction,
        PipelineVersion current,
        @Nullable PipelineVersion draft,
        long revision,
        String createdBy,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * Where it stands.
     *
     * @return the status of the current version
     */
    public PipelineStatus status() {
        return current.status();
    }

    /**
     * The version that people write, review and approve.
     *
     * @return the draft, or the current version when there is none
     */
    public PipelineVersion newest() {
        return draft == null ? current : draft;
    }
}
