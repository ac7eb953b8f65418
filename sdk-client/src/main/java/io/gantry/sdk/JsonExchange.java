// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A request that is answered by a JSON object.
 *
 * @param what the purpose of the request, for messages
 * @param url the address
 * @param method the HTTP method; a POST creates something, so it is not repeated once the server may have it
 * @param body the body, or null
 * @param isReplayable whether the body can be sent again
 */
record JsonExchange(
        String what, HttpUrl url, String method, @Nullable RequestBody body, boolean isReplayable)
        implements Exchange<JsonAnswer> {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final int LIMIT = 16 * 1024 * 1024;

    static JsonExchange get(String what, HttpUrl url) {
        return new JsonExchange(what, url, "GET", null, true);
    }

    static JsonExchange of(String what, HttpUrl url, String method, Map<String, ?> body) {
        byte[] json = Json.write(body).getBytes(StandardCharsets.UTF_8);
        return new JsonExchange(what, url, method, RequestBody.create(json, JSON), true);
    }

    @Override
    public Request.Builder request() {
        return new Request.Builder().url(url).method(method, body);
    }

    @Override
    public boolean isIdempotent() {
        return !method.equals("POST");
    }

    @Override
    public JsonAnswer read(Response response, Operation operation) throws IOException {
        return answer(this, response, operation);
    }

    /** The JSON object that answers any exchange. */
    static JsonAnswer answer(Exchange<?> exchange, Response response, Operation operation) throws IOException {
        Circumstances facts = operation.facts(response.code(), List.of());
        byte[] body = response.body().byteStream().readNBytes(LIMIT + 1);
        if (body.length > LIMIT) {
            throw new ProtocolException(
                    ErrorCode.ANSWER_TOO_LARGE,
                    "could not " + exchange.what() + ": the answer has more than " + LIMIT + " bytes",
                    facts);
        }
        Map<String, Object> fields = Json.parse(body)
                .orElseThrow(() -> new ProtocolException(
                        ErrorCode.NOT_JSON,
                        "could not " + exchange.what() + ": "
                                + exchange.shown(response.request().url()) + " answered HTTP " + response.code()
                                + " with " + describe(body, response.body().contentType())
                                + " where a JSON object was due; check the base URL and any proxy in between",
                        facts));
        return new JsonAnswer(exchange.what(), fields, response.headers(), facts);
    }

    private static String describe(byte[] body, @Nullable MediaType type) {
        if (body.length == 0) {
            return "an empty body";
        }
        return body.length + " bytes of " + (type == null ? "no stated type" : type.type() + "/" + type.subtype());
    }
}
