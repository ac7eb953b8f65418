// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.Permission;
import io.gantry.Principal;
import io.gantry.check.BeanRules;
import io.gantry.check.Faults;
import io.gantry.engine.RunState.InputFile;
import io.gantry.pipeline.Direction;
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
import io.gantry.spi.dataset.MarkedDataset;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentQuery.Operator;
import io.gantry.spi.file.FileContent;
import io.gantry.spi.file.FileStore.PendingFile;
import io.gantry.spi.file.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts runs into the queue for a principal, when nothing speaks against it. */
final class Submission {

    private final Engine engine;
    private final RunWorker worker;
    private final Principal principal;
    private final PipelineDocuments pipelines;

    Submission(Engine engine, RunWorker worker, Principal principal) {
        this.engine = engine;
        this.worker = worker;
        this.principal = principal;
        this.pipelines = new PipelineDocuments(engine.documents(), principal.tenant());
    }

    /** What is to be run, before it is known whether it may. */
    private record Wish(
            Pipeline pipeline,
            PipelineVersion version,
            RunMode mode,
            @Nullable InputFile file,
            @Nullable String correctionOf,
            @Nullable String retryOf,
            Map<String, String> parameters,
            RunSettings settings,
            @Nullable String expectedMark,
            @Nullable String key,
            boolean force) {

        /** What two requests with one key must have in common. */
        String fingerprint() {
            return Hashes.sha256(
                    pipeline.id(),
                    mode.name(),
                    file == null ? null : file.sha256(),
                    correctionOf,
                    retryOf,
                    new TreeMap<>(parameters).toString());
        }
    }

    RunState submit(RunRequest request) {
        return submit(request, RunMode.LOAD);
    }

    RunState preview(RunRequest request) {
        return submit(request, RunMode.PREVIEW);
    }

    private void require(boolean importing) {
        principal.require(importing ? Permission.IMPORTS_RUN : Permission.EXPORTS_GENERATE);
    }

    private RunState submit(RunRequest request, RunMode mode) {
        Faults faults = new Faults("The request");
        BeanRules.check(request, faults);
        faults.throwIfAny();
        if (!principal.may(Permission.EXPORTS_GENERATE)) {
            require(true); // before it is told whether the pipeline is there
        }
        Pipeline pipeline = pipelines.get(request.pipeline());
        boolean importing = pipeline.direction() == Direction.IMPORT;
        require(importing);
        boolean hasFile = request.fileRef() != null || request.content() != null;
        if (importing != hasFile) {
            faults.add("fileRef", importing ? "An import needs a file" : "An export reads no file");
        }
        if (!importing && mode == RunMode.PREVIEW) {
            faults.add("pipeline", "An export cannot be previewed");
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
        StoredFile file = importing ? file(request) : null;
        return queue(new Wish(
                pipeline,
                version,
                mode,
                file == null ? null : new InputFile(file.ref(), file.sha256()),
                request.correctionOf(),
                null,
                parameters,
                request.settings(),
                null,
                request.idempotencyKey(),
                request.force()));
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

    private StoredFile file(RunRequest request) {
        try {
            String ref = request.fileRef();
            FileContent content = request.content();
            if (content == null) {
                return engine.files()
                        .find(principal.tenant(), String.valueOf(ref))
                        .orElseThrow(() -> new GantryException(
                                ErrorCode.FILE_NOT_FOUND, "There is no file with ref '" + ref + "'"));
            }
            try (InputStream in = content.open();
                    PendingFile pending = engine.files().create(principal.tenant(), content.name())) {
                in.transferTo(pending.out());
                return pending.commit();
            }
        } catch (IOException e) {
            throw new GantryException(
                    ErrorCode.STORAGE_FAILED, "The file could not be read or stored: " + e.getMessage(), Map.of(), e);
        }
    }

    RunState apply(Plan plan) {
        require(true);
        Pipeline pipeline = pipelines.get(plan.pipeline());
        if (!pipeline.current().contentHash().equals(plan.contentHash())) {
            throw new GantryException(
                    ErrorCode.PLAN_STALE,
                    "Pipeline '" + pipeline.code() + "' was changed since the plan was made: version " + plan.version()
                            + " is not what is current; preview again");
        }
        StoredFile file = stored(plan.fileRef())
                .orElseThrow(() -> new GantryException(ErrorCode.PLAN_STALE, "The plan's file is gone"));
        if (!file.sha256().equals(plan.fileSha256())) {
            throw new GantryException(
                    ErrorCode.PLAN_STALE, "The file was changed since the plan was made; preview again");
        }
        if (engine.dataset(principal.tenant(), pipeline.current().dataset()) instanceof MarkedDataset marked
                && !marked.mark().equals(plan.datasetMark())) {
            throw new GantryException(
                    ErrorCode.PLAN_STALE,
                    "Dataset '" + pipeline.current().dataset()
                            + "' was changed since the plan was made; preview again");
        }
        RunState.Order order =
                RunBook.state(engine, principal.tenant(), plan.preview()).order();
        return queue(new Wish(
                pipeline,
                pipeline.current(),
                RunMode.LOAD,
                new InputFile(file.ref(), file.sha256()),
                order.correctionOf(),
                null,
                order.parameters(),
                order.settings(),
                plan.datasetMark(),
                null,
                false));
    }

    private Optional<StoredFile> stored(String ref) {
        try {
            return engine.files().find(principal.tenant(), ref);
        } catch (IOException e) {
            throw new GantryException(ErrorCode.STORAGE_FAILED, "A stored file could not be read", Map.of(), e);
        }
    }

    /** The same once more, with the version that is current now. */
    RunState retry(RunState failed) {
        RunState.Order order = failed.order();
        require(order.importing());
        if (failed.status() != RunStatus.FAILED && failed.status() != RunStatus.CANCELLED) {
            throw new GantryException(
                    ErrorCode.ILLEGAL_STATE,
                    "Run '" + failed.id() + "' is " + failed.status()
                            + "; only a run that is FAILED or CANCELLED can be tried again",
                    Map.of("state", failed.status().name()),
                    null);
        }
        Pipeline pipeline = pipelines.get(order.pipelineId());
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
        String key = wish.key() == null ? null : Hashes.sha256(wish.key());
        if (key != null) {
            Optional<Document> used = engine.documents().find(tenant, RunBook.KEYS.name(), key);
            if (used.isPresent()) {
                return earlier(Json.read(used.get().body(), UsedKey.class), wish);
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
                        wish.pipeline().direction() == Direction.IMPORT,
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
            draft.insert(new Document(
                    tenant,
                    RunBook.KEYS.name(),
                    key,
                    1,
                    Map.of("used_at", state.order().submittedAt()),
                    Json.write(new UsedKey(id, wish.fingerprint()))));
        }
        Ticket ticket = Ticket.queued(
                tenant, state, worker.dispatcher().turn(tenant), state.order().submittedAt());
        draft.insert(state.document(tenant))
                .insert(ticket.document())
                .note(principal.name(), "RUN_SUBMIT", "run:" + id, null, null, state.summary());
        return state;
    }

    /** What became of an idempotency key. */
    private record UsedKey(String run, String fingerprint) {}

    private RunState earlier(UsedKey used, Wish wish) {
        if (!used.fingerprint().equals(wish.fingerprint())) {
            throw new GantryException(
                    ErrorCode.IDEMPOTENCY_KEY_REUSED,
                    "The idempotency key belongs to run '" + used.run() + "', which was another request",
                    Map.of("run", used.run()),
                    null);
        }
        return RunBook.state(engine, principal.tenant(), used.run());
    }

    private void mayRun(Wish wish, List<String> warnings) {
        Pipeline pipeline = pipelines.get(wish.pipeline().id());
        RunBook.permitted(pipeline, wish.mode(), principal.may(Permission.PIPELINES_ADMIN));
        if (pipeline.status() == PipelineStatus.DEPRECATED) {
            warnings.add("Pipeline '" + pipeline.code() + "' is DEPRECATED: it may be archived soon");
        }
        TenantSettings settings = SettingsBook.of(engine, principal.tenant());
        if (settings.overlap() == Overlap.REFUSE && !wish.force()) {
            List<Ticket> open = worker.dispatcher().open(pipeline.id());
            if (!open.isEmpty()) {
                throw new GantryException(
                        ErrorCode.PIPELINE_ALREADY_RUNNING,
                        "Run '" + open.get(0).run() + "' of pipeline '" + pipeline.code() + "' is not over",
                        Map.of("run", open.get(0).run()),
                        null);
            }
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
