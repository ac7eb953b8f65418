// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk.testserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** JSON objects to and from maps. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static Optional<Map<String, Object>> parse(byte[] bytes) {
        try {
            return Optional.ofNullable(MAPPER.readValue(bytes, new TypeReference<Map<String, Object>>() {}));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("only maps, lists, texts, numbers and booleans can be written", e);
        }
    }
}
