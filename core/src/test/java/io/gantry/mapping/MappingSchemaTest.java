// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.gantry.GantryException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The published schema and the engine agree on the shape of a definition. */
class MappingSchemaTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final String EVERYTHING = """
            {"columns": [
                {"from": "No", "aliases": ["Number"], "to": "id", "trim": true, "case": "lower", "min": 1, "max": "9"},
                {"position": 3, "to": "born", "formats": ["iso", "d.M.uu"], "pivot": 2030, "locale": "de-DE"},
                {"from": "Fee", "to": "fee", "ignore": ["€"], "negative": ["trailing", "credit"], "percent": true},
                {"from": "Seen", "to": "seen", "zone": "Europe/Berlin", "clockChange": "later", "required": true},
                {"template": "{A} {B}", "to": "name", "values": {"x": "y", "z": 1}, "unmapped": "keep",
                 "nullTokens": ["-"], "default": true, "minLength": 2, "maxLength": 9, "pattern": ".+", "email": false,
                 "oneOf": ["y", 2, true]},
                {"constant": 7, "to": "kind"}],
             "load": {"mode": "upsert", "key": ["id"], "duplicates": "keep_last", "uniques": [["name", "born"]],
                      "references": [{"fields": ["kind"], "dataset": "kinds", "targets": ["id"]}]},
             "errors": {"policy": "threshold", "maxRows": 5, "maxPercent": 2.5},
             "drift": {"unknown": "warn", "missing": "fail", "renamed": "adapt", "retyped": "reject_row", "changed": "fail"}}
            """;

    private static Schema schema() throws IOException {
        try (InputStream in = ImportMapping.class.getResourceAsStream("import-mapping.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private static List<String> engine(String json) {
        try {
            MappingDefinition.importFromJson(json);
            return List.of();
        } catch (GantryException e) {
            // what a locale, a zone and a pair of lists mean is beyond a schema
            return ((List<?>) e.details().getOrDefault("faults", List.of(String.valueOf(e.getMessage()))))
                    .stream()
                            .map(Object::toString)
                            .filter(fault -> !fault.contains("is not a language tag")
                                    && !fault.contains("is not a time zone")
                                    && !fault.contains("must name as many fields"))
                            .toList();
        }
    }

    @Test
    void a_definition_that_says_everything_is_valid_for_both() throws IOException {
        assertThat(schema().validate(MAPPER.readTree(EVERYTHING))).isEmpty();
        assertThat(engine(EVERYTHING)).isEmpty();
    }

    @Test
    void a_definition_is_valid_by_the_schema_exactly_when_the_engine_accepts_its_shape() throws IOException {
        Schema schema = schema();
        long seed = Long.getLong("gantry.seed", 17L);
        int refused = 0;
        List<String> differences = new ArrayList<>();
        for (int world = 0; world < 3_000; world++) {
            Random random = new Random(seed + world);
            JsonNode definition = MAPPER.readTree(EVERYTHING);
            for (int i = 0; i <= random.nextInt(2); i++) {
                mutate(definition, random);
            }
            List<String> bySchema =
                    schema.validate(definition).stream().map(Object::toString).toList();
            List<String> byEngine = engine(definition.toString());
            if (bySchema.isEmpty() != byEngine.isEmpty()) {
                differences.add("world " + (seed + world) + ": " + definition + "\n  schema: " + bySchema
                        + "\n  engine: " + byEngine);
            }
            refused += bySchema.isEmpty() ? 0 : 1;
        }
        assertThat(differences).isEmpty();
        assertThat(refused).isBetween(500, 2_900);
    }

    /** Changes one place of a definition: drops, adds or replaces something. */
    private static void mutate(JsonNode definition, Random random) {
        List<JsonNode> places = new ArrayList<>();
        gather(definition, places);
        JsonNode place = places.get(random.nextInt(places.size()));
        if (place instanceof ArrayNode array) {
            int at = array.isEmpty() ? 0 : random.nextInt(array.size());
            switch (random.nextInt(4)) {
                case 0 -> array.add(value(random));
                case 1 -> array.removeAll();
                case 2 -> array.insert(at, value(random));
                default -> {
                    if (!array.isEmpty()) {
                        array.remove(at);
                    }
                }
            }
            return;
        }
        ObjectNode object = (ObjectNode) place;
        List<String> names = new ArrayList<>();
        for (Iterator<String> each = object.fieldNames(); each.hasNext(); ) {
            names.add(each.next());
        }
        String name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
        switch (random.nextInt(4)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(WORDS.get(random.nextInt(WORDS.size())), value(random));
            default -> object.set(name, value(random));
        }
    }

    private static final List<String> WORDS = List.of(
            "colour",
            "from",
            "position",
            "constant",
            "template",
            "aliases",
            "trim",
            "percent",
            "negative",
            "pivot",
            "maxRows",
            "maxPercent",
            "policy",
            "mode",
            "key",
            "fields",
            "clockChange",
            "to",
            "$schema");

    private static JsonNode value(Random random) {
        return switch (random.nextInt(14)) {
            case 0 -> NODES.textNode("");
            case 1 -> NODES.textNode("x");
            case 2 -> NODES.numberNode(0);
            case 3 -> NODES.numberNode(-1);
            case 4 -> NODES.numberNode(2.5);
            case 5 -> NODES.numberNode(5_000_000_000L);
            case 6 -> NODES.booleanNode(random.nextBoolean());
            case 7 -> NODES.arrayNode();
            case 8 -> NODES.arrayNode().add("x");
            case 9 -> NODES.objectNode();
            case 10 -> NODES.objectNode().put("x", "y");
            case 11 -> NODES.nullNode();
            case 12 -> NODES.numberNode(2_024);
            default -> NODES.textNode(WORDS.get(random.nextInt(WORDS.size())));
        };
    }

    private static void gather(JsonNode node, List<JsonNode> places) {
        if (node.isContainerNode()) {
            places.add(node);
            node.forEach(child -> gather(child, places));
        }
    }
}
