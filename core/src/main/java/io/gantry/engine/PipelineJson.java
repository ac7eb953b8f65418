// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.MappingDefinition;
import io.gantry.pipeline.Direction;
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

    /** What an approval is good for: the content of a version in its canonical form. */
    static ObjectNode content(
            String dataset, FileFormat format, MappingDefinition mapping, List<Parameter> parameters) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("dataset", dataset);
        ObjectNode file = json.putObject("format");
        file.put("name", format.name()).put("headerRow", format.headerRow());
        ObjectNode options = file.putObject("options");
        new TreeMap<>(format.options().values()).forEach(options::put);
        json.set("mapping", Json.read(mapping.toJson()));
        json.set("parameters", Json.MAPPER.valueToTree(parameters));
        return json;
    }

    static ObjectNode content(PipelineVersion version) {
        return content(version.dataset(), version.format(), version.mapping(), version.parameters());
    }

    /** The hash of a content. */
    static String hash(ObjectNode content) {
        return Hashes.sha256(content.toString());
    }

    static ObjectNode write(PipelineVersion version) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("code", version.code());
        json.put("version", version.version());
        json.put("status", version.status().name());
        json.put("direction", version.direction().name());
        json.set("content", content(version));
        json.put("contentHash", version.contentHash());
        json.put("editedBy", version.editedBy());
        json.put("editedAt", version.editedAt().toString());
        ArrayNode history = json.putArray("history");
        version.history().forEach(step -> history.add(Json.MAPPER.<JsonNode>valueToTree(step)));
        return json;
    }

    static PipelineVersion version(JsonNode json) {
        JsonNode content = json.get("content");
        JsonNode format = content.get("format");
        Map<String, String> options = new TreeMap<>();
        format.get("options")
                .properties()
                .forEach(entry -> options.put(entry.getKey(), entry.getValue().asText()));
        String mapping = content.get("mapping").toString();
        boolean isImport = json.get("direction").asText().equals(Direction.IMPORT.name());
        List<Parameter> parameters = new ArrayList<>();
        content.get("parameters").forEach(each -> parameters.add(Json.read(each.toString(), Parameter.class)));
        List<Step> history = new ArrayList<>();
        json.get("history").forEach(each -> history.add(Json.read(each.toString(), Step.class)));
        return new PipelineVersion(
                json.get("code").asText(),
                json.get("version").asText(),
                PipelineStatus.valueOf(json.get("status").asText()),
                content.get("dataset").asText(),
                new FileFormat(
                        format.get("name").asText(), format.get("headerRow").asInt(), new FormatOptions(options)),
                isImport ? MappingDefinition.importFromJson(mapping) : MappingDefinition.exportFromJson(mapping),
                parameters,
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
                current.mapping() instanceof ImportMapping ? Direction.IMPORT : Direction.EXPORT,
                current,
                json.has("draft") ? version(json.get("draft")) : null,
                revision,
                json.get("createdBy").asText(),
                Instant.parse(json.get("createdAt").asText()),
                Instant.parse(json.get("updatedAt").asText()));
    }
}
