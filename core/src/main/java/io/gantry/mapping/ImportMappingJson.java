// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gantry.check.Faults;
import io.gantry.check.Names;
import io.gantry.spi.dataset.Duplicates;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.schema.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The mapping of an import as JSON. The published schema is {@code import-mapping.schema.json} beside this class. */
final class ImportMappingJson {

    private static final String CHANGED = "concerns the file, not single rows: one of fail, warn, adapt";

    private ImportMappingJson() {}

    static ImportMapping read(JsonNode json) {
        Faults faults = new Faults("The mapping");
        JsonFaults object = new JsonFaults(json, "", faults);
        List<ColumnMapping> columns = new ArrayList<>();
        for (JsonFaults column : object.objects("columns")) {
            columns.add(column(column));
        }
        if (columns.isEmpty()) {
            faults.add("columns", "must not be empty");
        }
        LoadRule load = load(object.object("load"));
        ErrorPolicy errors = errors(object.object("errors"));
        DriftPolicy drift = drift(object.object("drift"));
        object.string("$schema");
        object.refuseUnknown();
        faults.throwIfAny();
        return new ImportMapping(columns, load, errors, drift);
    }

    private static ColumnMapping column(JsonFaults json) {
        Source source = source(json);
        String to = json.string("to");
        if (to == null) {
            to = source instanceof Source.Named named ? named.name() : "";
        }
        if (to.isBlank()) {
            json.faults().add(json.at("to"), "must name the field of the dataset");
        }
        Reading reading = ReadingJson.read(json);
        Checks checks = new Checks(
                json.flag("required"),
                json.scalar("min"),
                json.scalar("max"),
                json.integer("minLength", 0, 0, Integer.MAX_VALUE),
                json.integer("maxLength", 0, 0, Integer.MAX_VALUE),
                json.string("pattern"),
                json.flag("email"),
                json.texts("oneOf"));
        json.refuseUnknown();
        return new ColumnMapping(to, source, reading, checks);
    }

    private static Source source(JsonFaults json) {
        String from = json.name("from");
        List<String> aliases = json.names("aliases");
        boolean byPosition = json.has("position");
        int position = json.integer("position", 1, 1, Integer.MAX_VALUE);
        String constant = json.text("constant");
        String template = json.name("template");
        List<String> given = new ArrayList<>();
        if (from != null) {
            given.add("from");
        }
        if (byPosition) {
            given.add("position");
        }
        if (constant != null) {
            given.add("constant");
        }
        if (template != null) {
            given.add("template");
        }
        if (given.size() > 1) {
            json.faults().add(json.at(given.get(1)), "contradicts '" + given.get(0) + "': a field has one source");
        }
        if (from == null && json.has("aliases")) {
            json.faults().add(json.at("aliases"), "are other names of 'from', which is not there");
        }
        if (from != null) {
            return new Source.Named(from, aliases);
        }
        if (byPosition) {
            return new Source.Position(position);
        }
        if (constant != null) {
            return new Source.Constant(constant);
        }
        if (template != null) {
            return new Source.Template(template);
        }
        String to = json.string("to");
        if (to == null) {
            json.faults().add(json.at("from"), "must name a column, unless position, constant or template is given");
        }
        return new Source.Named(to == null ? "?" : to, List.of());
    }

    private static LoadRule load(JsonFaults json) {
        LoadMode mode = json.choice("mode", LoadMode.class, LoadMode.INSERT);
        List<String> key = json.strings("key");
        Duplicates duplicates = json.choice("duplicates", Duplicates.class, Duplicates.KEEP_FIRST);
        List<List<String>> uniques = json.lists("uniques");
        List<Reference> references = new ArrayList<>();
        for (JsonFaults reference : json.objects("references")) {
            List<String> fields = reference.strings("fields");
            String dataset = reference.string("dataset");
            List<String> targets = reference.strings("targets");
            reference.refuseUnknown();
            if (dataset == null) {
                json.faults().add(reference.at("dataset"), "must name a dataset");
            } else if (fields.isEmpty() || targets.isEmpty()) {
                json.faults().add(reference.at(fields.isEmpty() ? "fields" : "targets"), "must name a field");
            } else if (fields.size() != targets.size()) {
                json.faults().add(reference.at("targets"), "must name as many fields as 'fields'");
            } else {
                references.add(new Reference(fields, dataset, targets));
            }
        }
        json.refuseUnknown();
        return new LoadRule(mode, key, duplicates, uniques, references);
    }

    private static ErrorPolicy errors(JsonFaults json) {
        ErrorPolicy policy = switch (json.choice("policy", Policy.class, Policy.ALL_OR_NOTHING)) {
            case ALL_OR_NOTHING -> ErrorPolicy.ALL_OR_NOTHING;
            case SKIP_ROWS -> ErrorPolicy.SKIP_ROWS;
            case THRESHOLD -> {
                if (!json.has("maxRows") && !json.has("maxPercent")) {
                    json.faults().add(json.at("maxRows"), "or maxPercent must say how much a threshold allows");
                }
                yield new ErrorPolicy(
                        json.has("maxRows") ? json.integer("maxRows", 0, 0, Integer.MAX_VALUE) : Long.MAX_VALUE,
                        json.number("maxPercent", 100, 0, 100));
            }
        };
        for (String limit : List.of("maxRows", "maxPercent")) {
            if (json.has(limit) && (policy == ErrorPolicy.ALL_OR_NOTHING || policy == ErrorPolicy.SKIP_ROWS)) {
                json.faults().add(json.at(limit), "goes with the policy 'threshold' only");
            }
        }
        json.refuseUnknown();
        return policy;
    }

    private enum Policy {
        ALL_OR_NOTHING,
        SKIP_ROWS,
        THRESHOLD
    }

    private static DriftPolicy drift(JsonFaults json) {
        DriftPolicy plain = DriftPolicy.DEFAULT;
        DriftPolicy policy = new DriftPolicy(
                json.choice("unknown", DriftPolicy.Reaction.class, plain.unknown()),
                json.choice("missing", DriftPolicy.Reaction.class, plain.missing()),
                json.choice("renamed", DriftPolicy.Reaction.class, plain.renamed()),
                json.choice("retyped", DriftPolicy.Reaction.class, plain.retyped()),
                json.choice("changed", DriftPolicy.Reaction.class, plain.changed()));
        if (policy.changed() == DriftPolicy.Reaction.REJECT_ROW) {
            json.faults().add(json.at("changed"), CHANGED);
        }
        json.refuseUnknown();
        return policy;
    }

    static ImportMapping patched(ImportMapping mapping, String field, Map<String, Object> patch) {
        Faults faults = new Faults("The patch");
        List<ColumnMapping> columns = new ArrayList<>(mapping.columns());
        int place = mapping.fields().indexOf(field);
        if (place < 0) {
            faults.unknown("to", "field", field, mapping.fields());
            faults.throwIfAny();
        }
        ObjectNode column = column(columns.get(place));
        patch.forEach((name, value) -> column.set(name, JsonFaults.MAPPER.valueToTree(value)));
        columns.set(place, column(new JsonFaults(column, "columns[" + place + "]", faults)));
        faults.throwIfAny();
        return new ImportMapping(columns, mapping.load(), mapping.errors(), mapping.drift());
    }

    static String write(ImportMapping mapping) {
        ObjectNode json = JsonFaults.MAPPER.createObjectNode();
        ArrayNode columns = json.putArray("columns");
        mapping.columns().forEach(column -> columns.add(column(column)));
        LoadRule load = mapping.load();
        ObjectNode loadJson = json.putObject("load").put("mode", Names.word(load.mode()));
        putTexts(loadJson, "key", load.key());
        loadJson.put("duplicates", Names.word(load.duplicates()));
        if (!load.uniques().isEmpty()) {
            ArrayNode uniques = loadJson.putArray("uniques");
            load.uniques().forEach(unique -> unique.forEach(uniques.addArray()::add));
        }
        if (!load.references().isEmpty()) {
            ArrayNode references = loadJson.putArray("references");
            for (Reference reference : load.references()) {
                ObjectNode entry = references.addObject();
                putTexts(entry, "fields", reference.fields());
                entry.put("dataset", reference.dataset());
                putTexts(entry, "targets", reference.targets());
            }
        }
        errors(json.putObject("errors"), mapping.errors());
        DriftPolicy drift = mapping.drift();
        json.putObject("drift")
                .put("unknown", Names.word(drift.unknown()))
                .put("missing", Names.word(drift.missing()))
                .put("renamed", Names.word(drift.renamed()))
                .put("retyped", Names.word(drift.retyped()))
                .put("changed", Names.word(drift.changed()));
        return json.toString();
    }

    private static void errors(ObjectNode json, ErrorPolicy errors) {
        if (errors.equals(ErrorPolicy.ALL_OR_NOTHING)) {
            json.put("policy", Names.word(Policy.ALL_OR_NOTHING));
        } else if (errors.equals(ErrorPolicy.SKIP_ROWS)) {
            json.put("policy", Names.word(Policy.SKIP_ROWS));
        } else {
            json.put("policy", Names.word(Policy.THRESHOLD));
            if (errors.maxRows() != Long.MAX_VALUE) {
                json.put("maxRows", errors.maxRows());
            }
            json.put("maxPercent", errors.maxPercent());
        }
    }

    private static ObjectNode column(ColumnMapping column) {
        ObjectNode json = JsonFaults.MAPPER.createObjectNode().put("to", column.to());
        Source source = column.source();
        if (source instanceof Source.Named named) {
            json.put("from", named.name());
            putTexts(json, "aliases", named.aliases());
        } else if (source instanceof Source.Position position) {
            json.put("position", position.number());
        } else if (source instanceof Source.Constant constant) {
            json.put("constant", constant.text());
        } else if (source instanceof Source.Template template) {
            json.put("template", template.pattern());
        }
        ReadingJson.write(json, column.reading());
        Checks checks = column.checks();
        putFlag(json, "required", checks.required());
        putText(json, "min", checks.min());
        putText(json, "max", checks.max());
        if (checks.minLength() > 0) {
            json.put("minLength", checks.minLength());
        }
        if (checks.maxLength() > 0) {
            json.put("maxLength", checks.maxLength());
        }
        putText(json, "pattern", checks.pattern());
        putFlag(json, "email", checks.email());
        putTexts(json, "oneOf", checks.oneOf());
        return json;
    }

    static void putTexts(ObjectNode json, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            texts.forEach(json.putArray(name)::add);
        }
    }

    static void putText(ObjectNode json, String name, @Nullable String text) {
        if (text != null) {
            json.put(name, text);
        }
    }

    static void putFlag(ObjectNode json, String name, boolean flag) {
        if (flag) {
            json.put(name, true);
        }
    }
}
