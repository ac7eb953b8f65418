// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk.testserver;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the server answers. */
record Answer(int status, Map<String, String> headers, byte[] body) {

    static Answer json(int status, Object value) {
        return new Answer(status, Map.of("Content-Type", "application/json"), Json.write(value));
    }

    static Answer error(int status, String code, String message) {
        return json(status, Map.of("errors", List.of(Map.of("code", code, "message", message))));
    }

    static Answer of(Fault fault) {
        return new Answer(
                        fault.status(),
                        Map.of("Content-Type", fault.contentType()),
                        fault.body().getBytes(StandardCharsets.UTF_8))
                .with(fault.headers());
    }

    Answer with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Answer(status, all, body);
    }
}
