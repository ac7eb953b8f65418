// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okio.Buffer;

/** A server with queued answers, a client that talks to it by virtual time, and the answers mostly needed. */
final class Bench implements AutoCloseable {
    /** Held so that it stays silent; the server logs each connection that a test breaks. */
    private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

    /** How long anything may take that should happen: longer than a busy machine needs, so that it only keeps tests from hanging. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How many milliseconds pass between two pieces of an answer that comes slowly. */
    static final long STEP = 200;

    static final String TOKEN = "planted-token-7f3a";
    static final byte[] PACKAGE = "PK\u0003\u0004 not really a package".getBytes(StandardCharsets.UTF_8);

    final MockWebServer server = new MockWebServer();
    final VirtualTime time = new VirtualTime();
    final OkHttpClient okhttp = new OkHttpClient();
    private final AtomicInteger ids = new AtomicInteger();
    private final Socket silent = new Socket();

    Bench() {
        this(ServerSocketFactory.getDefault());
    }

    Bench(ServerSocketFactory sockets) {
        SERVER_LOG.setLevel(Level.OFF);
        try {
            server.setServerSocketFactory(sockets);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return server.url("/my-tenant").toString();
    }

    String file(String name) {
        return server.url("/files/" + name).toString();
    }

    /** An address of this server under another name, and so of another origin. */
    String elsewhere(String path) {
        return "http://127.0.0.1:" + server.getPort() + path;
    }

    /** An address where nobody listens, nor can begin to: its port is taken as long as this server is there. */
    String nobody() {
        try {
            silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "http://localhost:" + silent.getLocalPort() + "/a.zip";
    }

    /** Waits until so many requests were read: who has given up waiting for an answer may be ahead of a busy server. */
    void awaitRequests(int count) {
        long begin = System.nanoTime();
        while (server.getRequestCount() < count && System.nanoTime() - begin < PATIENCE.toNanos()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Settings that need nothing more: a token, virtual time, no jitter, ids that count. */
    ImpexClient.Builder builder() {
        return on(ImpexClient.builder().baseUrl(url()).credentials(Credentials.token(TOKEN)));
    }

    ImpexClient.Builder on(ImpexClient.Builder builder) {
        builder.variables(Map.of()).httpClient(okhttp).timeout(PATIENCE);
        builder.time = time;
        builder.ids = () -> new UUID(0x4000, 0x8000_0000_0000_0000L + ids.incrementAndGet());
        builder.random = () -> 0.0;
        return builder;
    }

    /** A time-out that is shorter than an answer takes that comes in ten steps, and a lot longer than each of these. */
    static ImpexClient.Builder impatient(ImpexClient.Builder builder) {
        return builder.timeout(Duration.ofMillis(STEP * 8));
    }

    Bench answers(MockResponse... responses) {
        Stream.of(responses).forEach(server::enqueue);
        return this;
    }

    RecordedRequest request() {
        try {
            RecordedRequest request = server.takeRequest(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (request == null) {
                throw new AssertionError("no further request came");
            }
            return request;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static MockResponse json(String body) {
        return json(200, body);
    }

    static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "application/json; charset=utf-8")
                .body(body)
                .build();
    }

    static MockResponse status(int status, String... headers) {
        return new MockResponse.Builder()
                .code(status)
                .headers(Headers.of(headers))
                .setHeader("Content-Type", "application/json")
                .setHeader("Content-Length", 2)
                .body("{}")
                .build();
    }

    static MockResponse created() {
        return json("{\"object\":\"export\",\"id\":\"job-1\",\"status_url\":\"https://elsewhere/status\"}");
    }

    static MockResponse running() {
        return job("in_progress");
    }

    static MockResponse job(String status, String... files) {
        String list = Stream.of(files)
                .map(file -> "{\"file\":\"" + file + "\"}")
                .reduce((a, b) -> a + "," + b)
                .orElse("");
        return json("{\"object\":\"export\",\"id\":\"job-1\",\"status\":\"" + status + "\",\"outputs\":{\"files\":["
                + list + "],\"services\":[],\"service_versions\":[]},\"errors\":null,\"warnings\":[]}");
    }

    /** A closed job with one file and its hash. */
    static MockResponse hashed(String file, String hash) {
        return json("{\"id\":\"job-1\",\"status\":\"closed\",\"outputs\":{\"files\":[{\"file\":\"" + file
                + "\",\"file_hash\":\"" + hash + "\"}]},\"errors\":null}");
    }

    static MockResponse zip() {
        return zip(PACKAGE);
    }

    static MockResponse zip(byte[] bytes, String... headers) {
        return new MockResponse.Builder()
                .headers(Headers.of(headers))
                .setHeader("Content-Type", "application/zip")
                .body(new Buffer().write(bytes))
                .setHeader("Content-Length", bytes.length)
                .build();
    }

    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static ExportRequest someExport() {
        return ExportRequest.create().services("my-folder/my-service");
    }

    static ImportRequest someImport() {
        return ImportRequest.create().file(PACKAGE).destination("my-folder/my-service");
    }

    /** What lies in a directory, to show that nothing is left behind. */
    static List<Path> in(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        try {
            silent.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        okhttp.connectionPool().evictAll();
        okhttp.dispatcher().executorService().shutdown();
    }
}
