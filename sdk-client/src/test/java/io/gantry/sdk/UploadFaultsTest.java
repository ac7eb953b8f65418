// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static io.gantry.sdk.Bench.created;
import static io.gantry.sdk.Bench.job;
import static io.gantry.sdk.Bench.status;
import static io.gantry.sdk.FaultCase.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.sdk.CuttingProxy.Cut;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.ByteString;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fault table, fourth part: what may go wrong while a package is being uploaded. */
class UploadFaultsTest {
    private static final byte[] LARGE = Bench.bytes(8 * 1024 * 1024);
    private static final ByteString LARGE_BYTES = ByteString.of(LARGE);

    @TempDir
    private static Path files;

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0}")
    @MethodSource({"repetitions", "refusals", "sources"})
    void ends_in_the_right_result(FaultCase fault) throws Exception {
        fault.run(directory);
    }

    static Stream<FaultCase> repetitions() {
        MockResponse lost = new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build();
        return Stream.of(
                cut("a connection closed during the upload, from bytes", Cut.CLOSE, UploadFaultsTest::bytes, 2),
                cut("a connection reset during the upload, from bytes", Cut.RESET, UploadFaultsTest::bytes, 2),
                cut("a connection reset during the upload, from a file", Cut.RESET, UploadFaultsTest::path, 2),
                cut("a connection reset during the upload, from a supplier", Cut.RESET, UploadFaultsTest::supplier, 2),
                cut("a server that stops reading, from bytes", Cut.STALL, UploadFaultsTest::bytes, 2),
                cut("a server that stops reading, from a supplier", Cut.STALL, UploadFaultsTest::supplier, 2),
                cut("a connection closed during the upload, from a stream to be read once", Cut.CLOSE, stream(), 1)
                        .fails(ErrorCode.CONNECTION_LOST),
                cut("a connection reset during the upload, from a stream to be read once", Cut.RESET, stream(), 1)
                        .fails(ErrorCode.CONNECTION_LOST),
                cut("a server that stops reading, from a stream to be read once", Cut.STALL, stream(), 1)
                        .fails(ErrorCode.STALLED),
                imports("a refused connection")
                        .prepared(bench -> bench.server.close())
                        .fails(ErrorCode.CONNECT_FAILED)
                        .slept("PT1.5S"),
                imports("a connection lost after the upload", lost)
                        .fails(ErrorCode.OUTCOME_UNKNOWN)
                        .requests(1),
                once("a connection lost after the upload, from a stream to be read once", Bench.PACKAGE, lost)
                        .fails(ErrorCode.OUTCOME_UNKNOWN)
                        .requests(1),
                imports(
                                "a connection lost after the upload and before the body's end",
                                new MockResponse.Builder()
                                        .body("{\"id\":\"job-1\"}")
                                        .onResponseBody(new SocketEffect.CloseSocket())
                                        .build())
                        .fails(ErrorCode.OUTCOME_UNKNOWN)
                        .requests(1));
    }

    static Stream<FaultCase> refusals() {
        return Stream.of(
                uploads("429 after the upload", UploadFaultsTest::supplier, status(429, "x-retry-after", "3"))
                        .slept("PT3S"),
                uploads("503 after the upload", UploadFaultsTest::path, status(503)),
                once("429 after the upload of a stream to be read once", Bench.PACKAGE, status(429))
                        .fails(ErrorCode.RATE_LIMITED)
                        .requests(1)
                        .slept("PT0S"),
                once(
                                "503 with a pause of zero after the upload of a stream to be read once",
                                Bench.PACKAGE,
                                status(503, "Retry-After", "0"))
                        .fails(ErrorCode.UNAVAILABLE)
                        .requests(1),
                imports("502 after the upload, as the job may have been created", status(502))
                        .fails(ErrorCode.BAD_GATEWAY)
                        .requests(1),
                imports("413", status(413)).fails(ErrorCode.TOO_LARGE).requests(1),
                imports("409, as another job runs", status(409))
                        .fails(ErrorCode.CONFLICT)
                        .requests(1),
                imports("no id", Bench.json("{}"))
                        .fails(ErrorCode.MISSING_FIELD)
                        .requests(1));
    }

    static Stream<FaultCase> sources() {
        return Stream.of(
                source("a file that does not exist", request -> request.file(Path.of("no-such-package.zip")))
                        .requests(0)
                        .failing(failure -> assertThat(failure).hasMessageContaining("no-such-package.zip")),
                source(
                        "a supplier that fails",
                        request -> request.file(() -> {
                            throw new IllegalStateException("vault is shut");
                        })),
                source("a supplier of nothing", request -> request.file(() -> (InputStream) null)),
                source("a stream that breaks off", request -> request.file(() -> new BrokenStream())),
                source("a file that shrinks between two attempts", request -> request.file(write("s.zip", LARGE)))
                        .answers(status(429), created())
                        .prepared(bench -> bench.time.beforeSleep(() -> write("s.zip", Bench.PACKAGE)))
                        .failing(failure -> assertThat(failure).hasMessageContaining("it had 8388608 bytes")),
                source("a file that grows between two attempts", request -> request.file(write("g.zip", Bench.PACKAGE)))
                        .answers(status(429), created())
                        .prepared(bench -> bench.time.beforeSleep(() -> write("g.zip", LARGE))),
                named("a stream to be read once that is given twice")
                        .answers(created(), job("closed"))
                        .calling((client, directory) -> {
                            ImportRequest request = ImportRequest.create()
                                    .file(new ByteArrayInputStream(Bench.PACKAGE))
                                    .destination("a/b");
                            client.impex().imp(request);
                            return client.impex().imp(request);
                        })
                        .fails(ErrorCode.SOURCE_UNREADABLE),
                named("no file")
                        .calling((client, directory) ->
                                client.impex().imp(ImportRequest.create().destination("a/b")))
                        .fails(ErrorCode.INVALID_REQUEST)
                        .requests(0),
                named("no destination")
                        .calling((client, directory) ->
                                client.impex().imp(ImportRequest.create().file(Bench.PACKAGE)))
                        .fails(ErrorCode.INVALID_REQUEST)
                        .requests(0));
    }

    /** An upload of the large file that is repeated, whole, after this answer. */
    private static FaultCase uploads(
            String name, Function<ImportRequest, ImportRequest> file, MockResponse firstAnswer) {
        return named(name)
                .answers(firstAnswer, created(), job("closed"))
                .calling((client, directory) ->
                        client.impex().imp(file.apply(ImportRequest.create().destination("a/b"))))
                .requests(3)
                .seen(bench -> {
                    wholeUpload(bench);
                    assertThat(wholeUpload(bench).getBody().indexOf(LARGE_BYTES))
                            .isPositive();
                });
    }

    /** An upload of the large file whose first connection is cut in the middle. */
    private static FaultCase cut(String name, Cut cut, Function<ImportRequest, ImportRequest> file, int connections) {
        AtomicReference<CuttingProxy> proxy = new AtomicReference<>();
        return named(name)
                .answers(created(), job("closed"))
                .prepared(bench -> proxy.set(new CuttingProxy(bench.server.getPort(), cut, LARGE.length / 4)))
                .settings(builder ->
                        builder.baseUrl("http://localhost:" + proxy.get().port() + "/t"))
                .hurrying(cut == Cut.STALL ? new Integer[] {1} : new Integer[0])
                .calling((client, directory) ->
                        client.impex().imp(file.apply(ImportRequest.create().destination("a/b"))))
                .seen(bench -> {
                    proxy.get().close();
                    assertThat(proxy.get().connections()).isEqualTo(connections);
                    if (connections > 1) {
                        assertThat(wholeUpload(bench).getBody().indexOf(LARGE_BYTES))
                                .isPositive();
                    }
                });
    }

    private static RecordedRequest wholeUpload(Bench bench) {
        RecordedRequest request = bench.request();
        while (request.getBody().size() < LARGE.length) {
            request = bench.request();
        }
        return request;
    }

    private static Function<ImportRequest, ImportRequest> stream() {
        return request -> request.file(new ByteArrayInputStream(LARGE));
    }

    private static FaultCase once(String name, byte[] bytes, MockResponse firstAnswer) {
        return named(name)
                .answers(firstAnswer, created(), job("closed"))
                .calling((client, directory) -> client.impex()
                        .imp(ImportRequest.create()
                                .file(new ByteArrayInputStream(bytes))
                                .destination("a/b")));
    }

    private static FaultCase imports(String name, MockResponse... answer) {
        return named("an import is answered by " + name)
                .answers(Stream.concat(Stream.of(answer), Stream.of(created(), job("closed")))
                        .toArray(MockResponse[]::new))
                .importing(request -> request);
    }

    private static FaultCase source(String name, Function<ImportRequest, ImportRequest> file) {
        return named(name)
                .answers(created())
                .calling((client, directory) ->
                        client.impex().imp(file.apply(ImportRequest.create().destination("a/b"))))
                .fails(ErrorCode.SOURCE_UNREADABLE);
    }

    private static ImportRequest bytes(ImportRequest request) {
        return request.file(LARGE);
    }

    private static ImportRequest path(ImportRequest request) {
        return request.file(write("large.zip", LARGE));
    }

    private static ImportRequest supplier(ImportRequest request) {
        return request.file(() -> new ByteArrayInputStream(LARGE));
    }

    private static Path write(String name, byte[] bytes) {
        try {
            return Files.write(files.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class BrokenStream extends InputStream {
        private int left = 100_000;

        @Override
        public int read() throws IOException {
            if (left == 0) {
                throw new IOException("the tape is torn");
            }
            left--;
            return 1;
        }
    }
}
