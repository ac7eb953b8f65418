// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk.testserver;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Who is let in: everybody, until something is required. Guarded by the server's lock. */
final class Guard {
    private final Set<String> tokens = new HashSet<>();
    private final Set<String> fetched = new HashSet<>();
    private final Set<String> keys = new HashSet<>();
    private final Map<String, String> clients = new HashMap<>();
    private int numbers;

    void allowToken(String token) {
        tokens.add(token);
    }

    void allowKey(String key) {
        keys.add(key);
    }

    void allowClient(String id, String secret) {
        clients.put(id, secret);
    }

    void expireTokens() {
        fetched.clear();
    }

    boolean admits(RecordedRequest request) {
        if (tokens.isEmpty() && keys.isEmpty() && clients.isEmpty()) {
            return true;
        }
        String bearer = request.header("authorization").orElse("").replaceFirst("^Bearer ", "");
        return tokens.contains(bearer)
                || fetched.contains(bearer)
                || request.header("x-synthetic-key").filter(keys::contains).isPresent();
    }

    Answer token(RecordedRequest request) {
        Map<String, String> form = form(request.text());
        String secret = form.getOrDefault("client_secret", "");
        boolean known = clients.isEmpty() || secret.equals(clients.get(form.get("client_id")));
        if (!known || !"client_credentials".equals(form.get("grant_type"))) {
            return Answer.json(400, Map.of("error", "invalid_client"));
        }
        String token = "access-token-" + ++numbers;
        fetched.add(token);
        return Answer.json(200, Map.of("access_token", token, "token_type", "Bearer", "expires_in", 300));
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }
}
