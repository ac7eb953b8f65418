// SPDX-License-Identifier: Apache-2.0
package io.gantry.pipeline;

import static io.gantry.pipeline.PipelineStatus.ACTIVE;
import static io.gantry.pipeline.PipelineStatus.APPROVED;
import static io.gantry.pipeline.PipelineStatus.ARCHIVED;
import static io.gantry.pipeline.PipelineStatus.DEPRECATED;
import static io.gantry.pipeline.PipelineStatus.DRAFT;
import static io.gantry.pipeline.PipelineStatus.REQUESTED;
import static io.gantry.pipeline.PipelineStatus.RESTRICTED;
import static io.gantry.pipeline.PipelineStatus.REVIEWED;
import static io.gantry.pipeline.PipelineStatus.SUSPENDED;

import io.gantry.Permission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The moves of a version of a pipeline: from where to where, who may make them, and whether they take a reason. This table is
 * the only place that knows which moves are legal.
 */
public enum Lifecycle {
    /** Asks for a review. */
    REQUEST_REVIEW(REQUESTED, Permission.PIPELINES_EDIT, Words.REASON, DRAFT),
    /** Says that it was reviewed. */
    REVIEW(REVIEWED, Permission.PIPELINES_REVIEW, Words.NOTES, REQUESTED),
    /** Approves its content as it is. */
    APPROVE(APPROVED, Permission.PIPELINES_APPROVE, Words.REASON, REVIEWED),
    /** Gives it back to its author. */
    SEND_BACK(DRAFT, Permission.PIPELINES_REVIEW, Words.REASON, REQUESTED, REVIEWED, APPROVED),
    /** Takes it back to change it. */
    WITHDRAW(DRAFT, Permission.PIPELINES_EDIT, Words.NONE, REQUESTED, REVIEWED, APPROVED),
    /** Puts what was approved into use. */
    ACTIVATE(ACTIVE, Permission.PIPELINES_EDIT, Words.NONE, APPROVED),
    /** Puts its author's own draft into use at once, where the tenant allows self-service. */
    SELF_ACTIVATE(ACTIVE, Permission.PIPELINES_EDIT, Words.NONE, DRAFT),
    /** Puts it into use again without restriction. */
    RESUME(ACTIVE, Permission.PIPELINES_ADMIN, Words.NONE, RESTRICTED, SUSPENDED, DEPRECATED),
    /** Leaves it to admins. */
    RESTRICT(RESTRICTED, Permission.PIPELINES_ADMIN, Words.REASON, ACTIVE, SUSPENDED, DEPRECATED),
    /** Stops its use for now. */
    SUSPEND(SUSPENDED, Permission.PIPELINES_ADMIN, Words.REASON, ACTIVE, RESTRICTED, DEPRECATED),
    /** Says that it shall not be used any more. */
    DEPRECATE(DEPRECATED, Permission.PIPELINES_ADMIN, Words.REASON, ACTIVE, RESTRICTED, SUSPENDED),
    /** Ends its use for good. */
    ARCHIVE(
            ARCHIVED,
            Permission.PIPELINES_ADMIN,
            Words.REASON,
            DRAFT,
            REQUESTED,
            REVIEWED,
            APPROVED,
            ACTIVE,
            RESTRICTED,
            SUSPENDED,
            DEPRECATED);

    /** What a move takes beside the permission. */
    public enum Words {
        /** Nothing. */
        NONE,
        /** Notes, or nothing. */
        NOTES,
        /** A reason. */
        REASON
    }

    private final PipelineStatus to;
    private final Permission permission;
    private final Words words;
    private final Set<PipelineStatus> from;

    Lifecycle(PipelineStatus to, Permission permission, Words words, PipelineStatus... from) {
        this.to = to;
        this.permission = permission;
        this.words = words;
        this.from = Set.copyOf(EnumSet.copyOf(List.of(from)));
    }

    /**
     * Where it leads.
     *
     * @return the status after
     */
    public PipelineStatus to() {
        return to;
    }

    /**
     * From where it leads.
     *
     * @return the statuses in which it is legal
     */
    public Set<PipelineStatus> from() {
        return from;
    }

    /**
     * Who may make it.
     *
     * @return the permission it takes
     */
    public Permission permission() {
        return permission;
    }

    /**
     * What it takes beside the permission.
     *
     * @return whether a reason or notes
     */
    public Words words() {
        return words;
    }

    /**
     * The moves that are legal in a status.
     *
     * @param status where a version stands
     * @return in order
     */
    public static List<Lifecycle> legal(PipelineStatus status) {
        return Arrays.stream(values())
                .filter(move -> move.from.contains(status))
                .toList();
    }
}
