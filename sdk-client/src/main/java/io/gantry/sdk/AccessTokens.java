// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;
import java.time.Duration;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Gives the token of each request: the application's supplier is asked each time; an OAuth2 access token is fetched and kept. No lock is held while one is fetched: calls that find none at the same
 * time each fetch one, all of them good, and the last one stays.
 */
final class AccessTokens {
    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Http http;
    private final Credentials credentials;
    private final HttpUrl url;
    private final Secrets secrets;
    private final Time time;
    private volatile @Nullable Token token;

    AccessTokens(Http http, ServerAddress address, Credentials credentials, Secrets secrets, Time time) {
        this.http = http;
        this.credentials = credentials;
        this.secrets = secrets;
        this.time = time;
        HttpUrl given = credentials.tokenUrl().map(HttpUrl::get).orElse(null);
        this.url = given == null ? address.tokenUrl() : given;
    }

    /** The token to send, fetched if need be; null if the credentials are of another kind. */
    @Nullable
    String current(Operation operation) {
        if (credentials.kind() == Credentials.Kind.SUPPLIED) {
            return supplied(operation);
        }
        if (credentials.kind() != Credentials.Kind.CLIENT_CREDENTIALS) {
            return null;
        }
        Token kept = token;
        if (kept == null || kept.expiresNanos() != null && kept.expiresNanos() - time.nanos() <= 0) {
            kept = http.send(operation, new Fetch());
            secrets.add(kept.value());
            token = kept;
        }
        return kept.value();
    }

    /** Whether there may be another token than the one that the server refused. */
    boolean renews(String refused, Operation operation) {
        if (credentials.kind() == Credentials.Kind.SUPPLIED) {
            return !supplied(operation).equals(refused);
        }
        forget(refused);
        return true;
    }

    private String supplied(Operation operation) {
        try {
            String value = credentials.supplied();
            secrets.add(value);
            return value;
        } catch (RuntimeException e) {
            throw new ImpexException(
                    ErrorCode.TOKEN_UNAVAILABLE,
                    "the token supplier gave no token: " + secrets.hide(String.valueOf(e.getMessage())),
                    operation.facts(),
                    e);
        }
    }

    /** Drops a token that the server refused, unless another call has replaced it already. */
    private void forget(String refused) {
        Token kept = token;
        if (kept != null && kept.value().equals(refused)) {
            token = null;
        }
    }

    /** A while before the token expires, so that none expires on its way. */
    private long end(Number seconds) {
        long valid = Math.max(0, Math.min(seconds.longValue(), LONGEST.toSeconds()));
        return time.nanos()
                + Duration.ofSeconds(Math.max(valid - MARGIN.toSeconds(), valid / 2))
                        .toNanos();
    }

    private record Token(String value, @Nullable Long expiresNanos) {}

    private final class Fetch implements Exchange<Token> {
        @Override
        public String what() {
            return "fetch an access token";
        }

        @Override
        public HttpUrl url() {
            return url;
        }

        @Override
        public Request.Builder request() {
            return new Request.Builder()
                    .url(url)
                    .post(new FormBody.Builder()
                            .add("grant_type", "client_credentials")
                            .add("client_id", credentials.clientId())
                            .add("client_secret", credentials.secret())
                            .build());
        }

        @Override
        public Token read(Response response, Operation operation) throws IOException {
            JsonAnswer answer = JsonExchange.answer(this, response, operation);
            String value = answer.require("access_token");
            if (value.chars().anyMatch(c -> c <= 0x20 || c > 0x7e)) {
                throw answer.missing("access_token");
            }
            Object validity = answer.fields().get("expires_in");
            return new Token(value, validity instanceof Number seconds ? end(seconds) : null);
        }

        @Override
        public boolean isAuthorised() {
            return false;
        }

        @Override
        public ErrorCode codeOf(int httpStatus) {
            return httpStatus == 400 || httpStatus == 401 || httpStatus == 403
                    ? ErrorCode.TOKEN_REFUSED
                    : ErrorCode.ofHttpStatus(httpStatus);
        }
    }
}
