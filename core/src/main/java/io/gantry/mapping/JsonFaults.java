// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.check.Faults;
import io.gantry.check.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One object of a JSON definition: gives its properties by type, and gathers what is wrong with them. */
final class JsonFaults {

    /** Strangers send definitions: their size is bounded, and no property may come twice. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(32)
                        .maxDocumentLength(4L << 20)
                        .build());
    }

    private final JsonNode node;
    private final String path;
    private final Faults faults;
    private final Set<String> known = new LinkedHashSet<>();

    JsonFaults(JsonNode node, String path, Faults faults) {
        this.node = node;
        this.path = path;
        this.faults = faults;
    }

    static JsonNode parse(String json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            if (!node.isObject()) {
                throw new GantryException(ErrorCode.INVALID_DEFINITION, "A definition must be a JSON object");
            }
            return node;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new GantryException(
                    ErrorCode.INVALID_DEFINITION, "The definition is not JSON: " + e.getOriginalMessage() + where);
        }
    }

    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    Faults faults() {
        return faults;
    }

    boolean has(String name) {
        known.add(name);
        return node.hasNonNull(name);
    }

    private @Nullable JsonNode get(String name) {
        known.add(name);
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** Text; numbers and truth values are taken as they are written. */
    @Nullable
    String text(String name) {
        JsonNode value = get(name);
        if (value != null && !value.isValueNode()) {
            faults.add(at(name), "must be a text");
            return null;
        }
        return value == null ? null : value.asText();
    }

    /** Text, and nothing that would have to be made one. */
    @Nullable
    String string(String name) {
        JsonNode value = get(name);
        if (value != null && !value.isTextual()) {
            faults.add(at(name), "must be a text");
            return null;
        }
        return value == null ? null : value.textValue();
    }

    /** Text that names something. */
    @Nullable
    String name(String name) {
        String text = string(name);
        if (text != null && text.isBlank()) {
            faults.add(at(name), "must not be blank");
        }
        return text;
    }

    /** Text or a number, as it is written. */
    @Nullable
    String scalar(String name) {
        JsonNode value = get(name);
        if (value != null && !value.isTextual() && !value.isNumber()) {
            faults.add(at(name), "must be a text or a number");
            return null;
        }
        return value == null ? null : value.asText();
    }

    boolean flag(String name) {
        JsonNode value = get(name);
        if (value != null && !value.isBoolean()) {
            faults.add(at(name), "must be true or false");
            return false;
        }
        return value != null && value.booleanValue();
    }

    int integer(String name, int otherwise) {
        JsonNode value = get(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.canConvertToExactIntegral() || !value.canConvertToInt()) {
            faults.add(at(name), "must be a whole number");
            return otherwise;
        }
        return value.intValue();
    }

    /** A whole number of a range. */
    int integer(String name, int otherwise, int least, int most) {
        int value = integer(name, otherwise);
        if (value != otherwise && (value < least || value > most)) {
            faults.add(
                    at(name),
                    most == Integer.MAX_VALUE
                            ? least == 0 ? "must be greater than or equal to 0" : "must be greater than " + (least - 1)
                            : "must be from " + least + " to " + most);
            return otherwise;
        }
        return value;
    }

    /** A number of a range. */
    double number(String name, double otherwise, double least, double most) {
        double value = number(name, otherwise);
        if (value < least || value > most) {
            faults.add(at(name), String.format(Locale.ROOT, "must be from %.0f to %.0f", least, most));
            return otherwise;
        }
        return value;
    }

    double number(String name, double otherwise) {
        JsonNode value = get(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isNumber()) {
            faults.add(at(name), "must be a number");
            return otherwise;
        }
        return value.doubleValue();
    }

    <E extends Enum<E>> E choice(String name, Class<E> type, E otherwise) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        for (E constant : type.getEnumConstants()) {
            if (Names.word(constant).equals(text)) {
                return constant;
            }
        }
        faults.unknown(
                at(name),
                "choice",
                text,
                Arrays.stream(type.getEnumConstants()).map(Names::word).toList());
        return otherwise;
    }

    /** A list of choices; empty when there is none, or something is wrong with it. */
    <E extends Enum<E>> List<E> choices(String name, Class<E> type) {
        List<E> choices = new ArrayList<>();
        List<String> texts = texts(name);
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            Arrays.stream(type.getEnumConstants())
                    .filter(constant -> Names.word(constant).equals(text))
                    .findFirst()
                    .ifPresentOrElse(
                            choices::add,
                            () -> faults.unknown(
                                    at(name),
                                    "choice",
                                    text,
                                    Arrays.stream(type.getEnumConstants())
                                            .map(Names::word)
                                            .toList()));
        }
        return choices;
    }

    List<String> texts(String name) {
        JsonNode value = get(name);
        if (value == null) {
            return List.of();
        }
        return texts(value, at(name));
    }

    private List<String> texts(JsonNode value, String where) {
        if (!value.isArray()) {
            faults.add(where, "must be a list of texts");
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            if (value.get(i).isValueNode() && !value.get(i).isNull()) {
                texts.add(value.get(i).asText());
            } else {
                faults.add(where + "[" + i + "]", "must be a text");
            }
        }
        return texts;
    }

    /** A list of texts, and of nothing that would have to be made one. */
    List<String> strings(String name) {
        JsonNode value = get(name);
        for (int i = 0; value != null && value.isArray() && i < value.size(); i++) {
            if (value.get(i).isValueNode()
                    && !value.get(i).isNull()
                    && !value.get(i).isTextual()) {
                faults.add(at(name) + "[" + i + "]", "must be a text");
            }
        }
        return texts(name);
    }

    /** A list of texts that name something. */
    List<String> names(String name) {
        List<String> names = strings(name);
        for (String text : names) {
            if (text.isBlank()) {
                faults.add(at(name), "must not have blank texts");
            }
        }
        return names;
    }

    List<List<String>> lists(String name) {
        JsonNode value = get(name);
        List<List<String>> lists = new ArrayList<>();
        if (value == null) {
            return lists;
        }
        if (!value.isArray()) {
            faults.add(at(name), "must be a list of lists of texts");
            return lists;
        }
        for (int i = 0; i < value.size(); i++) {
            String where = at(name) + "[" + i + "]";
            value.get(i).forEach(each -> {
                if (each.isValueNode() && !each.isNull() && !each.isTextual()) {
                    faults.add(where, "must be a list of texts");
                }
            });
            lists.add(texts(value.get(i), where));
        }
        return lists;
    }

    Map<String, String> map(String name) {
        JsonNode value = get(name);
        Map<String, String> map = new LinkedHashMap<>();
        if (value == null) {
            return map;
        }
        if (!value.isObject()) {
            faults.add(at(name), "must be an object of texts");
            return map;
        }
        value.properties().forEach(entry -> {
            if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                map.put(entry.getKey(), entry.getValue().asText());
            } else {
                faults.add(at(name) + "." + entry.getKey(), "must be a text");
            }
        });
        return map;
    }

    JsonFaults object(String name) {
        JsonNode value = get(name);
        if (value != null && !value.isObject()) {
            faults.add(at(name), "must be an object");
        }
        return new JsonFaults(value != null && value.isObject() ? value : MAPPER.createObjectNode(), at(name), faults);
    }

    List<JsonFaults> objects(String name) {
        JsonNode value = get(name);
        List<JsonFaults> objects = new ArrayList<>();
        if (value == null) {
            return objects;
        }
        if (!value.isArray()) {
            faults.add(at(name), "must be a list of objects");
            return objects;
        }
        for (int i = 0; i < value.size(); i++) {
            String where = at(name) + "[" + i + "]";
            if (value.get(i).isObject()) {
                objects.add(new JsonFaults(value.get(i), where, faults));
            } else {
                faults.add(where, "must be an object");
            }
        }
        return objects;
    }

    /** To be called last: refuses properties that were not asked for, and nulls. */
    void refuseUnknown() {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                faults.unknown(at(name), "property", name, known);
            } else if (node.get(name).isNull()) {
                faults.add(at(name), "must not be null; leave it out");
            }
        });
    }
}
