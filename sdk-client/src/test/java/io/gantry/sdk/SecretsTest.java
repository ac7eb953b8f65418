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
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.QueueDispatcher;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Planted secrets must not come to light in any text that leaves for logs, exceptions and events, however things go and
 * whatever a server quotes. What a server says in a result is the result.
 */
class SecretsTest {
    private static final String TOKEN = "planted-bearer-5e1c";
    private static final String KEY = "planted-api-key-5e2c";
    private static final String SECRET = "planted-client&secret-5e3c";
    private static final String SECRET_IN_FORMS = "planted-client%26secret-5e3c";
    private static final String ACCESS = "planted-access-token-5e4c";
    private static final String HEADER = "planted-header-value-5e5c";
    private static final String SIGNATURE = "planted-signature-5e6c";

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<String> results = new CopyOnWriteArrayList<>();
    private final Set<Class<?>> shown = ConcurrentHashMap.newKeySet();
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
                Arguments.of(Credentials.clientCredentials("me", SECRET), List.of(SECRET, ACCESS, SECRET_IN_FORMS)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("credentials")
    void planted_secrets_are_seen_nowhere(Credentials credentials, List<String> planted) throws Exception {
        String echo = String.join(" ", planted) + " " + HEADER;
        String errors = "{\"errors\":[{\"code\":\"" + planted.get(0) + "\",\"message\":\"refused: " + echo
                + "\",\"x\":{\"y\":[\"" + echo + "\"]}}]}";
        try (Bench bench = new Bench()) {
            exports(bench, echo, errors, planted.get(0))
                    .forEach(answers -> run(bench, credentials, answers, client -> {
                        see(client.impex().exp(Bench.someExport().into(directory)));
                    }));
            steps(bench, credentials, echo, errors);
        }
        seen.addAll(CapturedLogs.lines());
        lookAtFiles();

        assertThat(seen).hasSizeGreaterThan(200);
        assertThat(seen).anyMatch(line -> line.contains("refused: ***"));
        assertThat(results).anyMatch(line -> line.contains(echo + " -> " + echo + " (" + echo + ")"));
        assertThat(results).noneMatch(line -> line.contains("***"));
        assertThat(shown)
                .containsAll(ApiTest.publicTypes().stream()
                        .filter(type -> !Modifier.isAbstract(type.getModifiers()) && !type.isEnum())
                        .toList());
        for (String secret :
                Stream.concat(planted.stream(), Stream.of(HEADER, SIGNATURE)).toList()) {
            List<String> leaks =
                    seen.stream().filter(line -> line.contains(secret)).toList();
            assertThat(leaks).as(secret).isEmpty();
        }
    }

    /** Answers to whole exports, good and bad. */
    private static List<List<MockResponse>> exports(Bench bench, String echo, String errors, String secret) {
        String file = bench.file("a.zip?signature=" + SIGNATURE);
        MockResponse cut = zip(Bench.bytes(50_000))
                .newBuilder()
                .onResponseBody(new SocketEffect.CloseSocket())
                .build();
        return List.of(
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
                List.of(created(), Bench.hashed(file, echo), zip()),
                List.of(created(), job("closed", file), cut, cut, cut, cut),
                List.of(new MockResponse.Builder()
                        .status("MTTP/9 refused " + echo)
                        .build()),
                List.of(status(307, "Location", "http://elsewhere.example/" + secret)));
    }

    /** All other calls, with documents that quote secrets in every field. */
    private void steps(Bench bench, Credentials credentials, String echo, String errors) {
        String item = "{\"service_uri_source\":\"" + echo + "\",\"service_uri_destination\":\"" + echo
                + "\",\"status\":\"" + echo + "\"}";
        MockResponse quoting = json("{\"id\":\"job-1\",\"status\":\"closed\",\"outputs\":{\"services\":[" + item
                + "],\"service_versions\":[" + item + "]},\"warnings\":[\"" + echo + "\"],\"source_system\":\"" + echo
                + "\"}");
        MockResponse list = json("{\"recent_exports\":[{\"id\":\"job-1\",\"data\":{\"export_status\":\"" + echo
                + "\"}}],\"tenant\":\"" + echo + "\"}");
        run(
                bench,
                credentials,
                List.of(created(), quoting),
                client -> see(client.impex().imp(Bench.someImport())));
        run(
                bench,
                credentials,
                List.of(created(), quoting),
                client -> see(client.impex().impAsync(Bench.someImport()).join()));
        run(
                bench,
                credentials,
                List.of(json(409, errors)),
                client -> client.impex().imp(Bench.someImport()));
        run(
                bench,
                credentials,
                List.of(json(422, errors)),
                client -> client.impex().expAsync(Bench.someExport()).join());
        run(bench, credentials, List.of(quoting, list), client -> {
            see(client.impex().exports().initiate(Bench.someExport()));
            see(client.impex().exports().list());
        });
        run(
                bench,
                credentials,
                List.of(quoting),
                client -> see(client.impex().exports().cancel("job-1")));
        run(
                bench,
                credentials,
                List.of(json(409, errors)),
                client -> client.impex().exports().cancel("job-1"));
        run(
                bench,
                credentials,
                List.of(job(echo)),
                client -> client.impex()
                        .imports()
                        .await("job-1", Waiting.defaults().maxRetries(1)));
        run(
                bench,
                credentials,
                List.of(quoting),
                client -> client.impex()
                        .exports()
                        .download(client.impex().exports().status("job-1"), directory));
        run(
                bench,
                credentials,
                List.of(json(503, errors)),
                client -> client.impex().imports().initiate(Bench.someImport().deadline(Duration.ofMillis(1))));
        run(bench, credentials, List.of(), client -> client.impex().imp(ImportRequest.create()));
    }

    private void run(Bench bench, Credentials credentials, List<MockResponse> answers, Consumer<ImpexClient> work) {
        ImpexClient.Builder builder = bench.on(ImpexClient.builder()
                        .baseUrl(bench.url())
                        .credentials(credentials)
                        .header("x-gateway-key", HEADER))
                .listener(new Eavesdropper());
        if (credentials.kind() == Credentials.Kind.CLIENT_CREDENTIALS) {
            bench.answers(json("{\"access_token\":\"" + ACCESS + "\"}"));
        }
        answers.forEach(bench.server::enqueue);
        try (ImpexClient client = builder.build()) {
            Stream.of(
                            client,
                            builder,
                            client.derive(),
                            credentials,
                            client.impex(),
                            client.impex().exports(),
                            client.impex().imports(),
                            Waiting.defaults(),
                            ServiceMapping.of("a/b"),
                            ServiceUri.parse("a/b"),
                            Bench.someExport(),
                            Bench.someImport())
                    .forEach(this::see);
            Throwable thrown = catchThrowable(() -> work.accept(client));
            if (thrown != null) {
                see(thrown instanceof CompletionException ? thrown.getCause() : thrown);
            }
        }
        // The next run begins with an empty queue of answers.
        bench.server.setDispatcher(new QueueDispatcher());
    }

    /** Looks at the text of a thing and of all that it holds. */
    private void see(Object thing) {
        shown.add(thing.getClass());
        boolean isResult = thing instanceof Job
                || thing instanceof JobItem
                || thing instanceof JobStatus
                || thing instanceof JobList
                || thing instanceof ServiceRef
                || thing instanceof RemoteFile
                || thing instanceof ExportedFile
                || thing instanceof ExportResult;
        (isResult ? results : seen).add(thing.toString());
        if (thing instanceof ExportResult result) {
            see(result.job());
            result.files().forEach(this::see);
        } else if (thing instanceof ExportedFile file) {
            see(file.origin());
        } else if (thing instanceof JobList<?> list) {
            list.recent().forEach(this::see);
        } else if (thing instanceof Job job) {
            see(job.status());
            Stream.of(job.errors(), job.warnings())
                    .flatMap(List::stream)
                    .forEach(message -> results.add(message.toString()));
            Stream.of(job.services(), job.serviceVersions())
                    .flatMap(List::stream)
                    .forEach(this::see);
        } else if (thing instanceof JobItem item) {
            see(item.source());
            see(item.destination());
        } else if (thing instanceof ServerMessage message) {
            seen.add(message.code() + message.text() + message.fields());
        } else if (thing instanceof Throwable thrown) {
            assertThat(thrown).isInstanceOf(ImpexException.class);
            seen.add(CapturedLogs.trace(thrown));
            ((ImpexException) thrown).serverMessages().forEach(this::see);
            if (thrown instanceof ApiException refusal) {
                seen.add(refusal.body() + refusal.headers() + refusal.contentType());
            }
        }
    }

    private void lookAtFiles() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                seen.add(file + " " + Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Eavesdropper implements ImpexListener {
        @Override
        public void onRequest(RequestEvent event) {
            see(event);
            throw new IllegalStateException("listeners may fail");
        }

        @Override
        public void onJob(Job job) {
            see(job);
        }

        @Override
        public void onUpload(Transfer transfer) {
            see(transfer);
        }

        @Override
        public void onDownload(Transfer transfer) {
            see(transfer);
            lookAtFiles();
        }
    }
}
