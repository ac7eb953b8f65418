// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.net.ServerSocketFactory;
import mockwebserver3.MockResponse;
import okhttp3.ConnectionPool;

/** One line of the fault table: what the server does, what is called, and how that has to end. */
final class FaultCase {
    private final String name;
    private Function<Bench, List<MockResponse>> answers = bench -> List.of();
    private Consumer<Bench> preparation = bench -> {};
    private UnaryOperator<ImpexClient.Builder> settings = builder -> builder;
    private BiFunction<ImpexClient, Path, Object> call =
            (client, directory) -> client.impex().exp(Bench.someExport().into(directory));
    private ServerSocketFactory sockets = ServerSocketFactory.getDefault();
    private Set<Integer> hurried = Set.of();
    private ErrorCode expected;
    private int requests = -1;
    private Duration slept;
    private Consumer<ImpexException> alsoFailure = failure -> {};
    private Consumer<Object> alsoResult = result -> {};
    private Consumer<Bench> alsoBench = bench -> {};

    private FaultCase(String name) {
        this.name = name;
    }

    static FaultCase named(String name) {
        return new FaultCase(name);
    }

    FaultCase answers(MockResponse... responses) {
        return answers(bench -> List.of(responses));
    }

    FaultCase answers(Function<Bench, List<MockResponse>> responses) {
        answers = responses;
        return this;
    }

    FaultCase resetting() {
        sockets = new ResettingSockets();
        return this;
    }

    FaultCase prepared(Consumer<Bench> action) {
        preparation = action;
        return this;
    }

    FaultCase settings(UnaryOperator<ImpexClient.Builder> change) {
        settings = change;
        return this;
    }

    /** The numbers of the calls, from 1, of which the client grows tired soon; the others have all the time. */
    FaultCase hurrying(Integer... calls) {
        hurried = Set.of(calls);
        return this;
    }

    FaultCase calling(BiFunction<ImpexClient, Path, Object> work) {
        call = work;
        return this;
    }

    FaultCase exporting(UnaryOperator<ExportRequest> change) {
        return calling((client, directory) ->
                client.impex().exp(change.apply(Bench.someExport().into(directory))));
    }

    FaultCase importing(UnaryOperator<ImportRequest> change) {
        return calling((client, directory) -> client.impex().imp(change.apply(Bench.someImport())));
    }

    FaultCase fails(ErrorCode code) {
        expected = code;
        return this;
    }

    FaultCase failing(Consumer<ImpexException> check) {
        alsoFailure = check;
        return this;
    }

    FaultCase resulting(Consumer<Object> check) {
        alsoResult = check;
        return this;
    }

    FaultCase requests(int count) {
        requests = count;
        return this;
    }

    FaultCase slept(String duration) {
        slept = Duration.parse(duration);
        return this;
    }

    FaultCase seen(Consumer<Bench> check) {
        alsoBench = check;
        return this;
    }

    void run(Path directory) throws InterruptedException {
        try (Bench bench = new Bench(sockets)) {
            answers.apply(bench).forEach(bench.server::enqueue);
            preparation.accept(bench);
            Object[] result = new Object[1];
            ImpexClient client = settings.apply(builder(bench)).build();
            ConnectionPool connections = client.derive().pool;
            Throwable thrown;
            try (client) {
                thrown = catchThrowable(() -> result[0] = call.apply(client, directory));
            }
            if (expected == null) {
                assertThat(thrown).as("ends well").isNull();
                alsoResult.accept(result[0]);
            } else {
                assertThat(thrown).as("fails").isExactlyInstanceOf(typeOf(expected));
                ImpexException failure = (ImpexException) thrown;
                assertThat(failure.code()).as(failure.getMessage()).isEqualTo(expected);
                assertThat(failure).message().isNotBlank().doesNotContain(Bench.TOKEN);
                alsoFailure.accept(failure);
            }
            if (requests >= 0) {
                bench.awaitRequests(requests);
                assertThat(bench.server.getRequestCount()).as("requests").isEqualTo(requests);
            }
            if (slept != null) {
                assertThat(bench.time.slept()).as("slept").isEqualTo(slept);
            }
            alsoBench.accept(bench);
            assertNothingLeft(connections, directory, result[0]);
        }
    }

    private ImpexClient.Builder builder(Bench bench) {
        return hurried.isEmpty()
                ? bench.builder()
                : bench.builder()
                        .timeout(Hurry.SOON)
                        .httpClient(bench.okhttp
                                .newBuilder()
                                .addInterceptor(new Hurry(bench, hurried))
                                .build());
    }

    private static void assertNothingLeft(ConnectionPool connections, Path directory, Object result)
            throws InterruptedException {
        List<Path> kept = new ArrayList<>();
        if (result instanceof ExportResult exported) {
            exported.files().forEach(file -> kept.add(file.path()));
        }
        assertThat(Bench.in(directory)).as("files left").containsExactlyInAnyOrderElementsOf(kept);
        assertThat(Bench.in(Path.of(System.getProperty("java.io.tmpdir"))))
                .as("temporary directories left")
                .noneMatch(path -> path.getFileName().toString().startsWith("gantry-export-"));
        assertThat(connections.connectionCount()).as("connections in use").isZero();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("gantry-impex-")) {
                thread.join(Bench.PATIENCE.toMillis());
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    private static Class<? extends ImpexException> typeOf(ErrorCode code) {
        return switch (code) {
            case BAD_REQUEST,
                    UNAUTHORIZED,
                    FORBIDDEN,
                    NOT_FOUND,
                    REQUEST_TIMEOUT,
                    CONFLICT,
                    TOO_LARGE,
                    UNSUPPORTED_MEDIA_TYPE,
                    UNPROCESSABLE,
                    RATE_LIMITED,
                    SERVER_ERROR,
                    BAD_GATEWAY,
                    UNAVAILABLE,
                    GATEWAY_TIMEOUT,
                    UNEXPECTED_STATUS,
                    ADDRESS_REFUSED,
                    TOKEN_REFUSED -> ApiException.class;
            case JOB_FAILED, JOB_CANCELLED, NO_FILES -> JobFailedException.class;
            case DEADLINE_REACHED, MAX_RETRIES_REACHED -> WaitTimeoutException.class;
            case CONNECT_FAILED, TLS_FAILED, PROXY_REFUSED, CONNECTION_LOST, STALLED, OUTCOME_UNKNOWN ->
                TransportException.class;
            case NOT_JSON,
                    MALFORMED_ANSWER,
                    MISSING_FIELD,
                    ANSWER_TOO_LARGE,
                    BAD_FILE_ADDRESS,
                    NOT_A_FILE,
                    HASH_MISMATCH -> ProtocolException.class;
            default -> ImpexException.class;
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
