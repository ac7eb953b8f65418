// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.Permission;
import io.gantry.Principal;
import io.gantry.check.BeanRules;
import io.gantry.check.Faults;
import io.gantry.engine.RunState.InputFile;
import io.gantry.pipeline.Definition;
import io.gantry.pipeline.Endpoint;
import io.gantry.pipeline.Pipeline;
import io.gantry.pipeline.PipelineStatus;
import io.gantry.pipeline.PipelineVersion;
import io.gantry.run.CrashPoint;
import io.gantry.run.Plan;
import io.gantry.run.RunMode;
import io.gantry.run.RunRequest;
import io.gantry.run.RunSettings;
import io.gantry.run.RunStatus;
import io.gantry.settings.TenantSettings;
import io.gantry.settings.TenantSettings.Overlap;
import io.gantry.settings.TenantSettings.SameFile;
import io.gantry.spi.FailureKind;
import io.gantry.spi.dataset.MarkedDataset;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentQuery.Operator;
import io.gantry.spi.file.StoredFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts runs into the queue for a principal, when nothing speaks against it. */
final class Submission {

    private final Engine engine;
    private final RunWorker worker;
    private final Principal principal;
    private final PipelineDocuments pipelines;
    private final RequestFiles files;

    Submission(Engine engine, RunWorker worker, Principal principal) {
        this.engine = engine;
        this.worker = worker;
        this.principal = principal;
        this.pipelines = new PipelineDocuments(engine.documents(), principal.tenant());
        this.files = new RequestFiles(engine, principal);
    }

    /** What is to be run, before it is known whether it may. */
    private record Wish(
            Pipeline pipeline,
            PipelineVersion version,
            RunMode mode,
            @Nullable InputFile file,
            @Nullable StoredFile upload,
            @Nullable String correctionOf,
            @Nullable String retryOf,
            Map<String, String> parameters,
            RunSettings settings,
            @Nullable String expectedMark,
            @Nullable RequestKey key,
            boolean force) {}

    RunState submit(RunRequest request) {
        return submit(request, RunMode.LOAD);
    }

    RunState preview(RunRequest request) {
        return submit(request, RunMode.PREVIEW);
    }

    private static boolean loads(Definition flow) {
        return flow.to() instanceof Endpoint.Dataset;
    }

    private static boolean readsFile(Definition flow) {
        return flow.from() instanceof Endpoint.File;
    }

    private void require(boolean loads) {
        principal.require(loads ? Permission.IMPORTS_RUN : Permission.EXPORTS_GENERATE);
    }

    private RunState submit(RunRequest request, RunMode mode) {
        Faults faults = new Faults("The request");
        BeanRules.check(request, faults);
        faults.throwIfAny();
        if (!principal.may(Permission.EXPORTS_GENERATE)) {
            require(true); // before it is told whether the pipeline is there
        }
        Pipeline pipeline = pipelines.get(request.pipeline());
        Definition flow = pipeline.current().definition();
        require(loads(flow));
        boolean hasFile = request.fileRef() != null || request.content() != null;
        if (readsFile(flow) != hasFile) {
            faults.add(
                    "fileRef",
                    hasFile
                            ? "The pipeline reads " + flow.from() + ", and no file"
                            : "The pipeline needs a file to read");
        }
        if (mode == RunMode.PREVIEW && !loads(flow)) {
            faults.add("pipeline", "A pipeline that writes a file cannot be previewed");
        }
        if (request.correctionOf() != null && !readsFile(flow)) {
            faults.add("correctionOf", "The pipeline reads " + flow.from() + "; mend the rows there, and run it again");
        }
        faults.throwIfAny();
        String key = request.idempotencyKey();
        if (key != null && RequestKey.isUsed(engine, principal.tenant(), key)) {
            return earlier(key, request, mode, pipeline);
        }
        String wanted = request.version();
        if (wanted != null
                && mode == RunMode.LOAD
                && !wanted.equals(pipeline.current().version())) {
            faults.add(
                    "version",
                    "Only the current version, " + pipeline.current().version()
                            + ", can be run; others can be previewed");
        }
        faults.throwIfAny();
        PipelineVersion version = wanted == null ? pipeline.current() : pipelines.version(pipeline, wanted);
        Map<String, String> parameters = RunParameters.values(version.parameters(), request.parameters(), faults);
        faults.throwIfAny();
        if (request.correctionOf() != null) {
            checkCorrection(request.correctionOf(), pipeline);
        }
        // before a file is stored for nothing
        RunBook.permitted(pipeline, mode, principal.may(Permission.PIPELINES_ADMIN));
        StoredFile file = hasFile ? files.of(request) : null;
        InputFile input = file == null ? null : new InputFile(file.ref(), file.sha256());
        boolean unused = false;
        try {
            RunState state = queue(new Wish(
                    pipeline,
                    version,
                    mode,
                    input,
                    request.content() == null ? null : file,
                    request.correctionOf(),
                    null,
                    parameters,
                    request.settings(),
                    null,
                    key == null ? null : RequestKey.of(key, pipeline.id(), mode, request, input),
                    request.force()));
            unused = !Objects.equals(state.order().file(), input);
            return state;
        } catch (GantryException e) {
            unused = e.kind() != FailureKind.UNKNOWN_OUTCOME; // else the run may be there
            throw e;
        } finally {
            if (unused) {
                files.discard(request, file);
            }
        }
    }

    /** The run that the same request gave before, whatever would speak against it now. */
    private RunState earlier(String key, RunRequest request, RunMode mode, Pipeline pipeline) {
        StoredFile file = readsFile(pipeline.current().definition()) ? files.of(request) : null;
        try {
            InputFile input = file == null ? null : new InputFile(file.ref(), file.sha256());
            return RequestKey.of(key, pipeline.id(), mode, request, input)
                    .earlier(engine, principal.tenant())
                    .orElseThrow(() -> new IllegalStateException("A key that was used is used no longer"));
        } finally {
            files.discard(request, file);
        }
    }

    private void checkCorrection(String id, Pipeline pipeline) {
        RunState corrected = RunBook.state(engine, principal.tenant(), id);
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

    RunState apply(Plan plan) {
        require(true);
        Pipeline pipeline = pipelines.byId(plan.pipeline());
        if (!pipeline.current().contentHash().equals(plan.contentHash())) {
            throw new GantryException(
                    ErrorCode.PLAN_STALE,
                    "Pipeline '" + pipeline.code() + "' was changed since the plan was made: version " + plan.version()
                            + " is not what is current; preview again");
        }
        StoredFile file = files.stored(plan.fileRef())
                .orElseThrow(() -> new GantryException(ErrorCode.PLAN_STALE, "The plan's file is gone"));
        if (!file.sha256().equals(plan.fileSha256())) {
            throw new GantryException(
                    ErrorCode.PLAN_STALE, "The file was changed since the plan was made; preview again");
        }
        String dataset = PipelineDocuments.loaded(pipeline.current());
        if (engine.dataset(principal.tenant(), dataset) instanceof MarkedDataset marked
                && !Providers.call(marked::mark).equals(plan.datasetMark())) {
            throw new GantryException(
                    ErrorCode.PLAN_STALE,
                    "Dataset '" + dataset + "' was changed since the plan was made; preview again");
        }
        RunState preview = RunBook.state(engine, principal.tenant(), plan.preview());
        RunState.Order order = preview.order();
        if (!preview.isPreview() || !order.pipelineId().equals(pipeline.id())) {
            throw new GantryException(
                    ErrorCode.PLAN_STALE, "Run '" + plan.preview() + "' has made no plan for the pipeline");
        }
        return queue(new Wish(
                pipeline,
                pipeline.current(),
                RunMode.LOAD,
                new InputFile(file.ref(), file.sha256()),
                null,
                order.correctionOf(),
                null,
                order.parameters(),
                order.settings(),
                plan.datasetMark(),
                null,
                false));
    }

    /** The same once more, with the version that is current now. */
    RunState retry(RunState failed) {
        RunState.Order order = failed.order();
        require(order.loads());
        if (failed.status() != RunStatus.FAILED && failed.status() != RunStatus.CANCELLED) {
            throw new GantryException(
                    ErrorCode.ILLEGAL_STATE,
                    "Run '" + failed.id() + "' is " + failed.status()
                            + "; only a run that is FAILED or CANCELLED can be tried again",
                    Map.of("state", failed.status().name()),
                    null);
        }
        Pipeline pipeline = pipelines.byId(order.pipelineId());
        PipelineVersion version =
                failed.isPreview() ? pipelines.version(pipeline, order.version()) : pipeline.current();
        Faults faults = new Faults("The retry");
        Map<String, String> parameters = RunParameters.values(version.parameters(), order.parameters(), faults);
        faults.throwIfAny();
        return queue(new Wish(
                pipeline,
                version,
                order.mode(),
                order.file(),
                null,
                order.correctionOf(),
                failed.id(),
                parameters,
                order.settings(),
                null,
                null,
                false));
    }

    private RunState queue(Wish wish) {
        String id = engine.ids().get();
        RunState queued = engine.journal().commit(principal.tenant(), draft -> decide(id, wish, draft));
        engine.crashPoints().accept(CrashPoint.SUBMITTED);
        engine.runs().wake();
        return queued;
    }

    private RunState decide(String id, Wish wish, Journal.Draft draft) {
        String tenant = principal.tenant();
        RequestKey key = wish.key();
        if (key != null) {
            Optional<RunState> earlier = key.earlier(engine, tenant);
            if (earlier.isPresent()) {
                return earlier.get();
            }
        }
        List<String> warnings = new ArrayList<>();
        if (wish.mode() == RunMode.LOAD) {
            mayRun(wish, warnings);
        }
        RunState state = RunState.queued(
                id,
                new RunState.Order(
                        wish.pipeline().id(),
                        wish.pipeline().code(),
                        wish.version().version(),
                        wish.version().contentHash(),
                        loads(wish.version().definition()),
                        wish.mode(),
                        wish.file(),
                        wish.correctionOf(),
                        wish.retryOf(),
                        wish.parameters(),
                        wish.settings(),
                        wish.expectedMark(),
                        principal.may(Permission.PIPELINES_ADMIN),
                        warnings,
                        principal.name(),
                        engine.clock().instant()));
        if (key != null) {
            draft.insert(key.document(tenant, state));
        }
        StoredFile upload = wish.upload();
        if (upload != null) {
            draft.insert(FileDocument.of(upload, FileDocument.Use.UPLOAD, null).document(tenant));
        }
        Ticket ticket = Ticket.queued(
                tenant, state, worker.dispatcher().turn(tenant), state.order().submittedAt());
        draft.insert(state.document(tenant))
                .insert(ticket.document())
                .note(principal.name(), "RUN_SUBMIT", "run:" + id, null, null, state.summary());
        return state;
    }

    private void mayRun(Wish wish, List<String> warnings) {
        Pipeline pipeline = pipelines.byId(wish.pipeline().id());
        RunBook.permitted(pipeline, wish.mode(), principal.may(Permission.PIPELINES_ADMIN));
        if (pipeline.status() == PipelineStatus.DEPRECATED) {
            warnings.add("Pipeline '" + pipeline.code() + "' is DEPRECATED: it may be archived soon");
        }
        TenantSettings settings = SettingsBook.of(engine, principal.tenant());
        if (settings.overlap() == Overlap.REFUSE && !wish.force()) {
            worker.dispatcher().open(pipeline.id()).ifPresent(run -> {
                throw new GantryException(
                        ErrorCode.PIPELINE_ALREADY_RUNNING,
                        "Run '" + run + "' of pipeline '" + pipeline.code() + "' is not over",
                        Map.of("run", run),
                        null);
            });
        }
        InputFile file = wish.file();
        if (file != null && wish.correctionOf() == null && settings.sameFile() != SameFile.ALLOW) {
            loadedBefore(pipeline, file).ifPresent(run -> {
                String message = "Run '" + run + "' of pipeline '" + pipeline.code() + "' has loaded the same file";
                if (settings.sameFile() == SameFile.REFUSE && !wish.force()) {
                    throw new GantryException(ErrorCode.FILE_LOADED_BEFORE, message, Map.of("run", run), null);
                }
                warnings.add(message);
            });
        }
    }

    private Optional<String> loadedBefore(Pipeline pipeline, InputFile file) {
        return engine
                .documents()
                .query(DocumentQuery.of(principal.tenant(), RunState.KIND.name())
                        .where("loaded_file", Operator.EQUAL, file.sha256())
                        .where("pipeline", Operator.EQUAL, pipeline.id())
                        .orderBy("submitted_at", true)
                        .page(1, null))
                .documents()
                .stream()
                .map(Document::id)
                .findFirst();
    }
}
