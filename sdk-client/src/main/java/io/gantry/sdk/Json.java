// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * JSON as plain immutable values (maps, lists, strings, numbers, booleans, null), so that unknown fields are kept and
 * no type of the JSON library shows outside.
 */
final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final ObjectReader LENIENT = MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    /** The JSON object in these bytes, or empty if they hold anything else. */
    static Optional<Map<String, Object>> parse(byte[] bytes) {
        try {
            Object value = MAPPER.readValue(bytes, Object.class);
            return value instanceof Map<?, ?> ? Optional.of(object(mapStrings(value, text -> text))) : Optional.empty();
        } catch (IOException e) {
            // The parser's message may quote the content, so it goes no further.
            return Optional.empty();
        }
    }

    /** The JSON value at the beginning of these bytes, whatever follows it; null if there is none. */
    static @Nullable Object first(byte[] bytes) {
        try {
            return mapStrings(LENIENT.readValue(bytes, Object.class), text -> text);
        } catch (IOException e) {
            return null;
        }
    }

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values are always writable", e);
        }
    }

    /** A deep immutable copy in which every text, though no key, is changed. */
    static @Nullable Object mapStrings(@Nullable Object value, UnaryOperator<String> change) {
        if (value instanceof String text) {
            return change.apply(text);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(each -> copy.add(mapStrings(each, change)));
            return Collections.unmodifiableList(copy);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, each) -> copy.put((String) key, mapStrings(each, change)));
            return Collections.unmodifiableMap(copy);
        }
        return value;
    }

    /** The value as an object; anything that is none counts as an empty one. */
    @SuppressWarnings("unchecked") // keys of parsed objects are always strings
    static Map<String, Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** The objects in a list; anything that is no list counts as an empty one. */
    static List<Map<String, Object>> objects(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().filter(Map.class::isInstance).map(Json::object).toList()
                : List.of();
    }

    /** A text or a number as text; absent for null and for everything else. */
    static Optional<String> text(Map<String, Object> fields, String key) {
        Object value = fields.get(key);
        return value instanceof String || value instanceof Number ? Optional.of(value.toString()) : Optional.empty();
    }
}
