// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.Permission;
import io.gantry.Principal;
import io.gantry.Reason;
import io.gantry.pipeline.Definition;
import io.gantry.pipeline.Lifecycle;
import io.gantry.pipeline.Pipeline;
import io.gantry.pipeline.PipelineChange;
import io.gantry.pipeline.PipelineStatus;
import io.gantry.pipeline.PipelineVersion;
import io.gantry.pipeline.Step;
import io.gantry.pipeline.VersionDiff;
import io.gantry.settings.TenantSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Changes and moves pipelines within one decision. */
final class PipelineMoves {

    private static final Reason REPLACED = Reason.of("REPLACED");

    private final Engine engine;
    private final Principal principal;
    private final PipelineDocuments pipelines;
    private final Journal.Draft draft;
    private final Instant now;

    PipelineMoves(Engine engine, Principal principal, PipelineDocuments pipelines, Journal.Draft draft) {
        this.engine = engine;
        this.principal = principal;
        this.pipelines = pipelines;
        this.draft = draft;
        this.now = engine.clock().instant();
    }

    /**
     * Makes a pipeline.
     *
     * @param pipeline what it is to be, with revision 0
     * @param active whether it is put into use with that
     */
    Pipeline create(Pipeline pipeline, boolean active) {
        draft.note(
                principal.name(),
                "PIPELINE_CREATE",
                "pipeline:" + pipeline.id(),
                null,
                null,
                PipelineJson.write(pipeline).toString());
        if (active) {
            return activate(pipeline, Lifecycle.SELF_ACTIVATE);
        }
        Pipeline created = revised(pipeline, pipeline.name(), pipeline.current(), null);
        draft.put(pipelines.document(created));
        return created;
    }

    /** Makes a change that was found to make sense. */
    Pipeline change(Pipeline before, PipelineChange change) {
        PipelineVersion old = before.newest();
        Definition definition = changed(old.definition(), change);
        String name = Objects.requireNonNullElse(change.name(), before.name());
        if (definition.equals(old.definition())) {
            return name.equals(before.name())
                    ? before
                    : saved(before, name, before.current(), before.draft(), "PIPELINE_RENAME", null);
        }
        boolean opens = old.status().isLive() || old.status() == PipelineStatus.APPROVED;
        List<Step> history = new ArrayList<>(opens ? List.of() : old.history());
        if (!opens && old.status() != PipelineStatus.DRAFT) {
            history.add(new Step(Lifecycle.WITHDRAW, principal.name(), now, null, old.contentHash()));
        }
        PipelineVersion next =
                PipelineJson.draft(old.code(), number(before, definition), definition, principal.name(), now, history);
        if (old.status() == PipelineStatus.APPROVED) {
            // it was approved as it was, and nobody approved what it is now
            draft.insert(pipelines.replaced(before, moved(old, Lifecycle.ARCHIVE, PipelineStatus.ARCHIVED, REPLACED)));
        }
        boolean first = !before.current().status().isLive();
        return saved(before, name, first ? next : before.current(), first ? null : next, "PIPELINE_CHANGE", null);
    }

    /** A definition after a change. */
    static Definition changed(Definition definition, PipelineChange change) {
        Definition changed = definition;
        if (change.format() != null) {
            changed = changed.withFormat(change.format());
        }
        if (change.mapping() != null) {
            changed = changed.withMapping(change.mapping());
        }
        return change.parameters() == null ? changed : changed.withParameters(change.parameters());
    }

    /** The number of a draft: it tells how much the draft differs from what it is to replace, and was never used before. */
    private String number(Pipeline before, Definition edited) {
        PipelineVersion old = before.newest();
        boolean live = before.current().status().isLive();
        if (!live && old.status() != PipelineStatus.APPROVED) {
            return old.version();
        }
        PipelineVersion base = live ? before.current() : old;
        Semver wanted = Semver.of(base.version()).next(VersionDiffs.weight(base.definition(), edited));
        Semver used = pipelines.versions(before).stream()
                .filter(version -> !version.status().isOpen() || version.status() == PipelineStatus.APPROVED)
                .map(version -> Semver.of(version.version()))
                .max(Semver::compareTo)
                .orElse(Semver.FIRST);
        return (wanted.compareTo(used) > 0 ? wanted : used.next(VersionDiff.Weight.DETAIL)).toString();
    }

    /** Makes a move, whose permission the principal was found to have. */
    Pipeline move(Pipeline before, Lifecycle move, @Nullable Reason reason) {
        return switch (move) {
            case ARCHIVE -> archive(before, reason);
            case ACTIVATE, SELF_ACTIVATE -> activate(before, move);
            case RESUME, RESTRICT, SUSPEND, DEPRECATE -> {
                PipelineVersion next = legal(before.current(), move, reason);
                yield saved(before, before.name(), next, before.draft(), action(move), reason);
            }
            case REQUEST_REVIEW, REVIEW, APPROVE, SEND_BACK, WITHDRAW -> {
                if (move == Lifecycle.APPROVE) {
                    separated(before.newest());
                }
                PipelineVersion next = legal(before.newest(), move, reason);
                yield before.draft() == null
                        ? saved(before, before.name(), next, null, action(move), reason)
                        : saved(before, before.name(), before.current(), next, action(move), reason);
            }
        };
    }

    private static String action(Lifecycle move) {
        return "PIPELINE_" + move.name();
    }

    /** Who wrote the content, or asked for its review, may not approve it, unless the tenant allows that. */
    private void separated(PipelineVersion version) {
        if (!version.status().equals(PipelineStatus.REVIEWED)
                || SettingsBook.of(engine, principal.tenant()).duties() == TenantSettings.Duties.COMBINED) {
            return;
        }
        boolean wrote = version.editedBy().equals(principal.name());
        if (wrote || last(version, Lifecycle.REQUEST_REVIEW).by().equals(principal.name())) {
            throw new GantryException(
                    ErrorCode.PERMISSION_DENIED,
                    "Version " + version.version() + " of pipeline '" + version.code() + "' was "
                            + (wrote ? "written" : "requested") + " by '" + principal.name()
                            + "'; someone else must approve it",
                    Map.of("rule", "SEPARATION_OF_DUTIES"),
                    null);
        }
    }

    private static Step last(PipelineVersion version, Lifecycle move) {
        for (int i = version.history().size() - 1; i >= 0; i--) {
            if (version.history().get(i).move() == move) {
                return version.history().get(i);
            }
        }
        throw new IllegalStateException("Version " + version.version() + " of '" + version.code() + "' is "
                + version.status() + " without " + move);
    }

    private Pipeline activate(Pipeline before, Lifecycle move) {
        PipelineVersion version = before.newest();
        PipelineVersion next = legal(version, move, null);
        if (move == Lifecycle.SELF_ACTIVATE) {
            selfService(version);
        } else {
            asApproved(version);
        }
        if (before.draft() != null) {
            PipelineStatus replaced = before.status();
            if (replaced == PipelineStatus.SUSPENDED || replaced == PipelineStatus.RESTRICTED) {
                // else a new version would lift what an admin has ordered
                principal.require(Permission.PIPELINES_ADMIN);
            }
            draft.insert(pipelines.replaced(
                    before, moved(before.current(), Lifecycle.ARCHIVE, PipelineStatus.ARCHIVED, REPLACED)));
        }
        return saved(before, before.name(), next, null, action(move), null);
    }

    private void selfService(PipelineVersion version) {
        if (SettingsBook.of(engine, principal.tenant()).selfService() != TenantSettings.SelfService.ALLOWED) {
            throw new GantryException(
                    ErrorCode.ILLEGAL_STATE,
                    "Version " + version.version() + " of pipeline '" + version.code()
                            + "' is DRAFT and must be reviewed and approved first; this tenant allows no self-service",
                    Map.of("state", version.status().name(), "allowed", "[REQUEST_REVIEW, ARCHIVE]"),
                    null);
        }
        if (!version.editedBy().equals(principal.name())) {
            throw new GantryException(
                    ErrorCode.PERMISSION_DENIED,
                    "Version " + version.version() + " of pipeline '" + version.code() + "' was written by '"
                            + version.editedBy() + "', who alone may activate it without a review",
                    Map.of("rule", "SELF_SERVICE"),
                    null);
        }
    }

    /** Whether the content is, byte for byte, the one that was approved. */
    private static void asApproved(PipelineVersion version) {
        if (!PipelineJson.hash(version.content())
                .equals(last(version, Lifecycle.APPROVE).contentHash())) {
            throw new GantryException(
                    ErrorCode.APPROVAL_STALE,
                    "The content of version " + version.version() + " of pipeline '" + version.code()
                            + "' is not what was approved; send it back, and have it reviewed and approved again");
        }
    }

    private Pipeline archive(Pipeline before, @Nullable Reason reason) {
        PipelineVersion current = legal(before.current(), Lifecycle.ARCHIVE, reason);
        PipelineVersion open = before.draft();
        if (open != null) {
            draft.insert(pipelines.replaced(before, moved(open, Lifecycle.ARCHIVE, PipelineStatus.ARCHIVED, reason)));
        }
        return saved(before, before.name(), current, null, action(Lifecycle.ARCHIVE), reason);
    }

    /** The version after a move, if it is legal. */
    private PipelineVersion legal(PipelineVersion version, Lifecycle move, @Nullable Reason reason) {
        if (!move.from().contains(version.status())) {
            List<Lifecycle> allowed = Lifecycle.legal(version.status());
            throw new GantryException(
                    ErrorCode.ILLEGAL_STATE,
                    "Version " + version.version() + " of pipeline '" + version.code() + "' is " + version.status()
                            + ", which does not allow " + move + "; it allows " + allowed,
                    Map.of("state", version.status().name(), "allowed", allowed.toString()),
                    null);
        }
        return moved(version, move, move.to(), reason);
    }

    private PipelineVersion moved(PipelineVersion version, Lifecycle move, PipelineStatus to, @Nullable Reason reason) {
        return version.moved(to, new Step(move, principal.name(), now, reason, PipelineJson.hash(version.content())));
    }

    private Pipeline saved(
            Pipeline before,
            String name,
            PipelineVersion current,
            @Nullable PipelineVersion open,
            String action,
            @Nullable Reason reason) {
        Pipeline after = revised(before, name, current, open);
        draft.put(pipelines.document(after))
                .note(
                        principal.name(),
                        action,
                        "pipeline:" + before.id(),
                        reason,
                        PipelineJson.write(before).toString(),
                        PipelineJson.write(after).toString());
        return after;
    }

    private Pipeline revised(Pipeline before, String name, PipelineVersion current, @Nullable PipelineVersion open) {
        return new Pipeline(
                before.id(),
                before.code(),
                name,
                before.direction(),
                current,
                open,
                before.revision() + 1,
                before.createdBy(),
                before.createdAt(),
                now);
    }
}
