// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk.testserver;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request as it came. */
public final class RecordedRequest {
    private final Stage stage;
    private final String method;
    private final String path;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    RecordedRequest(Stage stage, String method, String path, Map<String, List<String>> headers, byte[] body) {
        this.stage = stage;
        this.method = method;
        this.path = path;
        this.headers = headers;
        this.body = body;
    }

    /** {@return what the request was about} */
    public Stage stage() {
        return stage;
    }

    /** {@return the HTTP method} */
    public String method() {
        return method;
    }

    /** {@return path and query, still encoded} */
    public String path() {
        return path;
    }

    /**
     * {@return the first value of a header}
     *
     * @param name the header's name in upper or lower case
     */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** {@return a copy of the body; empty if there was none} */
    public byte[] body() {
        return body.clone();
    }

    /** {@return the body as UTF-8 text} */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * {@return the content of a part of a multipart body, such as {@code importRequestEntity} or {@code file}}
     *
     * @param name the part's name
     */
    public Optional<byte[]> part(String name) {
        return header("content-type")
                .flatMap(type -> Multipart.part(type, body, name))
                .map(bytes -> Arrays.copyOf(bytes, bytes.length));
    }

    /** {@return method, path and size} */
    @Override
    public String toString() {
        return method + " " + path + " (" + body.length + " bytes)";
    }
}
