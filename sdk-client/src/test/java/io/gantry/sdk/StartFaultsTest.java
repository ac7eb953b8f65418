// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static io.gantry.sdk.Bench.created;
import static io.gantry.sdk.Bench.job;
import static io.gantry.sdk.Bench.json;
import static io.gantry.sdk.Bench.status;
import static io.gantry.sdk.Bench.zip;
import static io.gantry.sdk.FaultCase.named;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fault table, first part: what may go wrong while a job is being started. */
class StartFaultsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0}")
    @MethodSource({"connections", "statuses", "hints", "bodies"})
    void ends_in_the_right_result(FaultCase fault) throws Exception {
        fault.run(directory);
    }

    static Stream<FaultCase> connections() {
        return Stream.of(
                named("a refused connection is tried again and then given up")
                        .prepared(bench -> bench.server.close())
                        .fails(ErrorCode.CONNECT_FAILED)
                        .slept("PT1.5S")
                        .failing(failure -> {
                            assertThat(failure.isRetryable()).isTrue();
                            assertThat(failure.jobId()).isEmpty();
                            assertThat(failure.requestId()).isPresent();
                        }),
                named("an unknown host")
                        .settings(builder -> builder.baseUrl("http://no-such-host.invalid/t"))
                        .fails(ErrorCode.CONNECT_FAILED),
                named("TLS to a port that answers in plain text")
                        .calling((client, directory) -> {
                            try (Bench plain = new Bench();
                                    ImpexClient tls = plain.on(client.derive()
                                                    .baseUrl(plain.url().replace("http:", "https:")))
                                            .build()) {
                                return tls.impex().exp(Bench.someExport());
                            }
                        })
                        .fails(ErrorCode.TLS_FAILED),
                lost("a connection closed before the request is read", false, start()),
                lost("a connection closed instead of an answer", false, answer()),
                lost("a connection reset instead of an answer", true, answer()),
                lost("a connection closed in the middle of the answer", false, body()),
                lost("a connection reset in the middle of the answer", true, body()),
                named("an answer that never comes")
                        .hurrying(1)
                        .answers(new MockResponse.Builder()
                                .onResponseStart(SocketEffect.Stall.INSTANCE)
                                .build())
                        .fails(ErrorCode.OUTCOME_UNKNOWN)
                        .requests(1),
                named("an answer that stops in its body")
                        .hurrying(1)
                        .answers(new MockResponse.Builder()
                                .body("{\"id\":\"job-1\"}")
                                .onResponseBody(SocketEffect.Stall.INSTANCE)
                                .build())
                        .fails(ErrorCode.OUTCOME_UNKNOWN)
                        .requests(1));
    }

    static Stream<FaultCase> statuses() {
        return Stream.of(
                refused(400, ErrorCode.BAD_REQUEST, 1),
                refused(401, ErrorCode.UNAUTHORIZED, 1),
                refused(403, ErrorCode.FORBIDDEN, 1),
                refused(404, ErrorCode.NOT_FOUND, 1),
                refused(408, ErrorCode.REQUEST_TIMEOUT, 4),
                refused(409, ErrorCode.CONFLICT, 1),
                refused(413, ErrorCode.TOO_LARGE, 1),
                refused(415, ErrorCode.UNSUPPORTED_MEDIA_TYPE, 1),
                refused(418, ErrorCode.UNEXPECTED_STATUS, 1),
                refused(422, ErrorCode.UNPROCESSABLE, 1),
                refused(429, ErrorCode.RATE_LIMITED, 4),
                refused(500, ErrorCode.SERVER_ERROR, 1),
                refused(502, ErrorCode.BAD_GATEWAY, 1),
                refused(503, ErrorCode.UNAVAILABLE, 4),
                refused(504, ErrorCode.GATEWAY_TIMEOUT, 1),
                refused(599, ErrorCode.UNEXPECTED_STATUS, 1),
                named("a redirect of a POST is no success and is not followed")
                        .answers(status(307, "Location", "http://elsewhere.example/login?token=x"))
                        .fails(ErrorCode.UNEXPECTED_STATUS)
                        .requests(1)
                        .failing(failure -> assertThat(failure)
                                .hasMessageContaining("http://elsewhere.example/...")
                                .message()
                                .doesNotContain("login")),
                named("the server's own errors are passed on")
                        .answers(
                                json(
                                        422,
                                        "{\"errors\":[{\"code\":\"E1\",\"message\":\"no such folder\",\"extra\":7},\"plain\"]}"))
                        .fails(ErrorCode.UNPROCESSABLE)
                        .failing(failure -> {
                            assertThat(failure).hasMessageContaining("E1: no such folder; plain");
                            assertThat(failure.httpStatus()).hasValue(422);
                            assertThat(failure.serverMessages())
                                    .hasSize(2)
                                    .first()
                                    .satisfies(message -> {
                                        assertThat(message.code()).hasValue("E1");
                                        assertThat(message.fields()).containsEntry("extra", 7);
                                    });
                        }),
                named("an HTML page on an error status keeps the status")
                        .answers(new MockResponse.Builder()
                                .code(500)
                                .setHeader("Content-Type", "text/html")
                                .body("<html>down</html>")
                                .build())
                        .fails(ErrorCode.SERVER_ERROR)
                        .failing(failure -> assertThat(failure.serverMessages()).isEmpty()),
                named("an empty body of JSON type does not hide a 401")
                        .answers(new MockResponse.Builder()
                                .code(401)
                                .setHeader("Content-Type", "application/json")
                                .build())
                        .fails(ErrorCode.UNAUTHORIZED),
                named("an error body that breaks off does not hide the status")
                        .answers(new MockResponse.Builder()
                                .code(409)
                                .body("{\"message\":\"one job at a time\"}")
                                .onResponseBody(new SocketEffect.CloseSocket())
                                .build())
                        .fails(ErrorCode.CONFLICT));
    }

    static Stream<FaultCase> hints() {
        return Stream.of(
                hinted("429 with x-retry-after in fractions", "PT2.5S", status(429, "x-retry-after", "2.5")),
                hinted("429 with Retry-After in seconds", "PT7S", status(429, "Retry-After", "7")),
                hinted("429 without a hint", "PT0.5S", status(429)),
                hinted("503 with Retry-After in seconds", "PT3S", status(503, "Retry-After", "3")),
                hinted("503 without a hint", "PT0.5S", status(503)),
                hinted(
                        "503 with a Retry-After of zero is repeated here and once only",
                        "PT0.25S",
                        status(503, "Retry-After", "0")),
                hinted(
                        "503 with a date, measured by the server's clock",
                        "PT20S",
                        status(
                                503,
                                "Date",
                                "Sun, 06 Nov 1994 08:49:37 GMT",
                                "Retry-After",
                                "Sun, 06 Nov 1994 08:49:57 GMT")),
                hinted(
                        "429 with a date and no clock of the server's, measured by the clock here",
                        "PT59S",
                        status(429, "Retry-After", "Sun, 01 Nov 2026 00:01:00 GMT")),
                hinted(
                        "a date that has passed",
                        "PT0.25S",
                        status(429, "Retry-After", "Sun, 06 Nov 1994 08:49:57 GMT")),
                hinted(
                        "x-retry-after wins over Retry-After",
                        "PT1S",
                        status(429, "Retry-After", "90", "x-retry-after", "1")),
                hinted("a hint that cannot be read", "PT0.5S", status(429, "Retry-After", "soon")),
                hinted("a negative hint", "PT0.25S", status(429, "x-retry-after", "-4")),
                hinted("a hint far below zero", "PT0.25S", status(429, "x-retry-after", "-9e18")),
                hinted("a hint of next to nothing", "PT0.25S", status(429, "x-retry-after", "1e-2147483647")),
                named("a hint of more than can be counted is beyond the deadline")
                        .answers(status(429, "x-retry-after", "9e2147483647"))
                        .fails(ErrorCode.RATE_LIMITED)
                        .requests(1)
                        .slept("PT0S"),
                hinted("408 is repeated, as the request was not taken", "PT0.5S", status(408)),
                named("a hint beyond the deadline ends the call at once")
                        .answers(status(429, "Retry-After", "3600"))
                        .exporting(request -> request.deadline(Duration.ofMinutes(5)))
                        .fails(ErrorCode.RATE_LIMITED)
                        .slept("PT0S")
                        .failing(failure -> {
                            assertThat(failure.jobId()).isEmpty();
                            assertThat(failure)
                                    .hasMessageContaining("asks to wait PT1H, but the deadline leaves only PT5M");
                        }),
                named("pauses without hints grow")
                        .answers(status(503), status(503), status(503), status(503))
                        .settings(builder -> {
                            builder.random = () -> 0.5;
                            return builder;
                        })
                        .fails(ErrorCode.UNAVAILABLE)
                        .slept("PT4.25S")
                        .seen(bench -> assertThat(bench.time.sleeps())
                                .containsExactly(
                                        Duration.ofMillis(750), Duration.ofMillis(1250), Duration.ofMillis(2250))),
                named("no repetition when none is wanted, not even at once")
                        .settings(builder -> builder.requestRetries(0))
                        .answers(status(503, "Retry-After", "0"), created())
                        .fails(ErrorCode.UNAVAILABLE)
                        .requests(1),
                named("no repetition when none is wanted")
                        .settings(builder -> builder.requestRetries(0))
                        .answers(status(503))
                        .fails(ErrorCode.UNAVAILABLE)
                        .requests(1));
    }

    static Stream<FaultCase> bodies() {
        return Stream.of(
                answered("HTML where JSON was due", "<html>Sign in</html>", ErrorCode.NOT_JSON),
                answered("an empty body", "", ErrorCode.NOT_JSON),
                answered("half a JSON text", "{\"id\":\"job-1\"", ErrorCode.NOT_JSON),
                answered("a JSON list", "[{\"id\":\"job-1\"}]", ErrorCode.NOT_JSON),
                answered("JSON and more", "{\"id\":\"job-1\"} trailing", ErrorCode.NOT_JSON),
                answered("no id", "{\"object\":\"export\"}", ErrorCode.MISSING_FIELD),
                answered("an id of null", "{\"id\":null}", ErrorCode.MISSING_FIELD),
                answered("a blank id", "{\"id\":\" \"}", ErrorCode.MISSING_FIELD),
                answered("an id that is an object", "{\"id\":{}}", ErrorCode.MISSING_FIELD),
                named("an answer without end")
                        .answers(Bench.json("{\"id\":\"" + "x".repeat(17 * 1024 * 1024) + "\"}"))
                        .fails(ErrorCode.ANSWER_TOO_LARGE),
                named("an id that is a number is as good as a text")
                        .answers(bench -> List.of(json("{\"id\":17}"), job("closed", bench.file("a.zip")), zip()))
                        .seen(bench -> {
                            bench.request();
                            assertThat(bench.request().getTarget()).isEqualTo("/my-tenant/api/v4/export/17/status");
                        }),
                named("an answer in chunks is put together")
                        .answers(bench -> List.of(
                                new MockResponse.Builder()
                                        .chunkedBody("{\"id\":\"job-1\"}", 3)
                                        .build(),
                                job("closed", bench.file("a.zip")),
                                zip())),
                named("an answer that comes slowly is waited for")
                        .settings(Bench::impatient)
                        .answers(bench -> List.of(
                                new MockResponse.Builder()
                                        .body("{\"id\":\"job-1\"}" + " ".repeat(1000))
                                        .throttleBody(100, Bench.STEP, TimeUnit.MILLISECONDS)
                                        .build(),
                                job("closed", bench.file("a.zip")),
                                zip())),
                named("JSON under another type is read")
                        .answers(bench -> List.of(
                                new MockResponse.Builder()
                                        .code(202)
                                        .setHeader("Content-Type", "text/plain")
                                        .body("{\"id\":\"job-1\"}")
                                        .build(),
                                job("closed", bench.file("a.zip")),
                                zip())),
                named("a request that names nothing is not sent")
                        .calling((client, directory) -> client.impex().exp(ExportRequest.create()))
                        .fails(ErrorCode.INVALID_REQUEST)
                        .requests(0),
                named("a blank folder is not sent")
                        .calling((client, directory) ->
                                client.impex().exp(ExportRequest.create().folders(" ")))
                        .fails(ErrorCode.INVALID_REQUEST)
                        .requests(0));
    }

    /** A POST whose fate is unknown once the server may have all of it. */
    private static FaultCase lost(String name, boolean reset, MockResponse answer) {
        FaultCase fault = named(name)
                .answers(answer)
                .fails(ErrorCode.OUTCOME_UNKNOWN)
                .requests(1)
                .failing(failure -> {
                    assertThat(failure.isRetryable()).isFalse();
                    assertThat(failure).hasMessageContaining("may or may not have been created");
                });
        return reset ? fault.resetting() : fault;
    }

    private static MockResponse start() {
        return new MockResponse.Builder()
                .onRequestStart(new SocketEffect.CloseSocket())
                .build();
    }

    private static MockResponse answer() {
        return new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build();
    }

    private static MockResponse body() {
        return new MockResponse.Builder()
                .body("{\"id\":\"job-1\"}")
                .onResponseBody(new SocketEffect.CloseSocket())
                .build();
    }

    private static FaultCase refused(int status, ErrorCode code, int requests) {
        MockResponse[] answers = Stream.generate(() -> status(status)).limit(4).toArray(MockResponse[]::new);
        return named("HTTP " + status)
                .answers(answers)
                .fails(code)
                .requests(requests)
                .failing(failure -> {
                    assertThat(failure.httpStatus()).hasValue(status);
                    assertThat(failure.requestId()).isPresent();
                    assertThat(failure.isRetryable())
                            .isEqualTo(List.of(408, 429, 502, 503, 504).contains(status));
                });
    }

    private static FaultCase hinted(String name, String slept, MockResponse answer) {
        return named(name)
                .answers(bench -> List.of(answer, created(), job("closed", bench.file("a.zip")), zip()))
                .slept(slept)
                .requests(4);
    }

    private static FaultCase answered(String name, String body, ErrorCode code) {
        return named("the answer is " + name)
                .answers(new MockResponse.Builder()
                        .setHeader("Content-Type", "text/html; charset=utf-8")
                        .body(body)
                        .build())
                .fails(code)
                .requests(1)
                .failing(failure -> assertThat(failure.httpStatus()).hasValue(200));
    }
}
