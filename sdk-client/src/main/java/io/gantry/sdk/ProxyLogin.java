// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.Collection;
import java.util.List;
import okhttp3.Authenticator;
import okhttp3.Challenge;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * The credentials for a proxy, sent to the proxy alone.
 *
 * @param header the value of {@code Proxy-Authorization}
 * @param password the password in it
 */
record ProxyLogin(String header, String password) implements Authenticator {
    private static final String AUTHORIZATION = "Proxy-Authorization";
    /** Stands in a challenge that the HTTP library makes up before it has asked a proxy for a tunnel. */
    private static final String PREEMPTIVE = "OkHttp-Preemptive";

    /** For a proxy without a login: reports that the proxy demands one. */
    static final Authenticator MISSING = (route, response) -> {
        if (response.challenges().stream()
                .anyMatch(challenge -> challenge.scheme().equals(PREEMPTIVE))) {
            return null;
        }
        throw new ProxyRefusedException("it demands credentials and none are set");
    };

    static ProxyLogin of(String user, String password) {
        return new ProxyLogin(okhttp3.Credentials.basic(user, password), password);
    }

    /** Texts that must not appear in messages. */
    Collection<String> secrets() {
        return List.of(password, header.substring(header.indexOf(' ') + 1));
    }

    @Override
    public Request authenticate(@Nullable Route route, Response response) throws ProxyRefusedException {
        Request request = response.request();
        boolean isBasic = response.challenges().isEmpty()
                || response.challenges().stream()
                        .map(Challenge::scheme)
                        .anyMatch(scheme -> scheme.equalsIgnoreCase("Basic") || scheme.equals(PREEMPTIVE));
        if (!isBasic) {
            throw new ProxyRefusedException("it wants another scheme than Basic");
        }
        if (request.header(AUTHORIZATION) != null) {
            throw new ProxyRefusedException("HTTP 407");
        }
        return request.newBuilder().header(AUTHORIZATION, header).build();
    }

    @Override
    public String toString() {
        return "ProxyLogin";
    }
}
