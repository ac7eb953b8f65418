// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk.testserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * An ImpEx server in memory, on a free port of the loopback interface. It serves every tenant, lets everybody in unless
 * told otherwise, and does every job well unless one is scripted. May be used by any number of threads.
 *
 * <pre>{@code
 * try (ImpexTestServer server = ImpexTestServer.start()) {
 *     server.nextExport(JobScript.succeeding().after(2));
 *     server.fault(Stage.STATUS, Fault.status(503).header("Retry-After", "1"));
 *     ... a client of server.baseUrl("my-tenant") ...
 *     assert server.requests(Stage.START).size() == 1;
 * }
 * }</pre>
 */
public final class ImpexTestServer implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "impex-test-server");
        thread.setDaemon(true);
        return thread;
    });
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Object lock = new Object();
    private final List<RecordedRequest> requests = new ArrayList<>();
    private final Map<Stage, Deque<Fault>> faults = new EnumMap<>(Stage.class);
    private final Tenants tenants;

    private ImpexTestServer() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tenants = new Tenants(url(), Clock.systemUTC());
        http.createContext("/", this::handle);
        http.setExecutor(threads);
        http.start();
    }

    /** {@return a server that is ready, to be closed by the caller} */
    public static ImpexTestServer start() {
        return new ImpexTestServer();
    }

    /**
     * {@return the base URL to give to a client}
     *
     * @param tenant any name
     */
    public String baseUrl(String tenant) {
        return url() + "/" + tenant;
    }

    /**
     * Lets in only who shows this bearer token, or one of the other credentials that are required.
     *
     * @param token the token
     */
    public void requireToken(String token) {
        synchronized (lock) {
            tenants.guard().allowToken(token);
        }
    }

    /**
     * Lets in only who shows this API key, or one of the other credentials that are required.
     *
     * @param key the key
     */
    public void requireApiKey(String key) {
        synchronized (lock) {
            tenants.guard().allowKey(key);
        }
    }

    /**
     * Lets in only who has fetched a token with these client credentials, or shows one of the others that are required.
     *
     * @param clientId the id
     * @param clientSecret the secret
     */
    public void requireClient(String clientId, String clientSecret) {
        synchronized (lock) {
            tenants.guard().allowClient(clientId, clientSecret);
        }
    }

    /** Refuses all access tokens that clients have fetched so far, as if they had expired. */
    public void expireTokens() {
        synchronized (lock) {
            tenants.guard().expireTokens();
        }
    }

    /**
     * Sets how the next export goes; scripts wait in a queue.
     *
     * @param script the script
     */
    public void nextExport(JobScript script) {
        synchronized (lock) {
            tenants.script("export", script);
        }
    }

    /**
     * Sets how the next import goes; scripts wait in a queue.
     *
     * @param script the script
     */
    public void nextImport(JobScript script) {
        synchronized (lock) {
            tenants.script("import", script);
        }
    }

    /**
     * Lets the next request of a stage go wrong; faults wait in a queue.
     *
     * @param stage which requests
     * @param fault what goes wrong
     */
    public void fault(Stage stage, Fault fault) {
        synchronized (lock) {
            Deque<Fault> queue = faults.computeIfAbsent(stage, none -> new ArrayDeque<>());
            for (int i = 0; i < fault.times(); i++) {
                queue.add(fault);
            }
        }
    }

    /** {@return all requests so far, in order} */
    public List<RecordedRequest> requests() {
        synchronized (lock) {
            return List.copyOf(requests);
        }
    }

    /**
     * {@return the requests of a stage so far, in order}
     *
     * @param stage which requests
     */
    public List<RecordedRequest> requests(Stage stage) {
        return requests().stream().filter(request -> request.stage() == stage).toList();
    }

    /** Closes all connections and frees the port. */
    @Override
    public void close() {
        closed.countDown();
        http.stop(0);
        threads.shutdownNow();
    }

    private String url() {
        return "http://" + http.getAddress().getHostString() + ":"
                + http.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            RecordedRequest request = record(exchange);
            Fault fault;
            Answer answer;
            synchronized (lock) {
                requests.add(request);
                Deque<Fault> queue = faults.get(request.stage());
                fault = queue == null ? null : queue.poll();
                answer = fault == null || fault.kind() == Fault.Kind.CUT ? tenants.answer(request) : Answer.of(fault);
            }
            respond(exchange, answer, fault);
        }
    }

    private void respond(HttpExchange exchange, Answer answer, @Nullable Fault fault) throws IOException {
        if (fault != null && fault.kind() == Fault.Kind.DROP) {
            return;
        }
        if (fault != null && fault.kind() == Fault.Kind.HANG) {
            awaitClosed();
            return;
        }
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = answer.body();
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        OutputStream out = exchange.getResponseBody();
        if (fault != null && fault.kind() == Fault.Kind.CUT) {
            out.write(body, 0, body.length / 2);
            out.flush();
            return;
        }
        out.write(body);
        out.close();
    }

    private static RecordedRequest record(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().toASCIIString();
        return new RecordedRequest(Tenants.stage(method, path), method, path, headers, body);
    }

    private void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
