// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.Principal;
import io.gantry.check.BeanRules;
import io.gantry.check.Faults;
import io.gantry.pipeline.Direction;
import io.gantry.pipeline.Pipeline;
import io.gantry.run.Plan;
import io.gantry.run.Run;
import io.gantry.run.RunMode;
import io.gantry.run.RunRequest;
import io.gantry.run.RunSettings;
import io.gantry.run.RunStatus;
import io.gantry.run.Runs;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.MarkedDataset;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentWrite;
import io.gantry.spi.file.FileContent;
import io.gantry.spi.file.FileStore.PendingFile;
import io.gantry.spi.file.StoredFile;
import io.gantry.spi.run.RunEngine;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runs of a tenant, kept as documents. */
public final class RunBook implements Runs {

    /** What the document store is told of runs. */
    public static final DocumentKind KIND = RunState.KIND;

    private final Engine engine;
    private final RunWorker worker;
    private final Principal principal;

    /**
     * Opens the book for a principal.
     *
     * @param engine what the engine is made of
     * @param worker carries out its runs
     * @param principal whose tenant's runs
     */
    public RunBook(Engine engine, RunWorker worker, Principal principal) {
        this.engine = engine;
        this.worker = worker;
        this.principal = principal;
    }

    @Override
    public Run submit(RunRequest request) {
        return submit(request, RunMode.LOAD);
    }

    @Override
    public Run preview(RunRequest request) {
        return submit(request, RunMode.PREVIEW);
    }

    private Run submit(RunRequest request, RunMode mode) {
        Faults faults = new Faults("The request");
        BeanRules.check(request, faults);
        faults.throwIfAny();
        Pipeline pipeline = new PipelineBook(engine, principal).get(request.pipeline());
        boolean importing = pipeline.direction() == Direction.IMPORT;
        boolean hasFile = request.fileRef() != null || request.content() != null;
        if (importing != hasFile) {
            faults.add("fileRef", importing ? "An import needs a file" : "An export reads no file");
        }
        if (!importing && mode == RunMode.PREVIEW) {
            faults.add("pipeline", "An export cannot be previewed");
        }
        faults.throwIfAny();
        if (request.correctionOf() != null) {
            checkCorrection(request.correctionOf(), pipeline);
        }
        String file = importing ? file(request) : null;
        return enqueue(pipeline, mode, file, request.correctionOf(), request.settings(), null);
    }

    private void checkCorrection(String id, Pipeline pipeline) {
        RunState corrected = worker.state(principal.tenant(), id);
        if (!corrected.order().pipelineId().equals(pipeline.id())) {
            throw new GantryException(
                    ErrorCode.CORRECTION_MISMATCH, "Run '" + id + "' is not of pipeline '" + pipeline.code() + "'");
        }
        if (corrected.status() != RunStatus.PARTIAL) {
            throw new GantryException(
                    ErrorCode.CORRECTION_MISMATCH,
                    "Run '" + id + "' is " + corrected.status() + "; only a run that is " + RunStatus.PARTIAL
                            + " has rows to mend. After a failed run, submit the whole file again");
        }
    }

    private String file(RunRequest request) {
        try {
            String ref = request.fileRef();
            FileContent content = request.content();
            if (content == null) {
                return engine.files()
                        .find(principal.tenant(), String.valueOf(ref))
                        .map(StoredFile::ref)
                        .orElseThrow(() -> new GantryException(
                                ErrorCode.FILE_NOT_FOUND, "There is no file with ref '" + ref + "'"));
            }
            try (InputStream in = content.open();
                    PendingFile pending = engine.files().create(principal.tenant(), content.name())) {
                in.transferTo(pending.out());
                return pending.commit().ref();
            }
        } catch (IOException e) {
            throw new GantryException(
                    ErrorCode.STORAGE_FAILED, "The file could not be read or stored: " + e.getMessage(), Map.of(), e);
        }
    }

    private Run enqueue(
            Pipeline pipeline,
            RunMode mode,
            @Nullable String file,
            @Nullable String correctionOf,
            RunSettings settings,
            @Nullable String expectedMark) {
        RunState state = RunState.queued(
                engine.ids().get(),
                new RunState.Order(
                        pipeline.id(),
                        pipeline.code(),
                        pipeline.contentHash(),
                        mode,
                        file,
                        correctionOf,
                        settings,
                        expectedMark,
                        principal.name(),
                        engine.clock().instant()));
        try {
            engine.documents().commit(List.of(new DocumentWrite.Insert(state.document(principal.tenant()))));
            engine.runs().submit(new RunEngine.Ticket(principal.tenant(), state.id()));
        } catch (ProviderException e) {
            throw GantryException.of(e);
        }
        return view(state);
    }

    @Override
    public Run apply(Plan plan) {
        Pipeline pipeline = new PipelineBook(engine, principal).get(plan.pipeline());
        if (!pipeline.contentHash().equals(plan.contentHash())) {
            throw new GantryException(
                    ErrorCode.PLAN_STALE,
                    "Pipeline '" + pipeline.code() + "' was changed since the plan was made; preview again");
        }
        StoredFile file = stored(plan.fileRef())
                .orElseThrow(() -> new GantryException(ErrorCode.PLAN_STALE, "The plan's file is gone"));
        if (!file.sha256().equals(plan.fileSha256())) {
            throw new GantryException(
                    ErrorCode.PLAN_STALE, "The file was changed since the plan was made; preview again");
        }
        if (engine.dataset(principal.tenant(), pipeline.dataset()) instanceof MarkedDataset marked
                && !marked.mark().equals(plan.datasetMark())) {
            throw new GantryException(
                    ErrorCode.PLAN_STALE,
                    "Dataset '" + pipeline.dataset() + "' was changed since the plan was made; preview again");
        }
        RunState.Order order = worker.state(principal.tenant(), plan.preview()).order();
        return enqueue(pipeline, RunMode.LOAD, file.ref(), order.correctionOf(), order.settings(), plan.datasetMark());
    }

    Optional<StoredFile> stored(@Nullable String ref) {
        try {
            return ref == null ? Optional.empty() : engine.files().find(principal.tenant(), ref);
        } catch (IOException e) {
            throw new GantryException(ErrorCode.STORAGE_FAILED, "A stored file could not be read", Map.of(), e);
        }
    }

    Run view(RunState state) {
        return new RunView(engine, worker, this, principal, state);
    }

    @Override
    public Optional<Run> find(String id) {
        return engine.documents()
                .find(principal.tenant(), RunState.KIND.name(), id)
                .map(RunState::of)
                .map(this::view);
    }

    @Override
    public Run get(String id) {
        return view(worker.state(principal.tenant(), id));
    }

    @Override
    public List<Run> list(String pipeline, int limit) {
        String id = new PipelineBook(engine, principal).get(pipeline).id();
        return engine
                .documents()
                .query(DocumentQuery.of(principal.tenant(), RunState.KIND.name())
                        .where("pipeline", DocumentQuery.Operator.EQUAL, id)
                        .orderBy("submitted_at", true)
                        .page(limit, null))
                .documents()
                .stream()
                .map(RunState::of)
                .map(this::view)
                .toList();
    }
}
