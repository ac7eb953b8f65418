// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * The headers of every request. Those of the user go first and cannot replace those of the client; credentials go last.
 * Credentials and other headers that identify the caller are sent to the server's own origin only.
 */
record RequestHeaders(ServerAddress address, Credentials credentials, Map<String, String> extra, String agentSuffix) {
    static final String REQUEST_ID = "x-request-id";

    private static final String VERSION = Version.CLIENT;
    private static final String USER_AGENT = "Gantry Java SDK v" + VERSION + " (Java/" + Version.JAVA + ")";
    private static final String SDK_AGENT = "agent=gantry-java-sdk/" + VERSION + "; env=Java/" + Version.JAVA;

    Request on(Exchange<?> exchange, HttpUrl url, Attempt attempt) {
        Request own = exchange.request().url(url).build();
        Request.Builder request = own.newBuilder();
        own.headers().names().forEach(request::removeHeader);
        boolean trusted = address.owns(url);
        if (trusted) {
            extra.forEach(request::header);
        }
        // Left to the HTTP library, which unpacks only what it has asked for itself.
        request.removeHeader("Accept-Encoding");
        request.header("Accept", "*/*")
                .header("User-Agent", agentSuffix.isEmpty() ? USER_AGENT : USER_AGENT + " " + agentSuffix);
        own.headers().forEach(header -> request.header(header.getFirst(), header.getSecond()));
        if (trusted || !exchange.isAuthorised()) {
            request.header("x-spark-ua", SDK_AGENT)
                    .header("x-tenant-name", address.tenant())
                    .header(REQUEST_ID, attempt.requestId());
        }
        if (authorise(exchange, url)) {
            addCredentials(request, attempt.accessToken());
        }
        return request.build();
    }

    /** Whether credentials go with the exchange to this address. */
    boolean authorise(Exchange<?> exchange, HttpUrl url) {
        return exchange.isAuthorised() && address.owns(url);
    }

    private void addCredentials(Request.Builder request, @Nullable String accessToken) {
        switch (credentials.kind()) {
            case TOKEN -> request.header("Authorization", "Bearer " + credentials.secret());
            case API_KEY -> request.header("x-synthetic-key", credentials.secret());
            case CLIENT_CREDENTIALS, SUPPLIED -> {
                // There is none if another server has sent the request here.
                if (accessToken != null) {
                    request.header("Authorization", "Bearer " + accessToken);
                }
            }
            case NONE -> {}
        }
    }
}
