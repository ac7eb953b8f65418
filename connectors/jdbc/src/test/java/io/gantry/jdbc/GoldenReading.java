// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gantry.GantryException;
import io.gantry.Workspace;
import io.gantry.audit.AuditLog.Head;
import io.gantry.audit.AuditLog.Verification;
import io.gantry.pipeline.Endpoint;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.Pipeline;
import io.gantry.pipeline.PipelineStatus;
import io.gantry.pipeline.PipelineVersion;
import io.gantry.pipeline.Step;
import io.gantry.run.Plan;
import io.gantry.run.Run;
import io.gantry.run.RunQuery;
import io.gantry.run.Task;
import io.gantry.settings.TenantSettings;
import io.gantry.spi.file.FileContent;
import io.gantry.spi.file.StoredFile;
import io.gantry.validation.Counts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that the public API tells of a tenant, as JSON. */
final class GoldenReading {

    static final ObjectMapper MAPPER = new ObjectMapper();

    private final Workspace workspace;

    GoldenReading(Workspace workspace) {
        this.workspace = workspace;
    }

    static JsonNode parsed(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    ObjectNode all() {
        ObjectNode json = MAPPER.createObjectNode();
        json.set("audit", audit()); // first: reading files is audited
        json.set("settings", settings());
        ArrayNode pipelines = json.putArray("pipelines");
        pipelines().forEach(pipeline -> pipelines.add(pipeline(pipeline)));
        ArrayNode runs = json.putArray("runs");
        runs().forEach(run -> runs.add(run(run)));
        return json;
    }

    ObjectNode audit() {
        Head head = workspace.audit().head();
        Verification verified = workspace.audit().verify();
        return MAPPER.createObjectNode()
                .put("sequence", head.sequence())
                .put("hash", head.hash())
                .put("events", verified.events())
                .put("problem", verified.problem());
    }

    private ObjectNode settings() {
        TenantSettings settings = workspace.settings().get();
        return MAPPER.createObjectNode()
                .put("selfService", settings.selfService().name())
                .put("duties", settings.duties().name())
                .put("runs", settings.runs())
                .put("runsPerPipeline", settings.runsPerPipeline())
                .put("overlap", settings.overlap().name())
                .put("sameFile", settings.sameFile().name())
                .put("timeoutSeconds", settings.timeoutSeconds())
                .put("undoDays", settings.undoDays());
    }

    /** All pipelines, the archived ones as well. */
    List<Pipeline> pipelines() {
        List<Pipeline> pipelines = new ArrayList<>(workspace.pipelines().list());
        pipelines.addAll(workspace.pipelines().list(null, PipelineStatus.ARCHIVED));
        pipelines.sort(Comparator.comparing(Pipeline::code));
        return pipelines;
    }

    private ObjectNode pipeline(Pipeline pipeline) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("id", pipeline.id())
                .put("code", pipeline.code())
                .put("name", pipeline.name())
                .put("direction", pipeline.direction().name())
                .put("status", pipeline.status().name())
                .put("current", pipeline.current().version())
                .put("draft", pipeline.draft() == null ? null : pipeline.draft().version())
                .put("createdBy", pipeline.createdBy())
                .put("createdAt", pipeline.createdAt().toString());
        ArrayNode versions = json.putArray("versions");
        workspace.pipelines().versions(pipeline.code()).forEach(version -> versions.add(version(version)));
        return json;
    }

    /** The dataset at one end: golden pipelines have a file at the other. */
    static String dataset(PipelineVersion version) {
        Endpoint end = version.to() instanceof Endpoint.Dataset ? version.to() : version.from();
        return ((Endpoint.Dataset) end).dataset();
    }

    private static FileFormat format(PipelineVersion version) {
        return version.definition().format().orElseThrow();
    }

    private static ObjectNode version(PipelineVersion version) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("version", version.version())
                .put("status", version.status().name())
                .put("dataset", dataset(version))
                .put("format", format(version).name())
                .put("headerRow", format(version).headerRow())
                .put("contentHash", version.contentHash())
                .put("editedBy", version.editedBy())
                .put("editedAt", version.editedAt().toString());
        json.set("options", MAPPER.valueToTree(format(version).options().values()));
        json.set("mapping", parsed(version.mapping().toJson()));
        ArrayNode parameters = json.putArray("parameters");
        version.parameters()
                .forEach(parameter -> parameters
                        .addObject()
                        .put("name", parameter.name())
                        .put("type", parameter.type().name())
                        .put("default", parameter.defaultValue())
                        .set("oneOf", MAPPER.valueToTree(parameter.oneOf())));
        ArrayNode history = json.putArray("history");
        version.history().forEach(step -> history.add(step(step, version)));
        return json;
    }

    private static ObjectNode step(Step step, PipelineVersion version) {
        return MAPPER.createObjectNode()
                .put("move", step.move().name())
                .put("by", step.by())
                .put("at", step.at().toString())
                .put("reason", step.reason() == null ? null : step.reason().code())
                .put("text", step.reason() == null ? null : step.reason().text())
                .put("ofThisContent", step.contentHash().equals(version.contentHash()));
    }

    /** All runs, the latest first. */
    List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        String next = null;
        do {
            var page = workspace.runs().list(RunQuery.ALL.page(7, next));
            runs.addAll(page.items());
            next = page.next();
        } while (next != null);
        return runs;
    }

    private static ObjectNode run(Run run) {
        ObjectNode json = summary(run)
                .put("version", run.version())
                .put("mode", run.mode().name())
                .put("retryOf", run.retryOf().orElse(null))
                .put("correctionOf", run.correctionOf().orElse(null))
                .put("submittedBy", run.submittedBy())
                .put("submittedAt", run.submittedAt().toString())
                .put("startedAt", text(run.startedAt()))
                .put("endedAt", text(run.endedAt()))
                .put("undoableUntil", text(run.undoableUntil()));
        json.set("parameters", MAPPER.valueToTree(run.parameters()));
        json.set("warnings", MAPPER.valueToTree(run.warnings()));
        ArrayNode tasks = json.putArray("tasks");
        for (Task task : run.tasks()) {
            tasks.addObject()
                    .put("name", task.name().name())
                    .put("status", task.status().name())
                    .put("rows", task.rows());
        }
        json.set("report", report(run));
        json.set("rejects", file(run.rejects()));
        json.set("output", file(run.output()));
        json.set("plan", plan(run));
        return json;
    }

    private static @Nullable String text(Optional<?> value) {
        return value.map(Object::toString).orElse(null);
    }

    /** How a run stands and what it came to. */
    static ObjectNode summary(Run run) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("id", run.id())
                .put("pipeline", run.pipeline())
                .put("status", run.status().name())
                .put("attempt", run.attempt())
                .put("error", run.error().map(error -> error.code()).orElse(null));
        json.set("counts", counts(run.counts()));
        return json;
    }

    private static ObjectNode counts(Counts counts) {
        return MAPPER.createObjectNode()
                .put("read", counts.read())
                .put("inserted", counts.inserted())
                .put("updated", counts.updated())
                .put("unchanged", counts.unchanged())
                .put("rejected", counts.rejected())
                .put("skipped", counts.skipped())
                .put("deleted", counts.deleted());
    }

    private static @Nullable JsonNode report(Run run) {
        try {
            return parsed(run.report().toJson());
        } catch (GantryException e) {
            return none(e);
        }
    }

    private static @Nullable JsonNode plan(Run run) {
        try {
            Plan plan = run.plan();
            ObjectNode json = MAPPER.createObjectNode()
                    .put("preview", plan.preview())
                    .put("pipeline", plan.pipeline())
                    .put("version", plan.version())
                    .put("contentHash", plan.contentHash())
                    .put("fileRef", plan.fileRef())
                    .put("fileSha256", plan.fileSha256())
                    .put("datasetMark", plan.datasetMark());
            json.set("counts", counts(plan.counts()));
            return json;
        } catch (GantryException e) {
            return none(e);
        }
    }

    /** Nothing, where a run has no such thing. */
    private static @Nullable JsonNode none(GantryException e) {
        if (!e.code().equals("ILLEGAL_STATE")) {
            throw e;
        }
        return null;
    }

    private static @Nullable JsonNode file(Optional<StoredFile> file) {
        return file.map(stored -> MAPPER.createObjectNode()
                        .put("ref", stored.ref())
                        .put("name", stored.name())
                        .put("length", stored.length())
                        .put("sha256", stored.sha256())
                        .put("text", stored.name().endsWith(".csv") ? content(stored) : null))
                .orElse(null);
    }

    static String content(FileContent file) {
        try (InputStream in = file.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
