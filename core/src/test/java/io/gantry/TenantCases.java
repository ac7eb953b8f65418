// SPDX-License-Identifier: Apache-2.0
package io.gantry;

import io.gantry.TenantWorld.Theirs;
import io.gantry.audit.AuditLog;
import io.gantry.audit.AuditQuery;
import io.gantry.mapping.ExportMapping;
import io.gantry.mapping.ImportMapping;
import io.gantry.pipeline.Direction;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.Lifecycle;
import io.gantry.pipeline.NewPipeline;
import io.gantry.pipeline.PipelineChange;
import io.gantry.pipeline.PipelineStatus;
import io.gantry.pipeline.Pipelines;
import io.gantry.run.Plan;
import io.gantry.run.Run;
import io.gantry.run.RunQuery;
import io.gantry.run.RunRequest;
import io.gantry.run.RunStatus;
import io.gantry.spi.file.FileContent;
import io.gantry.spi.file.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Calls of each method by a tenant that knows what names things of another. */
final class TenantCases {

    private static final Instant LATE = Instant.parse("9999-01-01T00:00:00Z");
    private static final Reason REASON = Reason.of("CURIOUS");

    private final Map<String, List<Case>> all = new TreeMap<>();

    /** A call; what it gives is compared. */
    @FunctionalInterface
    interface Case {
        Object call(TenantWorld world, Theirs theirs) throws Exception;
    }

    /** A call of a method with one of the things that name something. */
    @FunctionalInterface
    private interface Naming<T> {
        Object call(T on, String name) throws Exception;
    }

    TenantCases() {
        workspace();
        pipelines();
        submissions();
        runs();
        audit();
        files();
    }

    /** By method, in order. */
    Map<String, List<Case>> all() {
        return all;
    }

    private void add(String method, Case... cases) {
        all.computeIfAbsent(method, name -> new ArrayList<>()).addAll(List.of(cases));
    }

    /** A call with each of some names. */
    private <T> void named(
            String method, Function<TenantWorld, T> on, Function<Theirs, Collection<String>> names, Naming<T> call) {
        add(method, (world, theirs) -> {
            List<String> answers = new ArrayList<>();
            for (String name : names.apply(theirs)) {
                answers.add(TenantWorld.told(() -> call.call(on.apply(world), name)));
            }
            return answers;
        });
    }

    private void workspace() {
        add("Workspace.principal()", (world, theirs) -> world.mine().principal());
        add("Workspace.pipelines()", (world, theirs) -> world.mine().pipelines().list());
        add("Workspace.runs()", (world, theirs) -> world.mine().runs().list(RunQuery.ALL));
        add("Workspace.audit()", (world, theirs) -> world.mine().audit().verify());
        add("Workspace.settings()", (world, theirs) -> world.mine().settings().get());
        add("Workspace.datasets()", (world, theirs) -> world.mine().datasets());
        add(
                "Workspace.schema(String)",
                (world, theirs) -> world.mine().schema(theirs.dataset()),
                (world, theirs) -> world.mine().schema("people"));
        add(
                "Workspace.proposeMapping(String, FileFormat, String)",
                (world, theirs) -> world.mine().proposeMapping("people", FileFormat.csv(), theirs.file()),
                (world, theirs) -> world.mine()
                        .proposeMapping(
                                theirs.dataset(), FileFormat.csv(), world.file().ref()));
        add(
                "Workspace.store(String, InputStream)",
                (world, theirs) -> world.mine().store(theirs.file(), new ByteArrayInputStream(new byte[] {1})));
        named("Workspace.file(String)", TenantWorld::mine, Theirs::files, Workspace::file);
        add("Settings.get()", (world, theirs) -> world.mine().settings().get());
        add(
                "Settings.change(UnaryOperator)",
                (world, theirs) -> world.mine()
                        .settings()
                        .change(settings -> settings.limits(settings.runs(), settings.runsPerPipeline() + 1)));
    }

    private static NewPipeline pipeline(String code, String dataset) {
        return NewPipeline.importing(
                code,
                dataset,
                FileFormat.csv(),
                mapping -> mapping.columns("id", "name").upsert());
    }

    private void pipeline(String method, Naming<Pipelines> call) {
        named(method, world -> world.mine().pipelines(), Theirs::pipelines, call);
    }

    private void pipelines() {
        ImportMapping mapping = ImportMapping.of(columns -> columns.columns("id"));
        pipeline(
                "Pipelines.change(String, PipelineChange)",
                (on, name) -> on.change(name, PipelineChange.NONE.name("x")));
        pipeline("Pipelines.changeMapping(String, MappingDefinition)", (on, name) -> on.changeMapping(name, mapping));
        for (Lifecycle move : Lifecycle.values()) {
            pipeline("Pipelines.move(String, Lifecycle, Reason)", (on, name) -> on.move(name, move, REASON));
        }
        pipeline("Pipelines.requestReview(String, Reason)", (on, name) -> on.requestReview(name, REASON));
        pipeline("Pipelines.review(String, String)", (on, name) -> on.review(name, "fine"));
        pipeline("Pipelines.approve(String, Reason)", (on, name) -> on.approve(name, REASON));
        pipeline("Pipelines.sendBack(String, Reason)", (on, name) -> on.sendBack(name, REASON));
        pipeline("Pipelines.activate(String)", Pipelines::activate);
        pipeline("Pipelines.restrict(String, Reason)", (on, name) -> on.restrict(name, REASON));
        pipeline("Pipelines.suspend(String, Reason)", (on, name) -> on.suspend(name, REASON));
        pipeline("Pipelines.deprecate(String, Reason)", (on, name) -> on.deprecate(name, REASON));
        pipeline("Pipelines.archive(String, Reason)", (on, name) -> on.archive(name, REASON));
        pipeline("Pipelines.find(String)", Pipelines::find);
        pipeline("Pipelines.get(String)", Pipelines::get);
        pipeline("Pipelines.versions(String)", Pipelines::versions);
        pipeline("Pipelines.version(String, String)", (on, name) -> on.version(name, "1.0.0"));
        pipeline("Pipelines.diff(String, String, String)", (on, name) -> on.diff(name, "1.0.0", "1.0.1"));
        pipeline("Pipelines.replay(String, int)", (on, name) -> on.replay(name, 10));
        add("Pipelines.list()", (world, theirs) -> world.mine().pipelines().list());
        add(
                "Pipelines.list(Direction, PipelineStatus)",
                (world, theirs) -> world.mine().pipelines().list(Direction.EXPORT, null),
                (world, theirs) -> world.mine().pipelines().list(null, PipelineStatus.ACTIVE));
        // what is made here, the calls of the methods after it do not see in this order of things
        add(
                "Pipelines.create(NewPipeline)",
                (world, theirs) -> world.mine().pipelines().create(pipeline("taken", theirs.dataset())),
                (world, theirs) -> world.mine()
                        .pipelines()
                        .create(NewPipeline.importing(
                                "referring",
                                "people",
                                FileFormat.csv(),
                                columns -> columns.columns("id", "name").reference("name", theirs.dataset(), "id"))),
                (world, theirs) -> world.mine()
                        .pipelines()
                        .create(NewPipeline.exporting(
                                "out", theirs.dataset(), FileFormat.csv(), ExportMapping.of("id"))),
                (world, theirs) -> world.mine().pipelines().create(pipeline("zz-" + theirs.code(), "people")));
        add(
                "Pipelines.createActive(NewPipeline)",
                (world, theirs) ->
                        world.mine().pipelines().createActive(pipeline("zz-" + theirs.pipeline(), "people")));
    }

    private static RunRequest request(TenantWorld world) {
        return RunRequest.ofStored("own", world.file().ref());
    }

    private void submissions() {
        for (boolean preview : List.of(false, true)) {
            String method = preview ? "Runs.preview(RunRequest)" : "Runs.submit(RunRequest)";
            Submitting submit = preview
                    ? (world, request) -> world.mine().runs().preview(request)
                    : (world, request) -> world.mine().runs().submit(request);
            add(method, (world, theirs) -> {
                List<String> answers = new ArrayList<>();
                List<RunRequest> requests = new ArrayList<>();
                theirs.files().forEach(ref -> requests.add(RunRequest.ofStored("own", ref)));
                theirs.pipelines()
                        .forEach(name -> requests.add(
                                RunRequest.ofStored(name, world.file().ref())));
                theirs.pipelines().forEach(name -> requests.add(RunRequest.of(name)));
                theirs.runs().forEach(run -> requests.add(request(world).correctionOf(run)));
                requests.add(request(world).idempotencyKey(theirs.key()));
                for (RunRequest request : requests) {
                    answers.add(TenantWorld.told(() -> submit.run(world, request)));
                }
                return answers;
            });
        }
        add(
                "Runs.submit(String, Path)",
                (world, theirs) -> world.mine().runs().submit(theirs.code(), Path.of(theirs.file())));
        add(
                "Runs.apply(Plan)",
                (world, theirs) -> world.mine().runs().apply(theirs.plan()),
                (world, theirs) ->
                        world.mine().runs().apply(mixed(world.previewed().plan(), theirs.preview(), null)),
                (world, theirs) ->
                        world.mine().runs().apply(mixed(world.previewed().plan(), null, theirs.file())));
    }

    /** A plan of one's own that names something of the other tenant. */
    private static Plan mixed(Plan own, String preview, String file) {
        return new Plan(
                preview == null ? own.preview() : preview,
                own.pipeline(),
                own.version(),
                own.contentHash(),
                file == null ? own.fileRef() : file,
                own.fileSha256(),
                own.datasetMark(),
                own.counts());
    }

    @FunctionalInterface
    private interface Submitting {
        Run run(TenantWorld world, RunRequest request);
    }

    private void runs() {
        named("Runs.find(String)", world -> world.mine().runs(), Theirs::runs, (on, id) -> on.find(id));
        named("Runs.get(String)", world -> world.mine().runs(), Theirs::runs, (on, id) -> on.get(id));
        add(
                "Runs.list(RunQuery)",
                (world, theirs) -> world.mine().runs().list(RunQuery.ALL),
                (world, theirs) -> world.mine().runs().list(RunQuery.ALL.page(1, null)),
                (world, theirs) -> world.mine().runs().list(RunQuery.ALL.page(1, theirs.runPage())),
                (world, theirs) -> world.mine().runs().list(RunQuery.ALL.pipeline(theirs.code())),
                (world, theirs) -> world.mine().runs().list(RunQuery.ALL.status(RunStatus.PARTIAL, RunStatus.QUEUED)),
                (world, theirs) -> world.mine().runs().list(RunQuery.ALL.between(Instant.EPOCH, LATE)));
        named(
                "Runs.list(String, int)",
                world -> world.mine().runs(),
                Theirs::pipelines,
                (on, name) -> on.list(name, 10));
        run("id", Run::id);
        run("pipeline", Run::pipeline);
        run("mode", Run::mode);
        run("status", Run::status);
        run("counts", Run::counts);
        run("tasks", run -> run.tasks().size());
        run("version", Run::version);
        run("parameters", Run::parameters);
        run("warnings", Run::warnings);
        run("attempt", Run::attempt);
        run("retryOf", Run::retryOf);
        run("whyWaiting", Run::whyWaiting);
        run("error", Run::error);
        run("correctionOf", Run::correctionOf);
        run("submittedBy", Run::submittedBy);
        run("submittedAt", Run::submittedAt);
        run("startedAt", Run::startedAt);
        run("endedAt", Run::endedAt);
        run("undoableUntil", Run::undoableUntil);
        run("refresh", Run::refresh);
        run("report", run -> run.report().counts());
        run("rejects", Run::rejects);
        run("output", Run::output);
        run("plan", run -> run.plan().counts());
        run("previewRollback", Run::previewRollback);
        run("retry", Run::retry);
        runs("await()", List.of(TenantWorld::done), Run::await);
        runs("await(Duration)", List.of(TenantWorld::done), run -> run.await(Duration.ZERO));
        runs("cancel()", List.of(TenantWorld::done), Run::cancel);
        runs("rollBack(Reason)", List.of(TenantWorld::queued), run -> run.rollBack(REASON));
        runs("rollBack(Reason, boolean)", List.of(TenantWorld::queued), run -> run.rollBack(REASON, true));
    }

    private void run(String method, Function<Run, Object> call) {
        runs(method + "()", List.of(TenantWorld::done, TenantWorld::queued, TenantWorld::previewed), call);
    }

    /** A method of a run: of the other tenant's, which cannot be had, and of one's own. */
    private void runs(String method, List<Function<TenantWorld, Run>> own, Function<Run, Object> call) {
        named("Run." + method, world -> world.mine().runs(), Theirs::runs, (on, id) -> call.apply(on.get(id)));
        for (Function<TenantWorld, Run> run : own) {
            add("Run." + method, (world, theirs) -> call.apply(run.apply(world)));
        }
    }

    private void audit() {
        add("AuditLog.head()", (world, theirs) -> world.mine().audit().head().sequence());
        add("AuditLog.verify()", (world, theirs) -> world.mine().audit().verify());
        add("AuditLog.verify(Head)", (world, theirs) -> world.mine().audit().verify(new AuditLog.Head(1, "no hash")));
        add(
                "AuditLog.find(AuditQuery)",
                (world, theirs) -> world.mine().audit().find(AuditQuery.ALL.action("RUN_SUBMIT")).items().stream()
                        .map(event -> event.subject())
                        .toList(),
                (world, theirs) -> world.mine().audit().find(AuditQuery.ALL.by("eve")),
                (world, theirs) -> world.mine().audit().find(AuditQuery.ALL.subject("pipeline:" + theirs.pipeline())),
                (world, theirs) -> world.mine().audit().find(AuditQuery.ALL.subject("run:" + theirs.run())),
                (world, theirs) -> world.mine().audit().find(AuditQuery.ALL.page(1, theirs.eventPage())));
    }

    private void files() {
        file("ref", file -> file.ref().isEmpty());
        file("name", FileContent::name);
        file("length", FileContent::length);
        file("sha256", StoredFile::sha256);
        file("storedAt", StoredFile::storedAt);
        file("path", file -> file.path().isPresent());
        file("open", TenantCases::text);
    }

    private void file(String method, Function<StoredFile, Object> call) {
        named(
                "StoredFile." + method + "()",
                TenantWorld::mine,
                Theirs::files,
                (on, ref) -> on.file(ref).map(call));
        add("StoredFile." + method + "()", (world, theirs) -> call.apply(world.file()));
    }

    private static String text(StoredFile file) {
        try (InputStream in = file.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
