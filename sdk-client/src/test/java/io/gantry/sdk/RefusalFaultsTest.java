// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static io.gantry.sdk.Bench.created;
import static io.gantry.sdk.Bench.json;
import static io.gantry.sdk.Bench.status;
import static io.gantry.sdk.FaultCase.named;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fault table, eighth part: what is kept of an answer that is no success. */
class RefusalFaultsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0}")
    @MethodSource({"bodies", "pauses"})
    void ends_in_the_right_result(FaultCase fault) throws Exception {
        fault.run(directory);
    }

    static Stream<FaultCase> bodies() {
        return Stream.of(
                refused("an HTML page", "text/html; charset=utf-8", "<html><title>Sorry</title></html>", refusal -> {
                    assertThat(refusal.body()).isEqualTo("<html><title>Sorry</title></html>");
                    assertThat(refusal.contentType()).hasValue("text/html; charset=utf-8");
                    assertThat(refusal.serverMessages()).isEmpty();
                    assertThat(refusal).hasMessageContaining("The body is no message but text/html");
                }),
                refused("an HTML page without a type", null, "<!doctype html><p>Sorry", refusal -> {
                    assertThat(refusal.serverMessages()).isEmpty();
                    assertThat(refusal.contentType()).isEmpty();
                    assertThat(refusal.body()).startsWith("<!doctype html>");
                }),
                refused("plain text", "text/plain", "404 page not found\n", refusal -> {
                    assertThat(refusal.body()).isEqualTo("404 page not found\n");
                    assertThat(refusal.serverMessages()).singleElement().hasToString("404 page not found");
                    assertThat(refusal).hasMessageContaining("The server says: 404 page not found");
                }),
                refused(
                        "a JSON list of messages",
                        "application/json",
                        "[{\"code\":\"E1\",\"message\":\"no\"},\"never\"]",
                        r -> {
                            assertThat(r.serverMessages())
                                    .extracting(Object::toString)
                                    .containsExactly("E1: no", "never");
                            assertThat(r.body()).startsWith("[{\"code\"");
                        }),
                refused(
                        "a JSON text",
                        "application/json",
                        "\"quota exceeded\"",
                        refusal -> assertThat(refusal.serverMessages())
                                .singleElement()
                                .hasToString("quota exceeded")),
                refused("JSON and more", "application/json", "{\"message\":\"no\"} <!-- proxy -->", r -> {
                    assertThat(r.serverMessages()).singleElement().hasToString("no");
                    assertThat(r.body()).endsWith("<!-- proxy -->");
                }),
                refused("half a JSON object", "application/json", "{\"message\":\"no", refusal -> {
                    assertThat(refusal.serverMessages()).isEmpty();
                    assertThat(refusal.body()).isEqualTo("{\"message\":\"no");
                }),
                refused(
                        "a JSON object in another type",
                        "text/html",
                        "{\"message\":\"no\"}",
                        refusal -> assertThat(refusal.serverMessages())
                                .singleElement()
                                .hasToString("no")),
                refused(
                        "XML",
                        "application/xml",
                        "<Error><Code>Expired</Code></Error>",
                        refusal -> assertThat(refusal.body()).contains("<Code>Expired</Code>")),
                refused("nothing", "application/json", "", refusal -> {
                    assertThat(refusal.body()).isEmpty();
                    assertThat(refusal.isBodyTruncated()).isFalse();
                    assertThat(refusal).message().doesNotContain("body");
                }),
                refused(
                                "text in another charset",
                                "text/plain; charset=ISO-8859-1",
                                "",
                                refusal -> assertThat(refusal.body()).isEqualTo("größer"))
                        .answers(answer("text/plain; charset=ISO-8859-1")
                                .body(new Buffer().write("größer".getBytes(StandardCharsets.ISO_8859_1)))
                                .build()),
                refused(
                        "text in a charset that does not exist",
                        "text/plain; charset=klingon",
                        "no",
                        refusal -> assertThat(refusal.body()).isEqualTo("no")),
                refused("bytes", "application/octet-stream", "", refusal -> {
                            assertThat(refusal.body()).startsWith("PK").contains("\uFFFD");
                            assertThat(refusal.serverMessages()).isEmpty();
                        })
                        .answers(answer("application/octet-stream")
                                .body(new Buffer().write(new byte[] {'P', 'K', (byte) 0xff, 0, 1}))
                                .build()),
                refused("more than is kept", "text/plain", "x".repeat(300_000), refusal -> {
                    assertThat(refusal.body()).hasSize(65_536);
                    assertThat(refusal.isBodyTruncated()).isTrue();
                    assertThat(refusal.getMessage()).hasSizeLessThan(1000);
                }),
                refused(
                        "a token across the limit of what is kept",
                        "text/plain",
                        "x".repeat(65_530) + Bench.TOKEN,
                        r -> {
                            assertThat(r.body()).doesNotContain("planted").endsWith("x***");
                            assertThat(r.isBodyTruncated()).isFalse();
                        }),
                refused("a body that breaks off", "text/plain", "", refusal -> {
                            assertThat(refusal.body()).startsWith("xxx");
                            assertThat(refusal.isBodyTruncated()).isTrue();
                        })
                        .answers(answer("text/plain")
                                .body("x".repeat(20_000))
                                .onResponseBody(new SocketEffect.CloseSocket())
                                .build()),
                refused("headers and a token", "text/plain", "who is " + Bench.TOKEN + "?", refusal -> {
                            assertThat(refusal.headers()).containsEntry("x-trace", List.of("1", "2 ***"));
                            assertThat(refusal.headers().get("X-TRACE")).hasSize(2);
                            assertThat(refusal.body()).isEqualTo("who is ***?");
                            assertThat(refusal.httpStatus()).hasValue(422);
                            assertThat(serialized(refusal).body()).isEmpty();
                            assertThat(serialized(refusal).headers()).isEmpty();
                        })
                        .answers(answer("text/plain")
                                .addHeader("X-Trace", "1")
                                .addHeader("X-Trace", "2 " + Bench.TOKEN)
                                .body("who is " + Bench.TOKEN + "?")
                                .build()),
                named("the refusal of a check names the job")
                        .answers(
                                created(),
                                answer("text/plain").body("gone fishing").build())
                        .fails(ErrorCode.UNPROCESSABLE)
                        .failing(failure -> {
                            assertThat(((ApiException) failure).body()).isEqualTo("gone fishing");
                            assertThat(failure.jobId()).hasValue("job-1");
                        }));
    }

    static Stream<FaultCase> pauses() {
        return Stream.of(
                tooLong(
                        "429 with a pause beyond the deadline",
                        429,
                        ErrorCode.RATE_LIMITED,
                        "Retry-After",
                        "3600",
                        "PT1H"),
                tooLong(
                        "503 with a pause beyond the deadline",
                        503,
                        ErrorCode.UNAVAILABLE,
                        "Retry-After",
                        "301",
                        "PT5M1S"),
                tooLong(
                        "408 with a pause beyond the deadline",
                        408,
                        ErrorCode.REQUEST_TIMEOUT,
                        "x-retry-after",
                        "400.5",
                        "PT6M40.5S"),
                tooLong(
                        "a date beyond the deadline",
                        429,
                        ErrorCode.RATE_LIMITED,
                        "Retry-After",
                        "Sun, 01 Nov 2026 02:00:01 GMT",
                        "PT2H"),
                named("a check that is refused beyond the deadline names the job to resume")
                        .answers(created(), said(429, "Retry-After", "3600"))
                        .exporting(request -> request.deadline(Duration.ofMinutes(5)))
                        .fails(ErrorCode.RATE_LIMITED)
                        .requests(2)
                        .slept("PT0S")
                        .failing(failure -> {
                            assertThat(failure.jobId()).hasValue("job-1");
                            assertThat(failure.serverMessages()).singleElement().hasToString("busy until noon");
                        }),
                named("a refusal that is still the last word after its repetitions tells its pause")
                        .answers(Stream.generate(() -> status(429, "Retry-After", "2"))
                                .limit(4)
                                .toArray(MockResponse[]::new))
                        .fails(ErrorCode.RATE_LIMITED)
                        .slept("PT6S")
                        .failing(failure -> assertThat(((ApiException) failure).retryAfter())
                                .hasValue(Duration.ofSeconds(2))),
                named("a refusal that names no pause tells none")
                        .answers(json(400, "{}"))
                        .fails(ErrorCode.BAD_REQUEST)
                        .failing(failure -> assertThat(((ApiException) failure).retryAfter())
                                .isEmpty()));
    }

    private static FaultCase tooLong(
            String name, int status, ErrorCode code, String header, String value, String hint) {
        return named(name)
                .answers(said(status, header, value))
                .exporting(request -> request.deadline(Duration.ofMinutes(5)))
                .fails(code)
                .requests(1)
                .slept("PT0S")
                .failing(failure -> {
                    assertThat(failure.httpStatus()).hasValue(status);
                    assertThat(((ApiException) failure).retryAfter()).hasValue(Duration.parse(hint));
                    assertThat(failure.isRetryable()).isTrue();
                    assertThat(failure.serverMessages()).singleElement().hasToString("busy until noon");
                    assertThat(failure)
                            .hasMessageContaining(
                                    "the server asks to wait " + hint + ", but the deadline leaves only PT5M")
                            .hasMessageContaining("busy until noon");
                });
    }

    private static MockResponse said(int status, String header, String value) {
        return json(status, "{\"message\":\"busy until noon\"}")
                .newBuilder()
                .setHeader(header, value)
                .build();
    }

    private static FaultCase refused(String name, String type, String body, Consumer<ApiException> check) {
        return named("a refusal with " + name)
                .answers(answer(type).body(body).build())
                .fails(ErrorCode.UNPROCESSABLE)
                .requests(1)
                .failing(failure -> check.accept((ApiException) failure));
    }

    private static MockResponse.Builder answer(String type) {
        MockResponse.Builder answer = new MockResponse.Builder().code(422);
        return type == null ? answer : answer.setHeader("Content-Type", type);
    }

    private static ApiException serialized(ApiException refusal) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            new ObjectOutputStream(bytes).writeObject(refusal);
            return (ApiException) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
