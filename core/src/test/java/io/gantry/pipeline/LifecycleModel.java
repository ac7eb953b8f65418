// SPDX-License-Identifier: Apache-2.0
package io.gantry.pipeline;

import io.gantry.Permission;
import io.gantry.Principal;
import io.gantry.settings.TenantSettings.Duties;
import io.gantry.settings.TenantSettings.SelfService;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is to come of each call about a pipeline, written down once more and as plainly as it can be. */
final class LifecycleModel {

    final Map<String, Modelled> pipelines = new TreeMap<>();
    SelfService selfService = SelfService.ALLOWED;
    Duties duties = Duties.SEPARATED;

    /**
     * What comes of a call.
     *
     * @param refusal the code with which it fails; null when it does not
     * @param event what is audited; null when nothing is
     */
    record Answer(@Nullable String refusal, @Nullable String event) {

        private static Answer refused(String code) {
            return new Answer(code, null);
        }

        private static Answer done(String event) {
            return new Answer(null, event);
        }
    }

    /** A version. */
    static final class Draft {
        PipelineStatus status = PipelineStatus.DRAFT;
        int content;
        String editedBy;
        String requestedBy = "";

        Draft(int content, String editedBy) {
            this.content = content;
            this.editedBy = editedBy;
        }
    }

    /** A pipeline. */
    static final class Modelled {
        Draft current;

        @Nullable
        Draft draft;

        Modelled(Draft current) {
            this.current = current;
        }

        Draft newest() {
            return draft == null ? current : draft;
        }
    }

    Answer create(Principal by, String code, int content) {
        if (!by.may(Permission.PIPELINES_EDIT)) {
            return Answer.refused("PERMISSION_DENIED");
        }
        if (pipelines.containsKey(code)) {
            return Answer.refused("PIPELINE_EXISTS");
        }
        pipelines.put(code, new Modelled(new Draft(content, by.name())));
        return Answer.done("PIPELINE_CREATE");
    }

    Answer change(Principal by, String code, int content) {
        if (!by.may(Permission.PIPELINES_EDIT)) {
            return Answer.refused("PERMISSION_DENIED");
        }
        Modelled pipeline = pipelines.get(code);
        if (pipeline == null) {
            return Answer.refused("PIPELINE_NOT_FOUND");
        }
        if (pipeline.current.status == PipelineStatus.ARCHIVED) {
            return Answer.refused("ILLEGAL_STATE");
        }
        if (pipeline.newest().content == content) {
            return new Answer(null, null);
        }
        Draft next = new Draft(content, by.name());
        if (pipeline.current.status.isLive()) {
            pipeline.draft = next;
        } else {
            pipeline.current = next;
        }
        return Answer.done("PIPELINE_CHANGE");
    }

    Answer activate(Principal by, String code) {
        if (!by.may(Permission.PIPELINES_EDIT) && !by.may(Permission.PIPELINES_ADMIN)) {
            return Answer.refused("PERMISSION_DENIED");
        }
        Modelled pipeline = pipelines.get(code);
        if (pipeline == null) {
            return Answer.refused("PIPELINE_NOT_FOUND");
        }
        Lifecycle move = switch (pipeline.newest().status) {
            case DRAFT -> Lifecycle.SELF_ACTIVATE;
            case RESTRICTED, SUSPENDED, DEPRECATED -> Lifecycle.RESUME;
            default -> Lifecycle.ACTIVATE;
        };
        return move(by, code, move, true);
    }

    Answer move(Principal by, String code, Lifecycle move, boolean reason) {
        if (!by.may(move.permission())) {
            return Answer.refused("PERMISSION_DENIED");
        }
        if (!reason && move.words() == Lifecycle.Words.REASON) {
            return Answer.refused("INVALID_DEFINITION");
        }
        Modelled pipeline = pipelines.get(code);
        if (pipeline == null) {
            return Answer.refused("PIPELINE_NOT_FOUND");
        }
        boolean ofLive = switch (move) {
            case RESUME, RESTRICT, SUSPEND, DEPRECATE, ARCHIVE -> true;
            default -> false;
        };
        Draft version = ofLive ? pipeline.current : pipeline.newest();
        String refusal = refusal(by, pipeline, version, move);
        if (refusal != null) {
            return Answer.refused(refusal);
        }
        version.status = move.to();
        if (move == Lifecycle.REQUEST_REVIEW) {
            version.requestedBy = by.name();
        }
        if (move.to() == PipelineStatus.ACTIVE || move == Lifecycle.ARCHIVE) {
            if (!ofLive || move == Lifecycle.ARCHIVE) {
                pipeline.current = version;
                pipeline.draft = null;
            }
        }
        return Answer.done("PIPELINE_" + move);
    }

    private @Nullable String refusal(Principal by, Modelled pipeline, Draft version, Lifecycle move) {
        boolean own = version.editedBy.equals(by.name());
        if (move == Lifecycle.APPROVE
                && version.status == PipelineStatus.REVIEWED
                && duties == Duties.SEPARATED
                && (own || version.requestedBy.equals(by.name()))) {
            return "PERMISSION_DENIED";
        }
        if (!move.from().contains(version.status)) {
            return "ILLEGAL_STATE";
        }
        if (move == Lifecycle.SELF_ACTIVATE && selfService == SelfService.FORBIDDEN) {
            return "ILLEGAL_STATE";
        }
        if (move == Lifecycle.SELF_ACTIVATE && !own) {
            return "PERMISSION_DENIED";
        }
        boolean activates = move == Lifecycle.ACTIVATE || move == Lifecycle.SELF_ACTIVATE;
        boolean ordered = pipeline.current.status == PipelineStatus.SUSPENDED
                || pipeline.current.status == PipelineStatus.RESTRICTED;
        return activates && ordered && !by.may(Permission.PIPELINES_ADMIN) ? "PERMISSION_DENIED" : null;
    }

    Answer submit(Principal by, String code) {
        if (!by.may(Permission.IMPORTS_RUN)) {
            return Answer.refused("PERMISSION_DENIED");
        }
        Modelled pipeline = pipelines.get(code);
        if (pipeline == null) {
            return Answer.refused("PIPELINE_NOT_FOUND");
        }
        boolean runs = switch (pipeline.current.status) {
            case ACTIVE, DEPRECATED -> true;
            case RESTRICTED -> by.may(Permission.PIPELINES_ADMIN);
            default -> false;
        };
        return runs ? Answer.done("RUN_SUBMIT") : Answer.refused("PIPELINE_NOT_RUNNABLE");
    }

    Answer preview(Principal by, String code) {
        if (!by.may(Permission.IMPORTS_RUN)) {
            return Answer.refused("PERMISSION_DENIED");
        }
        Modelled pipeline = pipelines.get(code);
        if (pipeline == null) {
            return Answer.refused("PIPELINE_NOT_FOUND");
        }
        return pipeline.current.status == PipelineStatus.ARCHIVED
                ? Answer.refused("PIPELINE_NOT_RUNNABLE")
                : Answer.done("RUN_SUBMIT");
    }

    Answer settings(Principal by, SelfService selfService, Duties duties) {
        if (!by.may(Permission.SETTINGS_CHANGE)) {
            return Answer.refused("PERMISSION_DENIED");
        }
        boolean differs = this.selfService != selfService || this.duties != duties;
        this.selfService = selfService;
        this.duties = duties;
        return new Answer(null, differs ? "SETTINGS_CHANGE" : null);
    }
}
