// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.Principal;
import io.gantry.check.BeanRules;
import io.gantry.check.Faults;
import io.gantry.check.Names;
import io.gantry.mapping.ExportMapping;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.MappingDefinition;
import io.gantry.mapping.compile.ExportCheck;
import io.gantry.mapping.compile.MappingCheck;
import io.gantry.pipeline.Direction;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.pipeline.Pipeline;
import io.gantry.pipeline.Pipelines;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.WritableDataset;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentPage;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentWrite;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.RecordFormat;
import io.gantry.spi.records.WritableFormat;
import io.gantry.spi.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The pipelines of a tenant, kept as documents. */
public final class PipelineBook implements Pipelines {

    /** What the document store is told of pipelines. */
    public static final DocumentKind KIND =
            new DocumentKind("pipeline", Map.of("code", DocumentKind.Type.TEXT, "direction", DocumentKind.Type.TEXT));

    private final Engine engine;
    private final Principal principal;

    /**
     * Opens the book for a principal.
     *
     * @param engine what the engine is made of
     * @param principal whose tenant's pipelines
     */
    public PipelineBook(Engine engine, Principal principal) {
        this.engine = engine;
        this.principal = principal;
    }

    @Override
    public Pipeline create(NewPipeline command) {
        Faults faults = new Faults("Pipeline '" + command.code() + "'");
        BeanRules.check(command, faults);
        faults.throwIfAny();
        check(command.dataset(), command.format(), command.mapping(), faults);
        faults.throwIfAny();
        Instant now = engine.clock().instant();
        Pipeline pipeline = new Pipeline(
                engine.ids().get(),
                command.code(),
                command.name(),
                command.dataset(),
                command.format(),
                command.mapping(),
                1,
                hash(command.dataset(), command.format(), command.mapping()),
                principal.name(),
                now,
                now);
        // the code is the document's own id as well: two callers cannot both take it
        Document claim = new Document(
                principal.tenant(), CODES.name(), command.code(), 1, Map.of("pipeline", pipeline.id()), "{}");
        try {
            engine.documents()
                    .commit(List.of(new DocumentWrite.Insert(claim), new DocumentWrite.Insert(document(pipeline))));
        } catch (ProviderException e) {
            if (e.code().equals(ErrorCode.REVISION_CONFLICT.name())) {
                throw new GantryException(
                        ErrorCode.PIPELINE_EXISTS, "There is a pipeline with code '" + command.code() + "' already");
            }
            throw GantryException.of(e);
        }
        return pipeline;
    }

    /** What the document store is told of the codes that are taken. */
    public static final DocumentKind CODES =
            new DocumentKind("pipeline_code", Map.of("pipeline", DocumentKind.Type.TEXT));

    private void check(String datasetName, FileFormat fileFormat, MappingDefinition mapping, Faults faults) {
        Optional<Dataset> dataset = engine.datasets().apply(principal.tenant(), datasetName);
        RecordFormat format = engine.formats().get(fileFormat.name());
        if (format == null) {
            faults.unknown(
                    "format.name", "format", fileFormat.name(), engine.formats().keySet());
        } else {
            check(fileFormat, format, mapping, faults);
        }
        if (dataset.isEmpty()) {
            faults.unknown(
                    "dataset", "dataset", datasetName, engine.datasetNames().apply(principal.tenant()));
            return;
        }
        Schema schema = dataset.get().schema();
        if (mapping instanceof ImportMapping importMapping) {
            importable(dataset.get(), importMapping, faults);
            MappingCheck.check(importMapping, schema, this::schema, faults);
        } else {
            if (!(dataset.get() instanceof ReadableDataset)) {
                faults.add("dataset", "'" + datasetName + "' cannot be read");
            }
            ExportCheck.check((ExportMapping) mapping, schema, faults);
        }
    }

    private Optional<Schema> schema(String dataset) {
        return engine.datasets().apply(principal.tenant(), dataset).map(Dataset::schema);
    }

    private static void importable(Dataset dataset, ImportMapping mapping, Faults faults) {
        if (!(dataset instanceof WritableDataset writable)) {
            faults.add("dataset", "'" + dataset.name() + "' cannot be loaded");
        } else if (!writable.modes().contains(mapping.load().mode())) {
            faults.add(
                    "load.mode",
                    "'" + dataset.name() + "' cannot be loaded by "
                            + Names.word(mapping.load().mode()) + "; it can by "
                            + writable.modes().stream().map(Names::word).toList());
        }
    }

    private static void check(FileFormat fileFormat, RecordFormat format, MappingDefinition mapping, Faults faults) {
        boolean known = true;
        for (String option : fileFormat.options().values().keySet()) {
            if (!format.optionNames().contains(option)) {
                faults.unknown("format.options." + option, "option", option, format.optionNames());
                known = false;
            }
        }
        if (known) {
            try {
                format.check(fileFormat.options());
            } catch (ProviderException e) {
                faults.add("format.options", String.valueOf(e.getMessage()));
            }
        }
        if (mapping instanceof ExportMapping && !(format instanceof WritableFormat)) {
            faults.add("format.name", "'" + format.name() + "' cannot be written");
        }
    }

    @Override
    public Pipeline changeMapping(String codeOrId, MappingDefinition mapping) {
        Pipeline before = get(codeOrId);
        Faults faults = new Faults("Pipeline '" + before.code() + "'");
        if (before.mapping().getClass() != mapping.getClass()) {
            faults.add("mapping", "is for the other direction; the pipeline is an " + before.direction());
            faults.throwIfAny();
        }
        check(before.dataset(), before.format(), mapping, faults);
        faults.throwIfAny();
        Pipeline after = new Pipeline(
                before.id(),
                before.code(),
                before.name(),
                before.dataset(),
                before.format(),
                mapping,
                before.revision() + 1,
                hash(before.dataset(), before.format(), mapping),
                before.createdBy(),
                before.createdAt(),
                engine.clock().instant());
        try {
            engine.documents().commit(List.of(new DocumentWrite.Replace(document(after))));
        } catch (ProviderException e) {
            throw GantryException.of(e);
        }
        return after;
    }

    @Override
    public Optional<Pipeline> find(String codeOrId) {
        return engine.documents()
                .find(principal.tenant(), CODES.name(), codeOrId)
                .map(claim -> (String) claim.attributes().get("pipeline"))
                .or(() -> Optional.of(codeOrId))
                .flatMap(id -> engine.documents().find(principal.tenant(), KIND.name(), id))
                .map(PipelineBook::pipeline);
    }

    @Override
    public Pipeline get(String codeOrId) {
        return find(codeOrId)
                .orElseThrow(() -> new GantryException(
                        ErrorCode.PIPELINE_NOT_FOUND, "There is no pipeline with code or id '" + codeOrId + "'"));
    }

    @Override
    public List<Pipeline> list() {
        List<Pipeline> pipelines = new ArrayList<>();
        DocumentQuery query = DocumentQuery.of(principal.tenant(), KIND.name()).orderBy("code", false);
        DocumentPage page = engine.documents().query(query);
        page.documents().forEach(document -> pipelines.add(pipeline(document)));
        while (page.cursor() != null) {
            page = engine.documents().query(query.page(1_000, page.cursor()));
            page.documents().forEach(document -> pipelines.add(pipeline(document)));
        }
        return List.copyOf(pipelines);
    }

    private static String hash(String dataset, FileFormat format, MappingDefinition mapping) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("dataset", dataset);
        json.set("format", format(format));
        json.set("mapping", Json.read(mapping.toJson()));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(json.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static ObjectNode format(FileFormat format) {
        ObjectNode json =
                Json.MAPPER.createObjectNode().put("name", format.name()).put("headerRow", format.headerRow());
        format.options().values().forEach(json.putObject("options")::put);
        return json;
    }

    private Document document(Pipeline pipeline) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("code", pipeline.code());
        json.put("name", pipeline.name());
        json.put("direction", Names.word(pipeline.direction()));
        json.put("dataset", pipeline.dataset());
        json.set("format", format(pipeline.format()));
        json.set("mapping", Json.read(pipeline.mapping().toJson()));
        json.put("contentHash", pipeline.contentHash());
        json.put("createdBy", pipeline.createdBy());
        json.put("createdAt", pipeline.createdAt().toString());
        json.put("updatedAt", pipeline.updatedAt().toString());
        return new Document(
                principal.tenant(),
                KIND.name(),
                pipeline.id(),
                pipeline.revision(),
                Map.of(
                        "code",
                        pipeline.code(),
                        "direction",
                        pipeline.direction().name()),
                json.toString());
    }

    private static Pipeline pipeline(Document document) {
        JsonNode json = Json.read(document.body());
        JsonNode format = json.get("format");
        Map<String, String> options = new TreeMap<>();
        format.get("options")
                .properties()
                .forEach(entry -> options.put(entry.getKey(), entry.getValue().asText()));
        String mapping = json.get("mapping").toString();
        boolean isImport = json.get("direction").asText().equals(Names.word(Direction.IMPORT));
        return new Pipeline(
                document.id(),
                json.get("code").asText(),
                json.get("name").asText(),
                json.get("dataset").asText(),
                new FileFormat(
                        format.get("name").asText(), format.get("headerRow").asInt(), new FormatOptions(options)),
                isImport ? MappingDefinition.importFromJson(mapping) : MappingDefinition.exportFromJson(mapping),
                document.revision(),
                json.get("contentHash").asText(),
                json.get("createdBy").asText(),
                Instant.parse(json.get("createdAt").asText()),
                Instant.parse(json.get("updatedAt").asText()));
    }
}
