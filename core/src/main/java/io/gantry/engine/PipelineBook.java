// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.Permission;
import io.gantry.Principal;
import io.gantry.Reason;
import io.gantry.check.BeanRules;
import io.gantry.check.Faults;
import io.gantry.mapping.MappingDefinition;
import io.gantry.pipeline.Definition;
import io.gantry.pipeline.Direction;
import io.gantry.pipeline.Impact;
import io.gantry.pipeline.Lifecycle;
import io.gantry.pipeline.NewPipeline;
import io.gantry.pipeline.Pipeline;
import io.gantry.pipeline.PipelineChange;
import io.gantry.pipeline.PipelineStatus;
import io.gantry.pipeline.PipelineVersion;
import io.gantry.pipeline.Pipelines;
import io.gantry.pipeline.VersionDiff;
import io.gantry.settings.TenantSettings.SelfService;
import io.gantry.spi.document.DocumentQuery.Operator;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pipelines of a tenant as a principal may see and change them. */
final class PipelineBook implements Pipelines {

    private static final List<String> USED = Arrays.stream(PipelineStatus.values())
            .filter(status -> status != PipelineStatus.ARCHIVED)
            .map(Enum::name)
            .toList();

    private final Engine engine;
    private final Principal principal;
    private final PipelineDocuments pipelines;

    PipelineBook(Engine engine, Principal principal) {
        this.engine = engine;
        this.principal = principal;
        this.pipelines = new PipelineDocuments(engine.documents(), principal.tenant());
    }

    @Override
    public Pipeline create(NewPipeline command) {
        return create(command, false);
    }

    @Override
    public Pipeline createActive(NewPipeline command) {
        return create(command, true);
    }

    /** Makes a pipeline; makes it and puts it into use in one commit, so that no draft is left of half of that. */
    private Pipeline create(NewPipeline command, boolean active) {
        principal.require(Permission.PIPELINES_EDIT);
        Faults faults = new Faults("Pipeline '" + command.code() + "'");
        BeanRules.check(command, faults);
        faults.throwIfAny();
        new DefinitionCheck(engine, principal.tenant(), faults).check(command.definition());
        faults.throwIfAny();
        Instant now = engine.clock().instant();
        Definition definition = command.definition();
        PipelineVersion first = PipelineJson.draft(
                command.code(), Semver.FIRST.toString(), definition, principal.name(), now, List.of());
        Pipeline pipeline = new Pipeline(
                engine.ids().get(),
                command.code(),
                command.name(),
                definition.direction(),
                first,
                null,
                0,
                principal.name(),
                now,
                now);
        return engine.journal().commit(principal.tenant(), draft -> {
            if (pipelines.isTaken(command.code())) {
                throw new GantryException(
                        ErrorCode.PIPELINE_EXISTS, "There is a pipeline with code '" + command.code() + "' already");
            }
            draft.insert(pipelines.claim(pipeline));
            PipelineMoves moves = new PipelineMoves(engine, principal, pipelines, draft);
            boolean allowed = SettingsBook.of(engine, principal.tenant()).selfService() == SelfService.ALLOWED;
            return moves.create(pipeline, active && allowed);
        });
    }

    @Override
    public Pipeline change(String codeOrId, PipelineChange change) {
        principal.require(Permission.PIPELINES_EDIT);
        return engine.journal().commit(principal.tenant(), draft -> {
            Pipeline before = pipelines.get(codeOrId);
            if (before.status() == PipelineStatus.ARCHIVED) {
                throw new GantryException(
                        ErrorCode.ILLEGAL_STATE, "Pipeline '" + before.code() + "' is ARCHIVED; it can only be read");
            }
            check(before, change);
            PipelineMoves moves = new PipelineMoves(engine, principal, pipelines, draft);
            return moves.change(before, change);
        });
    }

    /** Whether the change makes sense. */
    private void check(Pipeline before, PipelineChange change) {
        Faults faults = new Faults("Pipeline '" + before.code() + "'");
        BeanRules.check(change, faults);
        Definition newest = before.newest().definition();
        MappingDefinition mapping = change.mapping();
        if (mapping != null && mapping.getClass() != newest.mapping().getClass()) {
            faults.add("mapping", "is for the other direction; the pipeline is an " + before.direction());
        }
        if (change.format() != null && newest.format().isEmpty()) {
            faults.add(
                    "format", "The pipeline has no file: it moves rows from " + newest.from() + " to " + newest.to());
        }
        faults.throwIfAny();
        new DefinitionCheck(engine, principal.tenant(), faults).check(PipelineMoves.changed(newest, change));
        faults.throwIfAny();
    }

    @Override
    public Pipeline move(String codeOrId, Lifecycle move, @Nullable Reason reason) {
        principal.require(move.permission());
        Reasons.check(move, reason);
        return engine.journal()
                .commit(
                        principal.tenant(),
                        draft -> new PipelineMoves(engine, principal, pipelines, draft)
                                .move(pipelines.get(codeOrId), move, reason));
    }

    @Override
    public Pipeline activate(String codeOrId) {
        if (!principal.may(Permission.PIPELINES_ADMIN)) {
            principal.require(Permission.PIPELINES_EDIT); // before it is told whether the pipeline is there
        }
        return engine.journal().commit(principal.tenant(), draft -> {
            Pipeline before = pipelines.get(codeOrId);
            PipelineStatus newest = before.newest().status();
            Lifecycle move = newest == PipelineStatus.DRAFT
                    ? Lifecycle.SELF_ACTIVATE
                    : Lifecycle.RESUME.from().contains(newest) ? Lifecycle.RESUME : Lifecycle.ACTIVATE;
            principal.require(move.permission());
            return new PipelineMoves(engine, principal, pipelines, draft).move(before, move, null);
        });
    }

    @Override
    public Optional<Pipeline> find(String codeOrId) {
        principal.require(Permission.PIPELINES_VIEW);
        return pipelines.find(codeOrId);
    }

    @Override
    public Pipeline get(String codeOrId) {
        principal.require(Permission.PIPELINES_VIEW);
        return pipelines.get(codeOrId);
    }

    @Override
    public List<Pipeline> list() {
        return list(null, null);
    }

    @Override
    public List<Pipeline> list(@Nullable Direction direction, @Nullable PipelineStatus status) {
        principal.require(Permission.PIPELINES_VIEW);
        return pipelines.list(query -> {
            var narrowed = direction == null ? query : query.where("direction", Operator.EQUAL, direction.name());
            return status == null
                    ? narrowed.where("status", Operator.IN, USED)
                    : narrowed.where("status", Operator.EQUAL, status.name());
        });
    }

    @Override
    public List<PipelineVersion> versions(String codeOrId) {
        return pipelines.versions(get(codeOrId));
    }

    @Override
    public PipelineVersion version(String codeOrId, String version) {
        return pipelines.version(get(codeOrId), version);
    }

    @Override
    public VersionDiff diff(String codeOrId, String from, String to) {
        Pipeline pipeline = get(codeOrId);
        return VersionDiffs.of(pipelines.version(pipeline, from), pipelines.version(pipeline, to));
    }

    @Override
    public Impact replay(String codeOrId, int files) {
        return new Replays(engine, principal).replay(get(codeOrId), files);
    }
}
