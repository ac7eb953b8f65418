// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gantry.mapping.MappingDefinition;
import io.gantry.pipeline.Definition;
import io.gantry.pipeline.Direction;
import io.gantry.pipeline.Endpoint;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.Parameter;
import io.gantry.pipeline.Pipeline;
import io.gantry.pipeline.PipelineStatus;
import io.gantry.pipeline.PipelineVersion;
import io.gantry.pipeline.Step;
import io.gantry.spi.records.FormatOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Pipelines and their versions as JSON. */
final class PipelineJson {

    private PipelineJson() {}

    /** The layout of a content that is written today; contents of earlier layouts are read as they are. */
    private static final int SCHEMA = 2;

    /** What an approval is bound to: a definition in its canonical form. */
    static ObjectNode content(Definition definition) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("schema", SCHEMA);
        json.set("from", endpoint(definition.from()));
        json.set("to", endpoint(definition.to()));
        json.set("mapping", Json.read(definition.mapping().toJson()));
        json.set("parameters", Json.MAPPER.valueToTree(definition.parameters()));
        return json;
    }

    private static ObjectNode endpoint(Endpoint endpoint) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        if (endpoint instanceof Endpoint.File file) {
            FileFormat format = file.format();
            ObjectNode node = json.putObject("format");
            node.put("name", format.name()).put("headerRow", format.headerRow());
            ObjectNode options = node.putObject("options");
            new TreeMap<>(format.options().values()).forEach(options::put);
        } else if (endpoint instanceof Endpoint.Dataset dataset) {
            json.put("dataset", dataset.dataset());
        }
        return json;
    }

    private static Endpoint endpoint(JsonNode json) {
        return json.has("dataset")
                ? new Endpoint.Dataset(json.get("dataset").asText())
                : new Endpoint.File(format(json.get("format")));
    }

    private static FileFormat format(JsonNode json) {
        Map<String, String> options = new TreeMap<>();
        json.get("options")
                .properties()
                .forEach(entry -> options.put(entry.getKey(), entry.getValue().asText()));
        return new FileFormat(json.get("name").asText(), json.get("headerRow").asInt(), new FormatOptions(options));
    }

    /**
     * Reads a content of any layout.
     *
     * @param importing the direction as the version's document says it: contents of the first layout do not say it themselves
     */
    private static Definition definition(JsonNode content, boolean importing) {
        Endpoint from;
        Endpoint to;
        if (content.has("schema")) {
            from = endpoint(content.get("from"));
            to = endpoint(content.get("to"));
        } else {
            Endpoint file = new Endpoint.File(format(content.get("format")));
            Endpoint dataset = new Endpoint.Dataset(content.get("dataset").asText());
            from = importing ? file : dataset;
            to = importing ? dataset : file;
        }
        String mapping = content.get("mapping").toString();
        List<Parameter> parameters = new ArrayList<>();
        content.get("parameters").forEach(each -> parameters.add(Json.read(each.toString(), Parameter.class)));
        return new Definition(
                from,
                to,
                to instanceof Endpoint.Dataset
                        ? MappingDefinition.importFromJson(mapping)
                        : MappingDefinition.exportFromJson(mapping),
                parameters);
    }

    /** The hash of a content. */
    static String hash(String content) {
        return Hashes.sha256(content);
    }

    /** A draft with a content that is written now. */
    static PipelineVersion draft(
            String code, String number, Definition definition, String by, Instant now, List<Step> history) {
        String content = content(definition).toString();
        return new PipelineVersion(
                code, number, PipelineStatus.DRAFT, definition, content, hash(content), by, now, history);
    }

    static ObjectNode write(PipelineVersion version) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("code", version.code());
        json.put("version", version.version());
        json.put("status", version.status().name());
        json.put("direction", version.direction().name());
        json.put("content", version.content());
        json.put("contentHash", version.contentHash());
        json.put("editedBy", version.editedBy());
        json.put("editedAt", version.editedAt().toString());
        ArrayNode history = json.putArray("history");
        version.history().forEach(step -> history.add(Json.MAPPER.<JsonNode>valueToTree(step)));
        return json;
    }

    static PipelineVersion version(JsonNode json) {
        JsonNode stored = json.get("content");
        // the first layout kept an object, whose text is the one that its hash was taken of
        String content = stored.isTextual() ? stored.asText() : stored.toString();
        List<Step> history = new ArrayList<>();
        json.get("history").forEach(each -> history.add(Json.read(each.toString(), Step.class)));
        return new PipelineVersion(
                json.get("code").asText(),
                json.get("version").asText(),
                PipelineStatus.valueOf(json.get("status").asText()),
                definition(
                        stored.isTextual() ? Json.read(content) : stored,
                        json.get("direction").asText().equals(Direction.IMPORT.name())),
                content,
                json.get("contentHash").asText(),
                json.get("editedBy").asText(),
                Instant.parse(json.get("editedAt").asText()),
                history);
    }

    static ObjectNode write(Pipeline pipeline) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("code", pipeline.code());
        json.put("name", pipeline.name());
        json.set("current", write(pipeline.current()));
        PipelineVersion draft = pipeline.draft();
        if (draft != null) {
            json.set("draft", write(draft));
        }
        json.put("createdBy", pipeline.createdBy());
        json.put("createdAt", pipeline.createdAt().toString());
        json.put("updatedAt", pipeline.updatedAt().toString());
        return json;
    }

    static Pipeline pipeline(String id, long revision, JsonNode json) {
        PipelineVersion current = version(json.get("current"));
        return new Pipeline(
                id,
                json.get("code").asText(),
                json.get("name").asText(),
                current.direction(),
                current,
                json.has("draft") ? version(json.get("draft")) : null,
                revision,
                json.get("createdBy").asText(),
                Instant.parse(json.get("createdAt").asText()),
                Instant.parse(json.get("updatedAt").asText()));
    }
}
