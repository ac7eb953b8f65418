// SPDX-License-Identifier: Apache-2.0
package io.gantry.pipeline;

import io.gantry.GantryException;
import io.gantry.Reason;
import io.gantry.mapping.MappingDefinition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pipelines of one tenant. Reached by {@code workspace.pipelines()}; safe for use by several threads.
 *
 * <p>Every call takes the permission that {@link Lifecycle} names for its move, {@code pipelines:edit} for creating and
 * changing, {@code pipelines:view} for all else, or fails with {@code PERMISSION_DENIED}. A pipeline that the tenant has not
 * is {@code PIPELINE_NOT_FOUND}.
 */
public interface Pipelines {

    /**
     * Makes a pipeline, whose first version is a draft.
     *
     * @param pipeline what it shall be
     * @return the pipeline
     * @throws GantryException {@code INVALID_DEFINITION} with everything that is wrong with it; {@code PIPELINE_EXISTS} when
     *     its code is taken
     */
    Pipeline create(NewPipeline pipeline);

    /**
     * Makes a pipeline and, where the tenant allows self-service, puts it into use at once. Elsewhere it stays a draft, and the
     * status of the answer says so.
     *
     * @param pipeline what it shall be
     * @return the pipeline
     * @throws GantryException as {@link #create}
     */
    Pipeline createActive(NewPipeline pipeline);

    /**
     * Changes a pipeline. A draft is changed as it is; one that waits for review or approval becomes a draft again. When the
     * newest version is approved or live, the change opens a new draft: an approved version that was not activated is then
     * archived, a live one goes on until the draft is activated.
     *
     * @param codeOrId which pipeline
     * @param change what shall be different
     * @return the pipeline as it is now
     * @throws GantryException {@code INVALID_DEFINITION}; {@code ILLEGAL_STATE} for an archived pipeline
     */
    Pipeline change(String codeOrId, PipelineChange change);

    /**
     * Gives a pipeline another mapping.
     *
     * @param codeOrId which pipeline
     * @param mapping of the same direction
     * @return the pipeline as it is now
     * @throws GantryException as {@link #change}
     */
    default Pipeline changeMapping(String codeOrId, MappingDefinition mapping) {
        return change(codeOrId, PipelineChange.NONE.mapping(mapping));
    }

    /**
     * Makes a move. Moves towards activation concern the newest version, all others the live one; archiving ends the whole
     * pipeline.
     *
     * @param codeOrId which pipeline
     * @param move which move
     * @param reason why, when the move takes a reason; notes, when it takes notes; else null
     * @return the pipeline as it is now
     * @throws GantryException {@code ILLEGAL_STATE} naming the state and the legal moves; {@code PERMISSION_DENIED}, also
     *     where duties are separated and the same person asked for the review; {@code APPROVAL_STALE} when the content is not
     *     what was approved
     */
    Pipeline move(String codeOrId, Lifecycle move, @Nullable Reason reason);

    /**
     * Asks for a review of the draft.
     *
     * @param codeOrId which pipeline
     * @param reason why it shall be activated
     * @return the pipeline as it is now
     */
    default Pipeline requestReview(String codeOrId, Reason reason) {
        return move(codeOrId, Lifecycle.REQUEST_REVIEW, reason);
    }

    /**
     * Says that the version was reviewed.
     *
     * @param codeOrId which pipeline
     * @param notes for the one who approves; may be empty
     * @return the pipeline as it is now
     */
    default Pipeline review(String codeOrId, String notes) {
        return move(codeOrId, Lifecycle.REVIEW, notes.isBlank() ? null : new Reason("REVIEWED", notes));
    }

    /**
     * Approves the version's content as it is now.
     *
     * @param codeOrId which pipeline
     * @param reason why
     * @return the pipeline as it is now
     */
    default Pipeline approve(String codeOrId, Reason reason) {
        return move(codeOrId, Lifecycle.APPROVE, reason);
    }

    /**
     * Gives the version back to its author.
     *
     * @param codeOrId which pipeline
     * @param reason why
     * @return the pipeline as it is now
     */
    default Pipeline sendBack(String codeOrId, Reason reason) {
        return move(codeOrId, Lifecycle.SEND_BACK, reason);
    }

    /**
     * Puts the newest version into use, in place of the live one, which is archived: an approved version, or, where the
     * tenant allows self-service, a draft by the one who wrote it. Where there is no version to be activated, a live one that
     * was restricted, suspended or deprecated is resumed.
     *
     * @param codeOrId which pipeline
     * @return the pipeline as it is now
     */
    Pipeline activate(String codeOrId);

    /**
     * Leaves the pipeline to admins.
     *
     * @param codeOrId which pipeline
     * @param reason why
     * @return the pipeline as it is now
     */
    default Pipeline restrict(String codeOrId, Reason reason) {
        return move(codeOrId, Lifecycle.RESTRICT, reason);
    }

    /**
     * Stops the pipeline's use for now.
     *
     * @param codeOrId which pipeline
     * @param reason why
     * @return the pipeline as it is now
     */
    default Pipeline suspend(String codeOrId, Reason reason) {
        return move(codeOrId, Lifecycle.SUSPEND, reason);
    }

    /**
     * Says that the pipeline shall not be used any more.
     *
     * @param codeOrId which pipeline
     * @param reason why
     * @return the pipeline as it is now
     */
    default Pipeline deprecate(String codeOrId, Reason reason) {
        return move(codeOrId, Lifecycle.DEPRECATE, reason);
    }

    /**
     * Ends the pipeline for good; its code stays taken.
     *
     * @param codeOrId which pipeline
     * @param reason why
     * @return the pipeline as it is now
     */
    default Pipeline archive(String codeOrId, Reason reason) {
        return move(codeOrId, Lifecycle.ARCHIVE, reason);
    }

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
     * All pipelines that are not archived, in order of their codes.
     *
     * @return unmodifiable
     */
    List<Pipeline> list();

    /**
     * The pipelines of a direction and status, in order of their codes.
     *
     * @param direction which way; null for both
     * @param status where they stand; null for all but the archived
     * @return unmodifiable
     */
    List<Pipeline> list(@Nullable Direction direction, @Nullable PipelineStatus status);

    /**
     * All versions of a pipeline.
     *
     * @param codeOrId which pipeline
     * @return the newest first
     */
    List<PipelineVersion> versions(String codeOrId);

    /**
     * One version of a pipeline.
     *
     * @param codeOrId which pipeline
     * @param version such as {@code 1.2.0}
     * @return the version
     * @throws GantryException {@code VERSION_NOT_FOUND} when the pipeline has none
     */
    PipelineVersion version(String codeOrId, String version);

    /**
     * How two versions differ.
     *
     * @param codeOrId which pipeline
     * @param from the older version
     * @param to the newer version
     * @return what a reviewer should look at
     * @throws GantryException {@code VERSION_NOT_FOUND}
     */
    VersionDiff diff(String codeOrId, String from, String to);

    /**
     * What the draft of an import would have done with the files that the live version loaded: both read the latest of them,
     * row by row.
     *
     * @param codeOrId which pipeline
     * @param files how many of the latest files at most, from 1 to 100
     * @return what would differ
     * @throws GantryException {@code ILLEGAL_STATE} when the pipeline is no import that has both a live version and a draft
     */
    Impact replay(String codeOrId, int files);
}
