// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One error or warning in the server's own words, from a job document or the body of a failed answer. The protocol does
 * not specify the shape of messages, so all their fields are kept in {@link #fields()}. Messages of exceptions have known
 * credentials masked, messages of documents have not.
 */
public final class ServerMessage {
    private static final List<String> TEXT_KEYS =
            List.of("message", "error_message", "error_description", "detail", "description", "reason", "title");
    private static final List<String> CODE_KEYS = List.of("code", "error_code", "errorCode", "type");

    private final @Nullable String code;
    private final String text;
    private final Map<String, Object> fields;

    private ServerMessage(@Nullable String code, String text, Map<String, Object> fields) {
        this.code = code;
        this.text = text;
        this.fields = fields;
    }

    /** {@return the code of the message, if it has one} */
    public Optional<String> code() {
        return Optional.ofNullable(code);
    }

    /** {@return the text of the message; never empty} */
    public String text() {
        return text;
    }

    /** {@return all fields of the message, if it is a JSON object; values are as in {@link Job#fields()}} */
    public Map<String, Object> fields() {
        return fields;
    }

    /** {@return code and text} */
    @Override
    public String toString() {
        return code == null ? text : code + ": " + text;
    }

    /** The same message as an exception may carry it. */
    ServerMessage masked(UnaryOperator<String> hide) {
        return new ServerMessage(
                code == null ? null : hide.apply(code), hide.apply(text), Json.object(Json.mapStrings(fields, hide)));
    }

    /** The messages in a list, a single message or nothing; null, false and empty values are nothing. */
    static List<ServerMessage> listOf(@Nullable Object value) {
        List<ServerMessage> messages = new ArrayList<>();
        for (Object each : value instanceof List<?> list ? list : value == null ? List.of() : List.of(value)) {
            if (each == null
                    || Boolean.FALSE.equals(each)
                    || "".equals(each)
                    || Map.of().equals(each)) {
                continue;
            }
            messages.add(of(each));
        }
        return List.copyOf(messages);
    }

    /** The messages in the body of a failed answer, whichever of the usual shapes it has. */
    static List<ServerMessage> ofErrorBody(Map<String, Object> body) {
        List<ServerMessage> listed = listOf(body.get("errors"));
        if (!listed.isEmpty()) {
            return listed;
        }
        if (body.get("error") instanceof Map<?, ?> nested) {
            return listOf(nested);
        }
        boolean says = TEXT_KEYS.stream().anyMatch(body::containsKey) || body.containsKey("error");
        return says ? listOf(body) : List.of();
    }

    private static ServerMessage of(Object value) {
        if (!(value instanceof Map<?, ?>)) {
            return new ServerMessage(null, String.valueOf(value), Map.of());
        }
        Map<String, Object> fields = Json.object(value);
        String code = first(fields, CODE_KEYS);
        String text = first(fields, TEXT_KEYS);
        String error = Json.text(fields, "error").orElse(null);
        if (text == null) {
            text = error == null ? Json.write(fields) : error;
        } else if (code == null) {
            code = error;
        }
        return new ServerMessage(code, text, fields);
    }

    private static @Nullable String first(Map<String, Object> fields, List<String> keys) {
        return keys.stream()
                .flatMap(key -> Json.text(fields, key).stream())
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse(null);
    }
}
