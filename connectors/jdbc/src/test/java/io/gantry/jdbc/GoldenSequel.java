// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gantry.Reason;
import io.gantry.Workspace;
import io.gantry.pipeline.Pipeline;
import io.gantry.pipeline.PipelineStatus;
import io.gantry.run.Run;
import io.gantry.run.RunRequest;
import io.gantry.spi.dataset.RollbackOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What an engine can do with a state that was written down: it goes on as if nothing had happened. */
final class GoldenSequel {

    /** What the ids begin with that are made here; which ones they are is of no interest. */
    static final String IDS = "later";

    private final GoldenEngine engine;
    private final Map<String, JsonNode> before;
    private final ObjectNode told = GoldenReading.MAPPER.createObjectNode();

    /**
     * Begins.
     *
     * @param before what tables held before runs, by the runs' ids, where that is known
     */
    GoldenSequel(GoldenEngine engine, Map<String, JsonNode> before) {
        this.engine = engine;
        this.before = before;
    }

    /** Does it all, and tells what came of it. */
    ObjectNode tell() {
        engine.clock().advance(Duration.ofHours(1));
        keys();
        activations();
        List<Run> open = open();
        Run again = submit(GoldenStory.people(
                "p9;Eva;Falk;R;eva@example.org;7,5;01/01/2000;;;A;1;;;;", "p1;Ada;Lind;G;ada@example.org;1;;;;;;;;;"));
        engine.runs().carryOutAll();
        summaries("carriedOut", open);
        summaries("active", List.of(again));
        ObjectNode statuses = told.putObject("statuses");
        new GoldenReading(acme())
                .runs().stream()
                        .filter(run -> !run.id().startsWith(IDS))
                        .forEach(run -> statuses.put(run.id(), run.status().name()));
        told.set("rolledBack", GoldenTables.content(engine.store().tables(), "lost_rollback"));
        told.set("people", GoldenTables.content(engine.store().tables(), "people"));
        exports();
        rollbacks();
        ObjectNode audit = told.putObject("problems");
        GoldenEngine.TENANTS.forEach(tenant ->
                audit.put(tenant, engine.as(tenant, "eve").audit().verify().problem()));
        return told;
    }

    private Workspace acme() {
        return engine.as("acme", "eve");
    }

    private Run submit(RunRequest request) {
        engine.clock().advance(Duration.ofMinutes(1));
        return acme().runs().submit(request);
    }

    private void summaries(String name, List<Run> runs) {
        ArrayNode list = told.putArray(name);
        runs.forEach(run -> list.add(summary(run)));
    }

    private static ObjectNode summary(Run run) {
        ObjectNode summary = GoldenReading.summary(run.refresh());
        return run.id().startsWith(IDS) ? summary.put("id", "new") : summary;
    }

    /** The runs that are not over. */
    private List<Run> open() {
        return new GoldenReading(acme())
                .runs().stream().filter(run -> !run.status().hasEnded()).toList();
    }

    /** The same request gives the same run; without its key, there is a warning. */
    private void keys() {
        told.put("key", submit(GoldenStory.keyed()).id());
        Run again = submit(GoldenStory.unkeyed());
        told.set("warnings", GoldenReading.MAPPER.valueToTree(again.warnings()));
        again.cancel();
    }

    private void activations() {
        ObjectNode statuses = told.putObject("activated");
        for (Pipeline pipeline : new GoldenReading(acme()).pipelines()) {
            if (pipeline.newest().status() == PipelineStatus.APPROVED) {
                Pipeline active = engine.as("acme", "ada").pipelines().activate(pipeline.code());
                statuses.put(active.code(), active.current().version() + " " + active.status());
            }
        }
    }

    private void exports() {
        Run events = submit(GoldenEngine.load("events", "id,at,amount,kind,note", "5,2026-03-01T10:00:00Z,30,sale,"));
        engine.runs().carryOutAll();
        Run export = submit(GoldenEngine.export("events-new"));
        engine.runs().carryOutAll();
        summaries("exported", List.of(events, export));
        told.put("export", GoldenReading.content(export.refresh().output().orElseThrow()));
    }

    /** Takes back what can be taken back, the latest first. */
    private void rollbacks() {
        record Undo(String tenant, Run run) {}
        List<Undo> undos = new ArrayList<>();
        for (String tenant : GoldenEngine.TENANTS) {
            new GoldenReading(engine.as(tenant, "eve"))
                    .runs().stream()
                            .filter(run -> run.undoableUntil().isPresent())
                            .forEach(run -> undos.add(new Undo(tenant, run)));
        }
        undos.sort(Comparator.comparing((Undo undo) -> undo.run().endedAt().orElseThrow())
                .reversed()
                .thenComparing(undo -> undo.run().id()));
        ArrayNode list = told.putArray("rollbacks");
        for (Undo undo : undos) {
            engine.clock().advance(Duration.ofMinutes(1));
            Run run = undo.run();
            String table = GoldenReading.dataset(
                    engine.as(undo.tenant(), "eve").pipelines().version(run.pipeline(), run.version()));
            RollbackOutcome outcome = run.rollBack(Reason.of("WRONG_FILE"));
            JsonNode content = GoldenTables.content(engine.store().tables(), table);
            ObjectNode entry = summary(run)
                    .put("reversed", outcome.reversed())
                    .put("kept", outcome.kept())
                    .put("failed", outcome.failed());
            JsonNode held = before.get(run.id());
            if (held != null && outcome.kept() == 0 && !held.equals(content)) {
                throw new IllegalStateException("Rolling back " + entry + " left " + content + " for " + held);
            }
            entry.set("table", content);
            list.add(entry);
        }
    }
}
