// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.net.Proxy;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The client of one tenant of an ImpEx server. It is immutable and thread-safe and keeps connections for later calls, so
 * one client serves a whole program. {@link #derive()} makes clients with other settings.
 *
 * <p>Settings that are missing are taken from the environment variables {@code CSPARK_BASE_URL},
 * {@code CSPARK_CLIENT_ID} with {@code CSPARK_CLIENT_SECRET}, {@code CSPARK_OAUTH_PATH}, {@code CSPARK_API_KEY} and
 * {@code CSPARK_BEARER_TOKEN}; of several credentials the one named first is used. Settings of the
 * builder take precedence.
 */
public final class ImpexClient implements AutoCloseable {
    private final Wiring wiring;
    private final Impex impex;

    private ImpexClient(Wiring wiring) {
        this.wiring = wiring;
        this.impex = new Impex(wiring);
    }

    /** {@return a builder with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return exports and imports} */
    public Impex impex() {
        return impex;
    }

    /**
     * {@return a builder with all settings of this client, credentials included} The new client shares the connections of
     * this one; closing one of them leaves the other working.
     */
    public Builder derive() {
        Builder builder = wiring.settings().copy();
        builder.baseUrl = null;
        builder.environment = null;
        builder.tenant = null;
        builder.derivedFrom = wiring.address();
        builder.shared = wiring.transport();
        builder.pool = wiring.transport().connectionPool();
        return builder;
    }

    /**
     * Cancels the running calls, waits up to 10 seconds for those on the client's own threads to end, and closes idle
     * connections. It never waits for an executor that was handed in, which stays open, as does an HTTP client that was
     * handed in. The jobs on the server go on.
     */
    @Override
    public void close() {
        wiring.calls().close();
        wiring.transport().connectionPool().evictAll();
    }

    /** {@return the server, the tenant and the kind of credentials} */
    @Override
    public String toString() {
        return "ImpexClient[" + ServerAddress.shown(wiring.address().base()) + ", tenant="
                + wiring.address().tenant() + ", " + wiring.settings().credentials + "]";
    }

    /** Builds clients. Not thread-safe. */
    public static final class Builder {
        private static final int DEFAULT_REQUEST_RETRIES = 3;

        @Nullable
        String baseUrl;

        @Nullable
        String tenant;

        @Nullable
        String environment;

        @Nullable
        Credentials credentials;

        Map<String, String> variables = System.getenv();
        Map<String, String> headers = Map.of();

        @Nullable
        Duration timeout;

        int requestRetries = DEFAULT_REQUEST_RETRIES;
        Waiting waiting = Waiting.defaults();

        @Nullable
        Proxy proxy;

        @Nullable
        ProxyLogin proxyLogin;

        @Nullable
        Duration idleTimeout;

        String userAgent = "";

        @Nullable
        OkHttpClient httpClient;

        @Nullable
        Executor executor;

        ImpexListener listener = ImpexListener.NONE;
        Time time = Time.SYSTEM;
        Supplier<UUID> ids = UUID::randomUUID;
        DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

        @Nullable
        ServerAddress derivedFrom;

        @Nullable
        OkHttpClient shared;

        @Nullable
        ConnectionPool pool;

        private Builder() {}

        /**
         * Sets the address of the server.
         *
         * @param url an http or https URL, with the tenant as the last part of its path or given by
         *     {@link #tenant(String)}
         * @return this builder
         */
        public Builder baseUrl(String url) {
            this.baseUrl = url;
            this.environment = null;
            return this;
        }

        /**
         * Sets the tenant.
         *
         * @param name the tenant's name; needed unless the base URL ends in it
         * @return this builder
         */
        public Builder tenant(String name) {
            this.tenant = name;
            return this;
        }

        /**
         * Sets the server by the name of an environment of the public platform, instead of by a base URL.
         *
         * @param name one or two labels, such as {@code us} or {@code uat.us}; requires {@link #tenant(String)}
         * @return this builder
         */
        public Builder environment(String name) {
            this.environment = name;
            this.baseUrl = null;
            return this;
        }

        /**
         * Sets the credentials.
         *
         * @param credentials used instead of all credentials in environment variables
         * @return this builder
         */
        public Builder credentials(Credentials credentials) {
            this.credentials = credentials;
            return this;
        }

        /**
         * Sets the environment variables that provide defaults, instead of those of the process.
         *
         * @param variables names and values; an empty map means no defaults
         * @return this builder
         */
        public Builder variables(Map<String, String> variables) {
            this.variables = Map.copyOf(variables);
            return this;
        }

        /**
         * Adds a header to every request to the server. The client's own headers cannot be replaced. Headers that depend on
         * a single request or connection, such as {@code Host} or {@code Content-Length}, are refused by {@link #build()}.
         * Other servers, such as those that files are downloaded from, do not receive the header.
         *
         * @param name the header's name
         * @param value its value; masked in messages where it stands as a word of its own
         * @return this builder
         */
        public Builder header(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            this.headers = Collections.unmodifiableMap(more);
            return this;
        }

        /**
         * Sets the time limit for establishing a connection and for each pause in a transfer.
         *
         * @param timeout 60 seconds by default, or the limits of the client that was handed in; 1 ms to 24 days
         * @return this builder
         */
        public Builder timeout(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        /**
         * Sets how often a single HTTP request is repeated where that is safe: after 408, 429 and 503, after a connection
         * that could not be established, and for requests that change nothing also after 502, 504 and a lost connection. An
         * idle connection that the server has closed is replaced once without counting. {@link Waiting#maxRetries(int)}
         * limits the status checks, not these repetitions.
         *
         * @param times 3 by default; 0 means never
         * @return this builder
         */
        public Builder requestRetries(int times) {
            this.requestRetries = times;
            return this;
        }

        /**
         * Sets how calls wait for jobs, unless their requests set it.
         *
         * @param waiting {@link Waiting#defaults()} by default
         * @return this builder
         */
        public Builder waiting(Waiting waiting) {
            this.waiting = waiting;
            return this;
        }

        /**
         * Sets a proxy.
         *
         * @param proxy used for all requests; by default the proxy settings of the JVM apply
         * @return this builder
         */
        public Builder proxy(Proxy proxy) {
            this.proxy = proxy;
            return this;
        }

        /**
         * Sets a proxy that demands a user name and password, which are sent to it alone (scheme Basic).
         *
         * @param proxy used for all requests
         * @param user the user name
         * @param password the password
         * @return this builder
         */
        public Builder proxy(Proxy proxy, String user, String password) {
            this.proxyLogin = ProxyLogin.of(user, password);
            return proxy(proxy);
        }

        /**
         * Sets how long a connection without a request is kept for the next one. It has to be shorter than the server
         * waits before it closes such a connection, which is 5 seconds on many servers.
         *
         * @param idleTimeout 3 seconds by default, also with a client that was handed in; 0 to one day, where 0 keeps none
         * @return this builder
         */
        public Builder idleTimeout(Duration idleTimeout) {
            this.idleTimeout = idleTimeout;
            this.pool = null;
            return this;
        }

        /**
         * Adds the name of the application to the header {@code User-Agent}.
         *
         * @param suffix follows the client's own name, such as {@code billing/2.1}; printable ASCII
         * @return this builder
         */
        public Builder userAgent(String suffix) {
            this.userAgent = suffix.strip();
            return this;
        }

        /**
         * Sets the HTTP client to build on, with its TLS settings, interceptors and timeouts. Connections, redirects and
         * repetitions are always this client's own. It is not closed with this client.
         *
         * @param client an OkHttp client
         * @return this builder
         */
        public Builder httpClient(OkHttpClient client) {
            this.httpClient = client;
            return this;
        }

        /**
         * Sets where asynchronous calls are carried out, instead of on threads of the client's own. Each of them occupies
         * a thread while it waits. Blocking calls, deadlines, cancellation and the completion of futures, with the
         * callbacks that depend on them, use the client's own threads, so a callback may call the client again whatever the
         * executor is busy with. The executor is not shut down with this client.
         *
         * @param executor may have a single thread
         * @return this builder
         */
        public Builder executor(Executor executor) {
            this.executor = executor;
            return this;
        }

        /**
         * Sets a listener for all calls.
         *
         * @param listener receives an event for every request, status check and part of a transfer
         * @return this builder
         */
        public Builder listener(ImpexListener listener) {
            this.listener = listener;
            return this;
        }

        /**
         * Makes the client. Nothing is sent.
         *
         * @return the client, to be closed by the caller
         * @throws ImpexException with {@link ErrorCode#INVALID_CONFIGURATION}, naming every invalid setting
         */
        public ImpexClient build() {
            return new ImpexClient(Wiring.of(copy()));
        }

        private Builder copy() {
            Builder copy = new Builder();
            copy.baseUrl = baseUrl;
            copy.tenant = tenant;
            copy.environment = environment;
            copy.credentials = credentials;
            copy.variables = variables;
            copy.headers = headers;
            copy.timeout = timeout;
            copy.requestRetries = requestRetries;
            copy.waiting = waiting;
            copy.proxy = proxy;
            copy.proxyLogin = proxyLogin;
            copy.idleTimeout = idleTimeout;
            copy.userAgent = userAgent;
            copy.httpClient = httpClient;
            copy.executor = executor;
            copy.listener = listener;
            copy.time = time;
            copy.ids = ids;
            copy.random = random;
            copy.derivedFrom = derivedFrom;
            copy.shared = shared;
            copy.pool = pool;
            return copy;
        }
    }
}
