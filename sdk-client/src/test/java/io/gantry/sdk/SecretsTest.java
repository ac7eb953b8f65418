// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static io.gantry.sdk.Bench.created;
import static io.gantry.sdk.Bench.job;
import static io.gantry.sdk.Bench.json;
import static io.gantry.sdk.Bench.status;
import static io.gantry.sdk.Bench.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Planted secrets must not come to light anywhere, however things go and whatever a server quotes. */
class SecretsTest {
    private static final String TOKEN = "planted-bearer-5e1c";
    private static final String KEY = "planted-api-key-5e2c";
    private static final String SECRET = "planted-client-secret-5e3c";
    private static final String ACCESS = "planted-access-token-5e4c";
    private static final String HEADER = "planted-header-value-5e5c";
    private static final String SIGNATURE = "planted-signature-5e6c";

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            seen.add(logged.getLoggerName() + " " + logged.getMessage()
                    + (logged.getThrown() == null ? "" : CapturedLogs.trace(logged.getThrown())));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final Logger okhttp = Logger.getLogger("okhttp3");

    @TempDir
    private Path directory;

    @BeforeEach
    void listen() {
        CapturedLogs.clear();
        okhttp.setLevel(Level.ALL);
        okhttp.addHandler(handler);
    }

    @AfterEach
    void stop() {
        okhttp.removeHandler(handler);
        okhttp.setLevel(null);
    }

    static Stream<Arguments> credentials() {
        return Stream.of(
                Arguments.of(Credentials.token(TOKEN), List.of(TOKEN)),
                Arguments.of(Credentials.apiKey(KEY), List.of(KEY)),
                Arguments.of(Credentials.clientCredentials("me", SECRET), List.of(SECRET, ACCESS)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("credentials")
    void planted_secrets_are_seen_nowhere(Credentials credentials, List<String> planted) throws Exception {
        String echo = String.join(" ", planted) + " " + HEADER;
        String errors = "{\"errors\":[{\"code\":\"" + planted.get(0) + "\",\"message\":\"refused: " + echo
                + "\",\"x\":{\"y\":[\"" + echo + "\"]}}]}";
        try (Bench bench = new Bench()) {
            String file = bench.file("a.zip?signature=" + SIGNATURE);
            MockResponse cut = zip(Bench.bytes(50_000))
                    .newBuilder()
                    .onResponseBody(new SocketEffect.CloseSocket())
                    .build();
            List<List<MockResponse>> courses = List.of(
                    List.of(created(), job("closed", file), zip()),
                    List.of(json(400, errors)),
                    List.of(json(401, errors), json("{\"access_token\":\"" + ACCESS + "\"}"), json(401, errors)),
                    List.of(json(403, "{\"error\":\"denied\",\"error_description\":\"" + echo + "\"}")),
                    List.of(json(500, "{\"message\":\"" + echo.replace("-", "\\u002d") + "\"}")),
                    List.of(json(400, "{\"errors\":[\"no: " + echo + "\"]}")),
                    List.of(json("<html>" + echo + "</html>")),
                    List.of(json("{\"" + echo + "\":" + echo + "}")),
                    List.of(created(), json("{\"status\":\"failed\"," + errors.substring(1))),
                    List.of(created(), job("refused " + echo), job("closed", file), status(404)),
                    List.of(created(), job("closed", file), status(302, "Location", "ftp://h/?" + echo)),
                    List.of(created(), Bench.hashed(file, "0".repeat(64)), zip()),
                    List.of(created(), job("closed", file), cut, cut, cut, cut),
                    List.of(new MockResponse.Builder()
                            .status("MTTP/9 refused " + echo)
                            .build()),
                    List.of(status(307, "Location", "http://elsewhere.example/" + planted.get(0))));
            for (List<MockResponse> course : courses) {
                run(bench, credentials, course);
            }
        }
        seen.addAll(CapturedLogs.lines());
        filesUnder(directory).forEach(path -> seen.add(path + " " + content(path)));

        assertThat(seen).hasSizeGreaterThan(100);
        assertThat(seen).anyMatch(line -> line.contains("refused: ***"));
        for (String secret : List.of(planted.get(0), planted.get(planted.size() - 1), HEADER, SIGNATURE)) {
            List<String> leaks =
                    seen.stream().filter(line -> line.contains(secret)).toList();
            assertThat(leaks).as(secret).isEmpty();
        }
    }

    private void run(Bench bench, Credentials credentials, List<MockResponse> course) {
        ImpexListener listener = new ImpexListener() {
            @Override
            public void onRequest(RequestEvent event) {
                seen.add(event.toString());
                throw new IllegalStateException("listeners may fail");
            }

            @Override
            public void onJob(Job job) {
                seen.add(job.toString() + job.status() + job.errors() + job.warnings());
            }

            @Override
            public void onDownload(Transfer transfer) {
                seen.add(transfer.toString());
            }
        };
        ImpexClient.Builder builder = bench.on(ImpexClient.builder()
                        .baseUrl(bench.url())
                        .credentials(credentials)
                        .header("x-gateway-key", HEADER))
                .listener(listener);
        if (credentials.kind() == Credentials.Kind.CLIENT_CREDENTIALS) {
            bench.answers(json("{\"access_token\":\"" + ACCESS + "\"}"));
        }
        course.forEach(bench.server::enqueue);
        try (ImpexClient client = builder.build()) {
            ExportRequest request = Bench.someExport().into(directory);
            seen.addAll(List.of(
                    client.toString(),
                    builder.toString(),
                    credentials.toString(),
                    request.toString(),
                    Bench.someImport().toString(),
                    client.derive().toString()));
            Object[] result = new Object[1];
            Throwable thrown = catchThrowable(() -> result[0] = client.impex().exp(request));
            if (result[0] instanceof ExportResult exported) {
                seen.add(exported.toString() + exported.job().files());
            } else {
                assertThat(thrown).isInstanceOf(ImpexException.class);
                ImpexException failure = (ImpexException) thrown;
                seen.add(CapturedLogs.trace(failure));
                failure.serverMessages().forEach(message -> seen.add(message + message.text() + message.fields()));
            }
        }
        drain(bench);
    }

    /** Lets the next course begin with an empty queue of answers. */
    private static void drain(Bench bench) {
        bench.server.setDispatcher(new mockwebserver3.QueueDispatcher());
    }

    private static List<Path> filesUnder(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static String content(Path path) {
        try {
            return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
