// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static io.gantry.sdk.Bench.created;
import static io.gantry.sdk.Bench.job;
import static io.gantry.sdk.Bench.json;
import static io.gantry.sdk.Bench.status;
import static io.gantry.sdk.Bench.zip;
import static io.gantry.sdk.FaultCase.named;
import static io.gantry.sdk.Pieces.FILE;
import static io.gantry.sdk.Pieces.chunks;
import static io.gantry.sdk.Pieces.gzip;
import static io.gantry.sdk.Pieces.half;
import static io.gantry.sdk.Pieces.halfInChunks;
import static io.gantry.sdk.Pieces.part;
import static io.gantry.sdk.Pieces.rest;
import static io.gantry.sdk.Pieces.restInTwo;
import static io.gantry.sdk.Pieces.slow;
import static io.gantry.sdk.Pieces.stuck;
import static io.gantry.sdk.Pieces.tiny;
import static io.gantry.sdk.Pieces.wrongRest;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import okio.ByteString;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fault table, third part: what may go wrong while files are being downloaded. */
class DownloadFaultsTest {
    private static final String SHA256 = ByteString.of(FILE).sha256().hex();

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0}")
    @MethodSource({"breaks", "resumptions", "answers", "hashes", "addresses"})
    void ends_in_the_right_result(FaultCase fault) throws Exception {
        fault.run(directory);
    }

    static Stream<FaultCase> breaks() {
        MockResponse silent = new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();
        return Stream.of(
                downloads("a download that is cut off starts anew", half(), zip(FILE)),
                downloads("a download that is reset starts anew", half(), zip(FILE))
                        .resetting(),
                downloads("a download in chunks that is cut off starts anew", halfInChunks(), zip(FILE)),
                downloads("a download that stops starts anew", stuck(), zip(FILE))
                        .hurrying(3),
                downloads("a download that never begins starts anew", silent, zip(FILE))
                        .hurrying(3),
                downloads("a download in chunks without a length", chunks()),
                downloads("a download that comes slowly", slow()).settings(Bench::impatient),
                downloads("a download packed by gzip although it was not asked for", gzip(FILE, Integer.MAX_VALUE)),
                downloads("a packed download that is cut off starts anew", gzip(FILE, 5_000), zip(FILE)),
                downloads("a download that is cut off each time", tiny(), tiny(), tiny(), tiny())
                        .fails(ErrorCode.CONNECTION_LOST)
                        .failing(failure -> {
                            assertThat(failure).hasMessageContaining("download file 1 of 1");
                            assertThat(failure.jobId()).hasValue("job-1");
                        }),
                downloads("a download that stops each time", silent, silent)
                        .hurrying(3, 4)
                        .settings(builder -> builder.requestRetries(1))
                        .fails(ErrorCode.STALLED),
                downloads(
                                "progress resets the count of failures",
                                half("ETag", "\"v1\""),
                                part(100_000, 170_000),
                                part(170_000, 200_000))
                        .settings(builder -> builder.requestRetries(1)),
                downloads("a download that is cut off at the same place each time", half(), half(), half(), half())
                        .fails(ErrorCode.CONNECTION_LOST)
                        .requests(6),
                downloads("a download that stands still until the deadline, by the real clock", stuck())
                        .settings(builder -> {
                            builder.time = new ClockAfterCalls(3);
                            return builder;
                        })
                        .exporting(request -> request.deadline(Duration.ofMillis(600)))
                        .fails(ErrorCode.DEADLINE_REACHED)
                        .requests(3)
                        .failing(failure -> assertThat(failure.jobId()).hasValue("job-1")),
                named("a deadline that passes between two attempts")
                        .answers(bench -> List.of(created(), job("closed", bench.file("a.zip")), half(), zip(FILE)))
                        .exporting(request -> request.deadline(Duration.ofMillis(400)))
                        .fails(ErrorCode.DEADLINE_REACHED)
                        .failing(failure -> assertThat(failure.jobId()).hasValue("job-1")));
    }

    static Stream<FaultCase> resumptions() {
        return Stream.of(
                downloads("a cut is resumed by range if there is an ETag", half("ETag", "\"v1\""), rest())
                        .seen(bench -> {
                            Headers headers = last(bench, 4);
                            assertThat(headers.get("Range")).matches("bytes=[1-9]\\d+-");
                            assertThat(headers.get("If-Range")).isEqualTo("\"v1\"");
                        }),
                downloads(
                                "a cut is resumed by range if there is a date",
                                half("Last-Modified", "Sun, 01 Nov 2026 00:00:00 GMT"),
                                rest())
                        .seen(bench ->
                                assertThat(last(bench, 4).get("If-Range")).startsWith("Sun, 01 Nov")),
                hashedDownload("a cut is resumed by range if the hash will tell", half(), rest())
                        .seen(bench -> {
                            Headers headers = last(bench, 4);
                            assertThat(headers.get("Range")).startsWith("bytes=");
                            assertThat(headers.get("If-Range")).isNull();
                        }),
                downloads("a weak ETag is not enough to resume", half("ETag", "W/\"v1\""), zip(FILE))
                        .seen(bench -> assertThat(last(bench, 4).get("Range")).isNull()),
                downloads("a server that ignores the range sends all again", half("ETag", "\"v1\""), zip(FILE)),
                downloads("a range that cannot be had starts anew", half("ETag", "\"v1\""), status(416), zip(FILE)),
                downloads("another range than asked for starts anew", half("ETag", "\"v1\""), part(0, 10), zip(FILE)),
                downloads(
                        "a partial answer without a range starts anew",
                        half("ETag", "\"v1\""),
                        new MockResponse.Builder().code(206).body("abc").build(),
                        zip(FILE)),
                hashedDownload("pieces that do not fit together start anew", half(), wrongRest(), zip(FILE)),
                downloads(
                        "a rest that is shorter than promised is resumed again",
                        half("ETag", "\"v1\""),
                        restInTwo()[0],
                        restInTwo()[1]));
    }

    static Stream<FaultCase> answers() {
        return Stream.of(
                downloads("a file that is gone", status(404))
                        .fails(ErrorCode.NOT_FOUND)
                        .failing(failure -> assertThat(failure).hasMessageContaining("could not download file 1 of 1")),
                downloads("an address that has expired", status(403)).fails(ErrorCode.FORBIDDEN),
                downloads("a server that fails", status(500))
                        .fails(ErrorCode.SERVER_ERROR)
                        .requests(3),
                downloads("a server that is busy for a moment", status(503, "Retry-After", "2"), zip(FILE))
                        .slept("PT2S"),
                downloads("a gateway that fails for a moment", status(502), zip(FILE)),
                downloads(
                                "an HTML page",
                                new MockResponse.Builder()
                                        .setHeader("Content-Type", "text/html")
                                        .body("<html>Sign in</html>")
                                        .build())
                        .fails(ErrorCode.NOT_A_FILE),
                downloads("an empty file", zip(new byte[0])).fails(ErrorCode.NOT_A_FILE),
                named("the second of two files fails, and the first is deleted")
                        .answers(bench -> List.of(
                                created(),
                                job("closed", bench.file("a.zip"), bench.file("b.zip")),
                                zip(FILE),
                                status(410)))
                        .fails(ErrorCode.UNEXPECTED_STATUS)
                        .failing(failure -> assertThat(failure).hasMessageContaining("download file 2 of 2")),
                named("a failure leaves no temporary directory")
                        .answers(bench -> List.of(created(), job("closed", bench.file("a.zip")), status(404)))
                        .calling((client, directory) -> client.impex().exp(Bench.someExport()))
                        .fails(ErrorCode.NOT_FOUND),
                downloads("a redirect within the server", status(302, "Location", "/files/b.zip"), zip(FILE))
                        .seen(bench ->
                                assertThat(last(bench, 4).get("Authorization")).isNotNull()),
                downloads("a bearer token that has expired", status(401))
                        .fails(ErrorCode.UNAUTHORIZED)
                        .requests(3),
                named("a redirect to elsewhere is followed without credentials")
                        .answers(bench -> List.of(
                                created(),
                                job("closed", bench.file("a.zip")),
                                status(302, "Location", bench.elsewhere("/b.zip")),
                                zip(FILE)))
                        .seen(bench -> assertThat(last(bench, 4).names())
                                .doesNotContain("Authorization", "x-tenant-name", "x-request-id")),
                downloads(
                                "redirects without end",
                                Stream.generate(() -> status(302, "Location", "/files/a.zip"))
                                        .limit(6)
                                        .toArray(MockResponse[]::new))
                        .fails(ErrorCode.BAD_FILE_ADDRESS)
                        .requests(8),
                downloads("a redirect to another protocol", status(302, "Location", "file:///etc/passwd"))
                        .fails(ErrorCode.UNEXPECTED_STATUS));
    }

    static Stream<FaultCase> hashes() {
        return Stream.of(
                hashed("the right hash", SHA256, true),
                hashed("the right hash in upper case", SHA256.toUpperCase(Locale.ROOT), true),
                hashed("the right hash with its name", "sha256:" + SHA256, true),
                hashed("the right hash in Base64", ByteString.of(FILE).sha256().base64(), true),
                hashed("the right MD5", ByteString.of(FILE).md5().hex(), true),
                hashed("the right SHA-1", ByteString.of(FILE).sha1().hex(), true),
                hashed("the right SHA-512", ByteString.of(FILE).sha512().hex(), true),
                hashed("a hash of no known form", "crc:17", false),
                hashed("a hash whose name and length do not agree", "md5:" + SHA256, false),
                hashedDownload("the wrong file", zip(Bench.bytes(300)))
                        .fails(ErrorCode.HASH_MISMATCH)
                        .requests(3)
                        .failing(failure -> assertThat(failure)
                                .hasMessageContaining("SHA-256")
                                .hasMessageContaining(SHA256)),
                named("the wrong file, unchecked as wished")
                        .answers(bench -> List.of(created(), Bench.hashed(bench.file("a.zip"), SHA256), zip()))
                        .exporting(ExportRequest::withoutHashCheck)
                        .resulting(result -> assertThat(
                                        ((ExportResult) result).files().get(0).hashChecked())
                                .isFalse()));
    }

    static Stream<FaultCase> addresses() {
        return Stream.of(
                address("a file address of another protocol", "ftp://host/a.zip", ErrorCode.BAD_FILE_ADDRESS),
                address("a file on this machine", "file:///etc/passwd", ErrorCode.BAD_FILE_ADDRESS),
                address("a relative address", "/files/a.zip", ErrorCode.BAD_FILE_ADDRESS),
                address("an empty address", "", ErrorCode.BAD_FILE_ADDRESS),
                address("an address that is none", "not a url", ErrorCode.MISSING_FIELD),
                named("a file without an address")
                        .answers(
                                created(),
                                json("{\"status\":\"closed\",\"outputs\":{\"files\":[{\"file_hash\":\"x\"}]}}"))
                        .fails(ErrorCode.MISSING_FIELD)
                        .requests(2),
                named("an address of null")
                        .answers(created(), json("{\"status\":\"closed\",\"outputs\":{\"files\":[{\"file\":null}]}}"))
                        .fails(ErrorCode.MISSING_FIELD),
                named("a file elsewhere is fetched without credentials")
                        .answers(bench -> List.of(created(), job("closed", bench.elsewhere("/a.zip")), zip(FILE)))
                        .resulting(DownloadFaultsTest::isTheFile)
                        .seen(bench -> assertThat(last(bench, 3).names())
                                .containsExactlyInAnyOrder(
                                        "Accept", "Accept-Encoding", "Connection", "Host", "User-Agent")),
                named("a file elsewhere that wants credentials gets none")
                        .answers(bench -> List.of(created(), job("closed", bench.elsewhere("/a.zip")), status(401)))
                        .fails(ErrorCode.ADDRESS_REFUSED)
                        .failing(failure -> assertThat(failure.httpStatus()).hasValue(401))
                        .requests(3)
                        .seen(bench ->
                                assertThat(last(bench, 3).get("Authorization")).isNull()),
                named("a file at a port where nobody listens")
                        .answers(bench -> List.of(created(), job("closed", bench.nobody())))
                        .fails(ErrorCode.CONNECT_FAILED)
                        .slept("PT1.5S")
                        .failing(failure -> assertThat(failure).hasMessageContaining("download file 1 of 1")),
                named("a file elsewhere that cannot be reached")
                        .answers(created(), job("closed", "http://no-such-host.invalid/a.zip"))
                        .fails(ErrorCode.CONNECT_FAILED));
    }

    private static FaultCase downloads(String name, MockResponse... files) {
        return named(name)
                .answers(bench -> Stream.concat(
                                Stream.of(created(), job("closed", bench.file("a.zip"))), Stream.of(files))
                        .toList())
                .resulting(DownloadFaultsTest::isTheFile);
    }

    private static FaultCase hashedDownload(String name, MockResponse... files) {
        return named(name)
                .answers(bench -> Stream.concat(
                                Stream.of(created(), Bench.hashed(bench.file("a.zip"), SHA256)), Stream.of(files))
                        .toList())
                .resulting(DownloadFaultsTest::isTheFile);
    }

    private static FaultCase hashed(String name, String hash, boolean checked) {
        return named(name)
                .answers(bench -> List.of(created(), Bench.hashed(bench.file("a.zip"), hash), zip(FILE)))
                .resulting(result -> {
                    ExportedFile file = ((ExportResult) result).files().get(0);
                    assertThat(file.hashChecked()).isEqualTo(checked);
                    assertThat(file.origin().hash()).hasValue(hash);
                    assertThat(file.sha256()).isEqualTo(SHA256);
                });
    }

    private static FaultCase address(String name, String url, ErrorCode code) {
        return named(name).answers(created(), job("closed", url)).fails(code).requests(2);
    }

    private static void isTheFile(Object result) {
        ExportedFile file = ((ExportResult) result).files().get(0);
        assertThat(file.path()).hasBinaryContent(FILE);
        assertThat(file.length()).isEqualTo(FILE.length);
        assertThat(file.name()).isEqualTo("a.zip");
    }

    private static Headers last(Bench bench, int requests) {
        Headers headers = null;
        for (int i = 0; i < requests; i++) {
            headers = bench.request().getHeaders();
        }
        return headers;
    }
}
