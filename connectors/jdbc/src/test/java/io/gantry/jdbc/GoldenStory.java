// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.Reason;
import io.gantry.Workspace;
import io.gantry.mapping.MappingDefinition;
import io.gantry.pipeline.PipelineStatus;
import io.gantry.run.CrashPoint;
import io.gantry.run.Run;
import io.gantry.run.RunRequest;
import io.gantry.run.RunStatus;
import io.gantry.settings.TenantSettings.Duties;
import io.gantry.settings.TenantSettings.SameFile;
import io.gantry.settings.TenantSettings.SelfService;
import io.gantry.testkit.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What happens in an engine before its state is written down. */
final class GoldenStory implements AutoCloseable {

    static final Instant BEGIN = Instant.parse("2026-03-02T08:00:00Z");

    /** Properties of which a mapping that is written again holds the meaning under another name, or nothing. */
    private static final Set<String> DIFFERENTLY_WRITTEN = Set.of("$schema", "value");

    private static final Consumer<CrashPoint> NOTHING = point -> {};

    private static final String HEADER =
            "Id;First;Last;Team;E-mail;Fee;Born;Seen;Photo;State;Hours;Ratio;Active;Wakes;Badge";
    private static final String ADA =
            "p1;Ada;Lind;R; ADA@example.org ;1.234,50 €;10/12/1915;01.03.2026 09:30;cafe;A;40;0.5;"
                    + "true;07:15;1f0e5a3c-7d4b-4c7e-9d52-0a8f6e2b1c01";
    private static final String BO =
            "p2;Bo;Berg;green;bo@example.org;-;3 May 2001;01.07.2026 12:00;;I;20;0.25;false;06:00;";
    private static final String WRONG = "p3;Cy;Dahl;violet;cy@example.org;5;01/02/1999;;;X;12;;;;";
    private static final String MENDED = "p3;Cy;Dahl;R;cy@example.org;5;01/02/1999;;;X;12;;;;";
    private static final String WORSE = "p4;Di;Ek;G;no mail;9999;31/02/1999;;zz;A;many;;maybe;;";

    private final GoldenEngine engine;
    private final Map<String, JsonNode> before = new TreeMap<>();
    private Consumer<CrashPoint> hook = NOTHING;

    GoldenStory(GoldenStore store, Path files) throws IOException {
        engine = GoldenEngine.open(store, files, SettableClock.at(BEGIN), "golden", point -> hook.accept(point));
    }

    GoldenEngine engine() {
        return engine;
    }

    /** What each run's table held before the run, by the ids of the runs. */
    Map<String, JsonNode> before() {
        return before;
    }

    void tick() {
        engine.clock().advance(Duration.ofMinutes(1));
    }

    private Workspace acme() {
        return engine.as("acme", "eve");
    }

    private Run submit(String tenant, RunRequest request, String table) {
        tick();
        Run run = engine.as(tenant, "eve").runs().submit(request);
        before.put(run.id(), GoldenTables.content(engine.store().tables(), table));
        return run;
    }

    private Run load(RunStatus end, String table, RunRequest request) {
        Run run = submit("acme", request, table);
        return carryOut(end, run);
    }

    private Run carryOut(RunStatus end, Run run) {
        tick();
        engine.runs().carryOutAll();
        return ended(end, run);
    }

    private static Run ended(RunStatus end, Run run) {
        Run now = run.refresh();
        if (now.status() != end) {
            throw new IllegalStateException("Run of " + now.pipeline() + " is " + now.status() + ", not " + end + ": "
                    + now.error() + (end == RunStatus.SUCCEEDED ? now.report().summary() : ""));
        }
        return now;
    }

    /** All of it. */
    void tell() {
        acme().settings()
                .change(settings -> settings.sameFile(SameFile.WARN)
                        .timeoutSeconds(3_600)
                        .undoDays(365)
                        .limits(20, 1));
        GoldenPipelines pipelines = new GoldenPipelines(this);
        pipelines.active("acme", "teams", "team", "upsert");
        pipelines.people();
        pipelines.events();
        pipelines.choices();
        pipelines.statuses();
        pipelines.drafts();
        pipelines.active("acme", "things", "things", "upsert");
        pipelines.active("acme", "stock", "stock", "replace");
        pipelines.active("acme", "strict", "stock", "insert");
        pipelines.active("acme", "touched", "touched", "upsert");
        for (String table : List.of("waiting", "lost_before", "lost_behind", "lost_rollback")) {
            pipelines.active("acme", table, table, "upsert");
        }
        loads();
        failures();
        exports();
        beta(pipelines);
        tick();
        acme().settings().change(settings -> settings.selfService(SelfService.FORBIDDEN));
        lost();
    }

    /** The request with a key; submitted again, it gives the run of the first. */
    static RunRequest keyed() {
        return unkeyed().idempotencyKey("teams of March");
    }

    static RunRequest unkeyed() {
        return GoldenEngine.load("teams", "id,name", "red,Reds", "green,Greens");
    }

    /** A file for the pipeline with everything. */
    static RunRequest people(String... lines) {
        String[] all = new String[lines.length + 1];
        all[0] = HEADER;
        System.arraycopy(lines, 0, all, 1, lines.length);
        return GoldenEngine.load("people", all);
    }

    private void loads() {
        load(RunStatus.SUCCEEDED, "team", keyed());
        Run partial = load(RunStatus.PARTIAL, "people", people(ADA, BO, WRONG, WORSE));
        load(
                RunStatus.SUCCEEDED,
                "people",
                people(ADA, BO, MENDED).parameter("origin", "paper").correctionOf(partial.id()));

        load(RunStatus.SUCCEEDED, "things", GoldenEngine.load("things", "id,name", "a,one", "b,two", "c,three"));
        load(RunStatus.SUCCEEDED, "things", GoldenEngine.load("things", "id,name", "a,uno", "c,three", "d,four"));
        Run wrong = load(RunStatus.SUCCEEDED, "things", GoldenEngine.load("things", "id,name", "b,wrong", "e,wrong"));
        tick();
        wrong.rollBack(Reason.of("WRONG_FILE"));
        tick();
        Run preview = acme().runs().preview(GoldenEngine.load("things", "id,name", "f,six", "a,uno"));
        preview = carryOut(RunStatus.SUCCEEDED, preview);
        JsonNode held = GoldenTables.content(engine.store().tables(), "things");
        Run planned = acme().runs().apply(preview.plan());
        before.put(planned.id(), held);
        carryOut(RunStatus.SUCCEEDED, planned);

        load(RunStatus.SUCCEEDED, "stock", GoldenEngine.load("stock", "id,name", "k,kept", "g,gone", "c,old"));
        load(RunStatus.SUCCEEDED, "stock", GoldenEngine.load("stock", "id,name", "k,kept", "c,new", "n,new"));
        RunRequest spare = GoldenEngine.load("status-deprecated", "id,name", "s,spare");
        load(RunStatus.SUCCEEDED, "spare", spare);
        load(RunStatus.SUCCEEDED, "spare", spare); // the same file: nothing changes, with a warning

        tick();
        Run restricted = engine.as("acme", "dora")
                .runs()
                .submit(GoldenEngine.load("status-restricted", "id,name", "t,by an admin"));
        before.put(restricted.id(), GoldenTables.content(engine.store().tables(), "spare"));
        carryOut(RunStatus.SUCCEEDED, restricted);

        load(RunStatus.SUCCEEDED, "touched", GoldenEngine.load("touched", "id,name", "x,one", "y,two", "z,three"));
        engine.store().tables().execute("UPDATE touched SET name = 'by hand' WHERE id = 'y'");
    }

    private void failures() {
        RunRequest there = GoldenEngine.load("strict", "id,name", "k,there already", "w,new");
        Run failed = load(RunStatus.FAILED, "stock", there);
        tick();
        carryOut(RunStatus.FAILED, failed.retry());
        load(RunStatus.FAILED, "stock", GoldenEngine.load("strict", "number,title", "k,there"));
        Run waiting = submit("acme", GoldenEngine.load("strict", "id,name", "q,cancelled"), "stock");
        waiting.cancel();
        ended(RunStatus.CANCELLED, waiting);
        Run running = submit("acme", GoldenEngine.load("strict", "id,name", "q,cancelled in the midst"), "stock");
        hook = point -> {
            if (point == CrashPoint.FIRST_BATCH_STAGED) {
                running.cancel();
            }
        };
        carryOut(RunStatus.CANCELLED, running);
        hook = NOTHING;
    }

    private void exports() {
        load(
                RunStatus.SUCCEEDED,
                "events",
                GoldenEngine.load(
                        "events",
                        "id,at,amount,kind,note",
                        "1,2026-01-01T10:00:00Z,10.50,sale,",
                        "2,2026-01-02T10:00:00Z,1.75,sale,",
                        "3,2026-01-03T10:00:00Z,99.00,gift,for Bo"));
        carryOut(RunStatus.SUCCEEDED, acme().runs().submit(GoldenEngine.export("events-all")));
        Run book = carryOut(RunStatus.SUCCEEDED, acme().runs().submit(GoldenEngine.export("events-book")));
        String ref = book.output().orElseThrow().ref();
        load(RunStatus.SUCCEEDED, "events", GoldenEngine.stored("events-from-book", ref));
        RunRequest some = GoldenEngine.export("events-new").parameter("least", "1.5");
        carryOut(RunStatus.SUCCEEDED, acme().runs().submit(some));
        load(
                RunStatus.SUCCEEDED,
                "events",
                GoldenEngine.load("events", "id,at,amount,kind,note", "4,2026-02-01T10:00:00Z,20,sale,"));
        carryOut(RunStatus.SUCCEEDED, acme().runs().submit(some));
    }

    private void beta(GoldenPipelines pipelines) {
        engine.as("beta", "eve").settings().change(settings -> settings.duties(Duties.COMBINED));
        pipelines.active("beta", "things", "other", "insert");
        RunRequest request = GoldenEngine.load("things", "id,name", "o,other").idempotencyKey("teams of March");
        carryOut(RunStatus.SUCCEEDED, submit("beta", request, "other"));
    }

    /** Work that is not over: from here on the clock stands still, so that leases go on. */
    private void lost() {
        Run undone = load(RunStatus.SUCCEEDED, "lost_rollback", things("lost_rollback"));
        tick();
        lose(CrashPoint.ROLLBACK_BEGUN);
        try {
            undone.rollBack(Reason.of("WRONG_FILE"));
            throw new AssertionError("The worker should be lost");
        } catch (IllegalStateException e) {
            hook = NOTHING;
        }
        Workspace workspace = acme();
        for (Map.Entry<String, CrashPoint> place : new TreeMap<>(
                        Map.of("lost_before", CrashPoint.PREPARED, "lost_behind", CrashPoint.APPLIED))
                .entrySet()) {
            Run run = workspace.runs().submit(things(place.getKey()));
            before.put(run.id(), GoldenTables.content(engine.store().tables(), place.getKey()));
            lose(place.getValue());
            engine.runs().carryOutNext();
            hook = NOTHING;
            ended(RunStatus.RUNNING, run);
        }
        Run waiting = workspace.runs().submit(things("waiting").idempotencyKey("waits"));
        before.put(waiting.id(), GoldenTables.content(engine.store().tables(), "waiting"));
        ended(RunStatus.QUEUED, waiting);
    }

    private static RunRequest things(String pipeline) {
        return GoldenEngine.load(pipeline, "id,name", "a,one", "b,two");
    }

    private void lose(CrashPoint place) {
        hook = point -> {
            if (point == place) {
                throw new IllegalStateException("The worker is lost");
            }
        };
    }

    /** That there is all of what was meant to be there. */
    void check() throws IOException {
        GoldenReading reading = new GoldenReading(acme());
        for (PipelineStatus status : PipelineStatus.values()) {
            if (reading.pipelines().stream().noneMatch(pipeline -> pipeline.status() == status)) {
                throw new IllegalStateException("No pipeline is " + status);
            }
        }
        for (RunStatus status : RunStatus.values()) {
            if (reading.runs().stream().noneMatch(run -> run.status() == status)) {
                throw new IllegalStateException("No run is " + status);
            }
        }
        String mappings = reading.all().findValues("mapping").toString();
        for (String schema : List.of("import-mapping", "export-mapping")) {
            for (String property : properties(schema)) {
                if (!mappings.contains('"' + property + "\":") && !DIFFERENTLY_WRITTEN.contains(property)) {
                    throw new IllegalStateException("No mapping has '" + property + "'");
                }
            }
        }
    }

    /** The names of all properties of a published schema. */
    private static Set<String> properties(String schema) throws IOException {
        Set<String> names = new TreeSet<>();
        try (InputStream in =
                Objects.requireNonNull(MappingDefinition.class.getResourceAsStream(schema + ".schema.json"))) {
            for (JsonNode properties : GoldenReading.MAPPER.readTree(in).findValues("properties")) {
                collect(properties, names);
            }
        }
        return names;
    }

    /** {@code findValues} finds no properties within properties. */
    private static void collect(JsonNode properties, Set<String> names) {
        properties.fieldNames().forEachRemaining(names::add);
        properties.findValues("properties").forEach(inner -> collect(inner, names));
    }

    @Override
    public void close() {
        engine.close();
    }
}
