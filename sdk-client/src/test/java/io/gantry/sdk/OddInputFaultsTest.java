// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static io.gantry.sdk.Bench.created;
import static io.gantry.sdk.Bench.job;
import static io.gantry.sdk.Bench.json;
import static io.gantry.sdk.Bench.status;
import static io.gantry.sdk.Bench.zip;
import static io.gantry.sdk.FaultCase.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fault table, ninth part: impossible answers and arguments, which are found early. */
class OddInputFaultsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0}")
    @MethodSource({"lengths", "ids", "directories", "streams", "foreigners"})
    void ends_in_the_right_result(FaultCase fault) throws Exception {
        fault.run(directory);
    }

    static Stream<FaultCase> lengths() {
        return Stream.of("-5", "five", "5, 6", "99999999999999999999", "+5", "")
                .flatMap(length -> Stream.of(
                        named("a start whose answer has the length '" + length + "'")
                                .answers(lengthy("{\"id\":\"job-1\"}", length))
                                .fails(ErrorCode.MALFORMED_ANSWER)
                                .requests(1)
                                .failing(failure -> assertThat(failure)
                                        .hasMessageContaining("impossible length '" + length + "'")
                                        .hasMessageContaining("may or may not have been created")),
                        named("a check whose answer has the length '" + length + "'")
                                .answers(created(), lengthy("{\"status\":\"closed\"}", length))
                                .fails(ErrorCode.MALFORMED_ANSWER)
                                .requests(2)
                                .failing(failure -> assertThat(failure.jobId()).hasValue("job-1")),
                        named("a file whose answer has the length '" + length + "'")
                                .answers(bench ->
                                        List.of(created(), job("closed", bench.file("a.zip")), lengthy("PK", length)))
                                .fails(ErrorCode.MALFORMED_ANSWER)
                                .requests(3)));
    }

    static Stream<FaultCase> ids() {
        Stream<FaultCase> fromServer = Stream.of("..", ".", " ", "a\\nb", "\\u0000")
                .map(id -> named("a server that names its job '" + id + "'")
                        .answers(json("{\"id\":\"" + id + "\"}"))
                        .fails(ErrorCode.MISSING_FIELD)
                        .requests(1));
        Stream<FaultCase> fromUser = Stream.of("..", ".", " ", "a\nb", "")
                .flatMap(id -> Stream.of(
                        refused(
                                "resume '" + id + "'",
                                (client, to) -> client.impex()
                                        .exp(ExportRequest.create().resume(id))),
                        refused(
                                "status of '" + id + "'",
                                (client, to) -> client.impex().imports().status(id)),
                        refused(
                                "cancel '" + id + "'",
                                (client, to) -> client.impex().exports().cancel(id)),
                        refused(
                                "await '" + id + "'",
                                (client, to) -> client.impex().exports().await(id, Waiting.defaults()))));
        return Stream.concat(fromServer, fromUser);
    }

    static Stream<FaultCase> directories() {
        return Stream.of(
                intoFile("a directory that is a file", "taken"),
                intoFile("a directory within a file", "taken/inner/most"),
                named("a directory for chosen files that is a file")
                        .calling((client, to) -> withFile(
                                to,
                                "taken",
                                path -> client.impex().exports().download(URI.create("http://localhost/a.zip"), path)))
                        .fails(ErrorCode.TARGET_UNWRITABLE)
                        .requests(0),
                named("a directory that does not exist yet is not made when the job fails")
                        .answers(created(), job("failed"))
                        .calling((client, to) ->
                                client.impex().exp(Bench.someExport().into(to.resolve("new/inner"))))
                        .fails(ErrorCode.JOB_FAILED));
    }

    static Stream<FaultCase> streams() {
        return Stream.of(
                closing("a refused connection", ErrorCode.CONNECT_FAILED)
                        .prepared(bench -> bench.server.close())
                        .settings(builder -> builder.requestRetries(0)),
                closing(
                        "a request without a destination",
                        ErrorCode.INVALID_REQUEST,
                        (client, stream) ->
                                client.impex().imp(ImportRequest.create().file(stream))),
                closing("a token that is refused", ErrorCode.TOKEN_REFUSED)
                        .settings(builder -> builder.credentials(Credentials.clientCredentials("me", "secret")))
                        .answers(status(400)),
                closing("a supplier without a token", ErrorCode.TOKEN_UNAVAILABLE)
                        .settings(builder -> builder.credentials(Credentials.token(() -> ""))),
                closing("a client that is closed", ErrorCode.CLIENT_CLOSED, (client, stream) -> {
                    client.close();
                    return client.impex().imp(Bench.someImport().file(stream));
                }),
                closing(
                                "a job to resume beside it",
                                ErrorCode.NOT_FOUND,
                                (client, stream) -> client.impex()
                                        .imp(ImportRequest.create().file(stream).resume("job-1")))
                        .answers(status(404)),
                closing("a thread that is interrupted", ErrorCode.CANCELLED, (client, stream) -> {
                    Thread.currentThread().interrupt();
                    try {
                        return client.impex()
                                .imports()
                                .initiate(Bench.someImport().file(stream));
                    } finally {
                        assertThat(Thread.interrupted()).isTrue();
                    }
                }),
                closing("an answer of 422", ErrorCode.UNPROCESSABLE).answers(status(422)),
                closing("a stream that is read to its end", null).answers(created(), job("closed")));
    }

    static Stream<FaultCase> foreigners() {
        return Stream.of(
                foreign("401 from another server", 401, ErrorCode.ADDRESS_REFUSED),
                foreign("403 from another server", 403, ErrorCode.ADDRESS_REFUSED),
                foreign("404 from another server", 404, ErrorCode.NOT_FOUND),
                named("401 from the client's own server is its own")
                        .answers(bench -> List.of(created(), job("closed", bench.file("a.zip")), status(401)))
                        .fails(ErrorCode.UNAUTHORIZED),
                named("a redirect to another server that answers 401")
                        .answers(bench ->
                                List.of(created(), status(302, "Location", bench.elsewhere("/status")), status(401)))
                        .fails(ErrorCode.ADDRESS_REFUSED)
                        .requests(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "content-length", "Transfer-Encoding", "Content-Type", "Range", "TE", "Expect"})
    void a_header_that_belongs_to_a_single_request_is_refused_when_the_client_is_built(String name) {
        try (Bench bench = new Bench()) {
            assertThatThrownBy(() -> bench.builder().header(name, "1").build())
                    .isInstanceOfSatisfying(
                            ImpexException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
                    .hasMessageContaining("the header '" + name + "' depends on each request");
        }
    }

    @Test
    void a_range_whose_numbers_cannot_be_counted_starts_the_download_anew() {
        try (Bench bench = new Bench();
                ImpexClient client = bench.builder().build()) {
            bench.answers(
                    created(),
                    job("closed", bench.file("a.zip")),
                    Pieces.half("ETag", "\"v1\""),
                    Pieces.part(100_000, 200_000)
                            .newBuilder()
                            .setHeader("Content-Range", "bytes 100000-199999/99999999999999999999999")
                            .build(),
                    zip(Pieces.FILE));
            assertThat(client.impex()
                            .exp(Bench.someExport().into(directory))
                            .files()
                            .get(0)
                            .path())
                    .hasBinaryContent(Pieces.FILE);
        }
    }

    private static FaultCase foreign(String name, int status, ErrorCode code) {
        return named(name)
                .answers(bench -> List.of(created(), job("closed", bench.elsewhere("/a.zip")), status(status)))
                .fails(code)
                .requests(3)
                .failing(failure -> {
                    assertThat(failure.httpStatus()).hasValue(status);
                    assertThat(failure.jobId()).hasValue("job-1");
                    assertThat(failure).message().doesNotContain("credentials are missing");
                });
    }

    private static FaultCase refused(String name, BiFunction<ImpexClient, Path, Object> call) {
        return named(name.replace('\n', '?'))
                .calling(call)
                .fails(ErrorCode.INVALID_REQUEST)
                .requests(0)
                .failing(failure -> assertThat(failure).hasMessageContaining("is no job id"));
    }

    private static FaultCase intoFile(String name, String target) {
        return named(name)
                .calling((client, to) -> withFile(
                        to,
                        target,
                        path -> client.impex().exp(Bench.someExport().into(path))))
                .fails(ErrorCode.TARGET_UNWRITABLE)
                .requests(0)
                .failing(failure -> assertThat(failure).hasMessageContaining("taken"));
    }

    private static Object withFile(Path directory, String target, java.util.function.Function<Path, Object> call) {
        try {
            Path file = Files.writeString(directory.resolve("taken"), "in the way");
            try {
                return call.apply(directory.resolve(target));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FaultCase closing(String name, ErrorCode code) {
        return closing(
                name,
                code,
                (client, stream) -> client.impex().imp(Bench.someImport().file(stream)));
    }

    private static FaultCase closing(String name, ErrorCode code, BiFunction<ImpexClient, Counted, Object> call) {
        Counted stream = new Counted();
        FaultCase fault = named("the stream to import is closed after " + name)
                .calling((client, directory) -> call.apply(client, stream))
                .seen(bench -> assertThat(stream.closed).hasPositiveValue());
        return code == null ? fault : fault.fails(code);
    }

    private static MockResponse lengthy(String body, String length) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "application/json")
                .body(body)
                .setHeader("Content-Length", length)
                .build();
    }

    private static final class Counted extends ByteArrayInputStream {
        final AtomicInteger closed = new AtomicInteger();

        Counted() {
            super(Bench.PACKAGE);
        }

        @Override
        public void close() throws IOException {
            closed.incrementAndGet();
            super.close();
        }
    }
}
