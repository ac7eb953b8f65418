// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.Page;
import io.gantry.Permission;
import io.gantry.Principal;
import io.gantry.pipeline.Direction;
import io.gantry.pipeline.Pipeline;
import io.gantry.pipeline.PipelineStatus;
import io.gantry.run.Plan;
import io.gantry.run.Run;
import io.gantry.run.RunMode;
import io.gantry.run.RunQuery;
import io.gantry.run.RunRequest;
import io.gantry.run.RunStatus;
import io.gantry.run.Runs;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentPage;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentQuery.Operator;
import io.gantry.spi.file.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runs of a tenant as a principal may see and submit them. */
final class RunBook implements Runs {

    private final Engine engine;
    private final RunWorker worker;
    private final Principal principal;
    private final Submission submission;

    RunBook(Engine engine, RunWorker worker, Principal principal) {
        this.engine = engine;
        this.worker = worker;
        this.principal = principal;
        this.submission = new Submission(engine, worker, principal);
    }

    /** A tenant's run, whoever asks. */
    static RunState state(Engine engine, String tenant, String run) {
        return find(engine, tenant, run).orElseThrow(() -> missing(run));
    }

    private static Optional<RunState> find(Engine engine, String tenant, String run) {
        return engine.documents().find(tenant, RunState.KIND.name(), run).map(RunState::of);
    }

    private static GantryException missing(String run) {
        return new GantryException(ErrorCode.RUN_NOT_FOUND, "There is no run with id '" + run + "'");
    }

    /** Fails when the status of a pipeline does not permit runs by hand, or, when archived, not even previews. */
    static void permitted(Pipeline pipeline, RunMode mode, boolean admin) {
        boolean permitted = mode == RunMode.PREVIEW
                ? pipeline.status() != PipelineStatus.ARCHIVED
                : pipeline.status().runsByHand(admin);
        if (!permitted) {
            throw new GantryException(
                    ErrorCode.PIPELINE_NOT_RUNNABLE,
                    "Pipeline '" + pipeline.code() + "' is " + pipeline.status() + "; "
                            + switch (pipeline.status()) {
                                case RESTRICTED ->
                                    "it takes the permission " + Permission.PIPELINES_ADMIN.text() + " to run it";
                                case SUSPENDED, ARCHIVED -> "it cannot be run";
                                default -> "it can be previewed, and run once it is active";
                            },
                    Map.of("state", pipeline.status().name()),
                    null);
        }
    }

    /** Whether the principal may see runs of a direction. */
    private boolean sees(boolean importing) {
        return principal.may(importing ? Permission.IMPORTS_VIEW : Permission.EXPORTS_VIEW);
    }

    private void requireSight(boolean importing) {
        principal.require(importing ? Permission.IMPORTS_VIEW : Permission.EXPORTS_VIEW);
    }

    @Override
    public Run submit(RunRequest request) {
        return view(submission.submit(request));
    }

    @Override
    public Run preview(RunRequest request) {
        return view(submission.preview(request));
    }

    @Override
    public Run apply(Plan plan) {
        return view(submission.apply(plan));
    }

    Run retry(RunState state) {
        return view(submission.retry(state));
    }

    private Run view(RunState state) {
        return new RunView(engine, worker, this, principal, state);
    }

    @Override
    public Optional<Run> find(String id) {
        if (!sees(true) && !sees(false)) {
            requireSight(true);
        }
        return find(engine, principal.tenant(), id)
                .filter(state -> sees(state.order().loads()))
                .map(this::view);
    }

    @Override
    public Run get(String id) {
        return find(id).orElseThrow(() -> missing(id));
    }

    @Override
    public Page<Run> list(RunQuery query) {
        if (!sees(true) && !sees(false)) {
            requireSight(true);
        }
        return page(Providers.call(() -> documents(query)), query.limit(), query.next());
    }

    private DocumentQuery documents(RunQuery query) {
        DocumentQuery found = DocumentQuery.of(principal.tenant(), RunState.KIND.name());
        if (!query.statuses().isEmpty()) {
            found = found.where(
                    "status",
                    Operator.IN,
                    query.statuses().stream().map(RunStatus::name).sorted().toList());
        }
        if (query.from() != null) {
            found = found.where("submitted_at", Operator.GREATER_OR_EQUAL, query.from());
        }
        if (query.until() != null) {
            found = found.where("submitted_at", Operator.LESS, query.until());
        }
        String code = query.pipeline();
        if (code == null) {
            return found.orderBy("submitted_at", true);
        }
        Pipeline pipeline = new PipelineDocuments(engine.documents(), principal.tenant()).get(code);
        requireSight(pipeline.direction() == Direction.IMPORT);
        return RunState.ofPipeline(found, pipeline.id(), query.from(), query.until());
    }

    private Page<Run> page(DocumentQuery query, int limit, @Nullable String next) {
        DocumentPage page = engine.documents().query(query.page(limit, next));
        List<Run> runs = new ArrayList<>();
        for (Document document : page.documents()) {
            RunState state = RunState.of(document);
            if (sees(state.order().loads())) {
                runs.add(view(state));
            }
        }
        return new Page<>(runs, page.cursor());
    }

    Optional<StoredFile> stored(@Nullable String ref) {
        try {
            return ref == null ? Optional.empty() : engine.files().find(principal.tenant(), ref);
        } catch (IOException e) {
            throw new GantryException(ErrorCode.STORAGE_FAILED, "A stored file could not be read", Map.of(), e);
        }
    }
}
