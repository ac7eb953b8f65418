// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static io.gantry.sdk.Bench.created;
import static io.gantry.sdk.Bench.job;
import static io.gantry.sdk.Bench.json;
import static io.gantry.sdk.Bench.running;
import static io.gantry.sdk.Bench.status;
import static io.gantry.sdk.Bench.zip;
import static io.gantry.sdk.FaultCase.named;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fault table, fifth part: what may go wrong with access tokens. */
class TokenFaultsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0}")
    @MethodSource({"fetched", "suppliers"})
    void ends_in_the_right_result(FaultCase fault) throws Exception {
        fault.run(directory);
    }

    static Stream<FaultCase> fetched() {
        return Stream.of(
                oauth("a token that is refused in the middle of the wait is renewed")
                        .answers(bench -> List.of(
                                token("one"),
                                created(),
                                running(),
                                status(401),
                                token("two"),
                                job("closed", bench.file("a.zip")),
                                zip()))
                        .requests(7)
                        .seen(bench -> {
                            for (String expected : new String[] {null, "one", "one", "one", null, "two", "two"}) {
                                assertThat(bench.request().getHeaders().get("Authorization"))
                                        .isEqualTo(expected == null ? null : "Bearer " + expected);
                            }
                        }),
                oauth("a new token that is refused too ends the call, without recursion")
                        .answers(token("one"), status(401), token("two"), status(401))
                        .fails(ErrorCode.UNAUTHORIZED)
                        .requests(4),
                oauth("a token endpoint that answers 401 is asked once")
                        .answers(status(401), status(401))
                        .fails(ErrorCode.TOKEN_REFUSED)
                        .requests(1)
                        .failing(failure -> assertThat(failure.httpStatus()).hasValue(401)),
                oauth("a token endpoint that says what is wrong")
                        .answers(json(400, "{\"error\":\"invalid_client\",\"error_description\":\"no such client\"}"))
                        .fails(ErrorCode.TOKEN_REFUSED)
                        .failing(failure -> assertThat(failure).hasMessageContaining("invalid_client: no such client")),
                oauth("a token endpoint that is busy")
                        .answers(bench -> List.of(
                                status(503), token("one"), created(), job("closed", bench.file("a.zip")), zip()))
                        .slept("PT0.5S"),
                oauth("a token endpoint that does not exist")
                        .answers(status(404))
                        .fails(ErrorCode.NOT_FOUND)
                        .requests(1),
                oauth("a token endpoint that redirects")
                        .answers(status(302, "Location", "http://elsewhere.example/"))
                        .fails(ErrorCode.UNEXPECTED_STATUS)
                        .requests(1),
                oauth("a token endpoint that shows a page")
                        .answers(
                                new MockResponse.Builder().body("<html></html>").build())
                        .fails(ErrorCode.NOT_JSON),
                oauth("an answer without a token")
                        .answers(json("{\"expires_in\":5}"))
                        .fails(ErrorCode.MISSING_FIELD),
                oauth("a token that no header can carry")
                        .answers(json("{\"access_token\":\"a\\nb\"}"))
                        .fails(ErrorCode.MISSING_FIELD),
                oauth("a connection that is lost while a token is fetched, which creates nothing")
                        .answers(bench -> List.of(
                                new MockResponse.Builder()
                                        .onResponseStart(new SocketEffect.CloseSocket())
                                        .build(),
                                token("one"),
                                created(),
                                job("closed", bench.file("a.zip")),
                                zip())),
                oauth("a token is replaced before it expires")
                        .answers(bench -> List.of(
                                json("{\"access_token\":\"one\",\"expires_in\":90}"),
                                created(),
                                running()
                                        .newBuilder()
                                        .setHeader("Retry-After", "70")
                                        .build(),
                                json("{\"access_token\":\"two\",\"expires_in\":90}"),
                                job("closed", bench.file("a.zip")),
                                zip()))
                        .requests(6),
                oauth("a token that is refused for a download is renewed")
                        .answers(bench -> List.of(
                                token("one"),
                                created(),
                                job("closed", bench.file("a.zip")),
                                status(401),
                                token("two"),
                                zip()))
                        .requests(6),
                oauth("a token is neither shown to nor renewed for a file elsewhere")
                        .answers(bench ->
                                List.of(token("one"), created(), job("closed", bench.elsewhere("/a.zip")), status(401)))
                        .fails(ErrorCode.ADDRESS_REFUSED)
                        .requests(4),
                oauth("a file elsewhere that sends back here gets no token")
                        .answers(bench -> List.of(
                                token("one"),
                                created(),
                                job("closed", bench.elsewhere("/a.zip")),
                                status(302, "Location", bench.file("b.zip")),
                                zip()))
                        .seen(bench -> {
                            for (int i = 0; i < 4; i++) {
                                bench.request();
                            }
                            assertThat(bench.request().getHeaders().get("Authorization"))
                                    .isNull();
                        }),
                oauth("a token endpoint that refuses the connection")
                        .prepared(bench -> bench.server.close())
                        .fails(ErrorCode.CONNECT_FAILED)
                        .slept("PT1.5S"),
                oauth("a token that is refused for an upload is renewed and the upload is repeated")
                        .answers(token("one"), status(401), token("two"), created(), job("closed"))
                        .importing(request -> request)
                        .requests(5),
                oauth("a token that is refused for a stream that can be read only once ends the call")
                        .answers(token("one"), status(401), token("two"), created())
                        .calling((client, directory) -> client.impex()
                                .imp(ImportRequest.create()
                                        .file(new ByteArrayInputStream(Bench.PACKAGE))
                                        .destination("a/b")))
                        .fails(ErrorCode.UNAUTHORIZED)
                        .requests(2),
                oauth("the deadline holds for fetching a token")
                        .answers(status(429, "Retry-After", "100"))
                        .exporting(request -> request.deadline(Duration.ofSeconds(30)))
                        .fails(ErrorCode.RATE_LIMITED));
    }

    static Stream<FaultCase> suppliers() {
        return Stream.of(
                supplied("a supplier is asked before each request", "one", "Bearer two", "bearer  three", "four")
                        .answers(bench -> List.of(created(), running(), job("closed", bench.file("a.zip")), zip()))
                        .seen(bench -> {
                            for (String expected : List.of("one", "two", "three", "four")) {
                                assertThat(bench.request().getHeaders().get("Authorization"))
                                        .isEqualTo("Bearer " + expected);
                            }
                        }),
                supplied("a token of the supplier that is refused is replaced by another one", "old", "new", "new")
                        .calling((client, directory) -> client.impex().exports().status("job-1"))
                        .answers(status(401), running())
                        .requests(2)
                        .slept("PT0S"),
                supplied("a supplier that has no other token than the refused one", "old", "old")
                        .answers(status(401), created())
                        .fails(ErrorCode.UNAUTHORIZED)
                        .requests(1),
                supplied("a second token that is refused too", "one", "two", "two", "three")
                        .answers(status(401), status(401), created())
                        .fails(ErrorCode.UNAUTHORIZED)
                        .requests(2),
                supplied("a supplier is not asked for a file elsewhere", "one", "two")
                        .answers(bench -> List.of(created(), job("closed", bench.elsewhere("/a.zip")), zip()))
                        .requests(3),
                failing("a supplier of nothing", () -> null, "it gave null"),
                failing("a supplier of an empty token", () -> "Bearer ", "empty"),
                failing("a supplier of what no header can carry", () -> "a\nb", "no printable ASCII"),
                failing(
                                "a supplier that fails",
                                () -> {
                                    throw new IllegalStateException("vault is shut");
                                },
                                "vault is shut")
                        .failing(failure -> assertThat(failure).hasCauseInstanceOf(IllegalStateException.class)));
    }

    private static FaultCase failing(String name, Supplier<String> supplier, String words) {
        return named(name)
                .settings(builder -> builder.credentials(Credentials.token(supplier)))
                .fails(ErrorCode.TOKEN_UNAVAILABLE)
                .requests(0)
                .failing(failure -> assertThat(failure).hasMessageContaining(words));
    }

    private static FaultCase supplied(String name, String... tokens) {
        Iterator<String> next = List.of(tokens).iterator();
        return named(name).settings(builder -> builder.credentials(Credentials.token(next::next)));
    }

    private static FaultCase oauth(String name) {
        return named(name)
                .settings(builder -> builder.credentials(Credentials.clientCredentials("me", "client-secret-1")));
    }

    private static MockResponse token(String value) {
        return json("{\"access_token\":\"" + value + "\"}");
    }
}
