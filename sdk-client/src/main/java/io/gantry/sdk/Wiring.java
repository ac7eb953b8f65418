// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a client.
 *
 * @param settings the settings, which do not change any more
 * @param address the server and tenant
 * @param transport the HTTP library's client
 * @param secrets masks credentials in messages
 * @param http sends requests
 * @param calls carries out the users' calls
 */
record Wiring(
        ImpexClient.Builder settings,
        ServerAddress address,
        OkHttpClient transport,
        Secrets secrets,
        Http http,
        Calls calls) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(3);
    private static final int KEPT_CONNECTIONS = 5;
    /** Headers that belong to one request or connection, which the HTTP library alone can set right. */
    private static final Set<String> RESERVED_HEADERS = Set.of(
            "host",
            "content-length",
            "content-type",
            "content-encoding",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "range",
            "if-range",
            "proxy-authorization");

    /** Builds the parts of a client, or fails with all problems of its settings. */
    static Wiring of(ImpexClient.Builder settings) {
        List<String> problems = new ArrayList<>();
        ServerAddress address = collect(problems, () -> address(settings));
        Credentials credentials = collect(problems, () -> credentials(settings));
        problems.addAll(problemsOf(settings));
        if (address == null || credentials == null || !problems.isEmpty()) {
            throw invalid(String.join("; ", problems));
        }
        settings.credentials = credentials;
        Collection<String> proxy = settings.proxyLogin == null ? List.of() : settings.proxyLogin.secrets();
        Collection<String> hidden = Stream.of(credentials.secrets(), proxy)
                .flatMap(Collection::stream)
                .toList();
        Secrets secrets = new Secrets(hidden, settings.headers.values());
        OkHttpClient transport = transport(settings);
        Http http = new Http(
                transport,
                new RequestHeaders(address, credentials, settings.headers, settings.userAgent),
                new Failures(secrets, settings.time),
                settings);
        return new Wiring(settings, address, transport, secrets, http, new Calls(settings.executor, settings.time));
    }

    /** The client's waiting with the changes of a request. */
    Waiting waiting(CallOptions options) {
        return options.waiting().apply(settings.waiting);
    }

    /** A new call of the user. */
    Operation operation(CallOptions options) {
        return operation(waiting(options), options.listener());
    }

    /** A call that uploads, and closes a stream that was handed in. */
    Operation operation(ImportRequest request) {
        return operation(request.options()).owning(request::release);
    }

    Operation operation(Waiting waiting, ImpexListener own) {
        List<ImpexListener> listeners = Stream.of(settings.listener, own)
                .filter(listener -> listener != ImpexListener.NONE)
                .toList();
        return new Operation(settings.time, new GuardedListener(listeners), waiting.deadline(), secrets);
    }

    /** A call of a single step, which has no settings of its own. */
    Operation step() {
        return operation(settings.waiting, ImpexListener.NONE);
    }

    private static ServerAddress address(ImpexClient.Builder settings) {
        String tenant = settings.tenant;
        if (settings.baseUrl != null) {
            return ServerAddress.parse(settings.baseUrl, tenant);
        }
        if (settings.environment != null) {
            if (tenant == null) {
                throw invalid("an environment requires a tenant; set it by tenant(...)");
            }
            return ServerAddress.ofEnvironment(settings.environment, tenant);
        }
        ServerAddress former = settings.derivedFrom;
        if (former != null) {
            return tenant == null ? former : former.withTenant(tenant);
        }
        String variable = settings.variables.getOrDefault("CSPARK_BASE_URL", "");
        if (variable.isBlank()) {
            throw invalid(
                    "no server is given; set baseUrl(...), environment(...) with tenant(...), or CSPARK_BASE_URL");
        }
        return ServerAddress.parseDefault(variable, tenant);
    }

    private static Credentials credentials(ImpexClient.Builder settings) {
        Credentials given = settings.credentials;
        return given != null
                ? given
                : Credentials.in(settings.variables)
                        .orElseThrow(() -> invalid("no credentials are given; set credentials(...), with"
                                + " Credentials.none() for an open server, or one of the CSPARK_ variables"));
    }

    private static List<String> problemsOf(ImpexClient.Builder settings) {
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, String> header : settings.headers.entrySet()) {
            if (!header.getKey().matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
                problems.add("'" + header.getKey() + "' is no name for a header");
            } else if (RESERVED_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                problems.add("the header '" + header.getKey()
                        + "' depends on each request and is set by the HTTP library; leave it away");
            } else if (header.getValue().chars().anyMatch(c -> c < 0x20 && c != '\t' || c > 0x7e)) {
                problems.add(
                        "the value of header '" + header.getKey() + "' has characters that are no printable ASCII");
            }
        }
        if (settings.requestRetries < 0) {
            problems.add("requestRetries is " + settings.requestRetries + "; it has to be 0 or more");
        }
        Duration timeout = settings.timeout;
        if (timeout != null && (timeout.toMillis() < 1 || timeout.toMillis() > Integer.MAX_VALUE)) {
            problems.add("timeout is " + timeout + "; it has to be from 1 ms to 24 days");
        }
        Duration idle = settings.idleTimeout;
        if (idle != null && (idle.isNegative() || idle.compareTo(Duration.ofDays(1)) > 0)) {
            problems.add("idleTimeout is " + idle + "; it has to be from 0 to one day");
        }
        if (!settings.userAgent.chars().allMatch(c -> c >= 0x20 && c <= 0x7e)) {
            problems.add("the user agent has characters that are no printable ASCII");
        }
        return problems;
    }

    private static OkHttpClient transport(ImpexClient.Builder settings) {
        OkHttpClient given = settings.httpClient != null ? settings.httpClient : settings.shared;
        OkHttpClient.Builder builder = (given == null ? new OkHttpClient() : given)
                .newBuilder()
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false);
        if (!builder.networkInterceptors().contains(AnswerGuard.INSTANCE)) {
            builder.addNetworkInterceptor(AnswerGuard.INSTANCE);
        }
        Duration timeout = settings.timeout == null && settings.httpClient == null ? DEFAULT_TIMEOUT : settings.timeout;
        if (timeout != null) {
            builder.connectTimeout(timeout).readTimeout(timeout).writeTimeout(timeout);
        }
        ConnectionPool pool = settings.pool;
        builder.connectionPool(pool == null ? pool(settings) : pool);
        if (settings.proxy != null) {
            builder.proxy(settings.proxy);
        }
        if (settings.proxyLogin != null) {
            builder.proxyAuthenticator(settings.proxyLogin);
        } else if (given == null || given.proxyAuthenticator() == Authenticator.NONE) {
            builder.proxyAuthenticator(ProxyLogin.MISSING);
        }
        return builder.build();
    }

    /** Connections of the client's own, not kept for so long that the server has closed them when they are used again. */
    private static ConnectionPool pool(ImpexClient.Builder settings) {
        Duration idle = settings.idleTimeout == null ? DEFAULT_IDLE_TIMEOUT : settings.idleTimeout;
        return new ConnectionPool(
                idle.isZero() ? 0 : KEPT_CONNECTIONS, Math.max(1, idle.toMillis()), TimeUnit.MILLISECONDS);
    }

    private static <T> @Nullable T collect(List<String> problems, Supplier<T> part) {
        try {
            return part.get();
        } catch (ImpexException e) {
            problems.add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static ImpexException invalid(String message) {
        return new ImpexException(ErrorCode.INVALID_CONFIGURATION, message);
    }
}
