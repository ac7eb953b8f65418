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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fault table, second part: what may go wrong while a job is being waited for. */
class WaitFaultsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0}")
    @MethodSource({"connections", "answers", "endings", "documents"})
    void ends_in_the_right_result(FaultCase fault) throws Exception {
        fault.run(directory);
    }

    static Stream<FaultCase> connections() {
        MockResponse closed = new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build();
        MockResponse cut = new MockResponse.Builder()
                .setHeader("Content-Type", "application/json")
                .body("{\"id\":\"job-1\",\"status\":\"in_progress\"}")
                .onResponseBody(new SocketEffect.CloseSocket())
                .build();
        MockResponse cutChunks = new MockResponse.Builder()
                .chunkedBody("{\"id\":\"job-1\",\"status\":\"in_progress\"}", 5)
                .onResponseBody(new SocketEffect.CloseSocket())
                .build();
        MockResponse silent = new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();
        MockResponse stuck = new MockResponse.Builder()
                .body("{\"id\":\"job-1\",\"status\":\"in_progress\"}")
                .onResponseBody(SocketEffect.Stall.INSTANCE)
                .build();
        return Stream.of(
                recovers("a connection that was used before and is closed instead of an answer", closed)
                        .slept("PT0S"),
                waits("a connection that is closed twice, of which only the first may have been idle", closed, closed)
                        .settings(builder -> builder.requestRetries(0))
                        .fails(ErrorCode.CONNECTION_LOST)
                        .requests(3),
                recovers("a connection reset instead of an answer", closed).resetting(),
                recovers("an answer that is cut off", cut),
                recovers("an answer that is reset", cut).resetting(),
                recovers("an answer in chunks that is cut off", cutChunks),
                recovers("an answer that never comes", silent).hurrying(2),
                recovers("an answer that stops in its body", stuck).hurrying(2),
                waits("a connection that is lost each time", closed, closed, closed, closed, closed)
                        .fails(ErrorCode.CONNECTION_LOST)
                        .requests(6)
                        .failing(WaitFaultsTest::namesTheJob),
                waits("answers that never come", silent, silent)
                        .hurrying(2, 3)
                        .settings(builder -> builder.requestRetries(1))
                        .fails(ErrorCode.STALLED)
                        .failing(WaitFaultsTest::namesTheJob),
                named("a server that goes away while the job runs")
                        .answers(created(), running())
                        .prepared(bench -> bench.time.beforeSleep(bench.server::close))
                        .fails(ErrorCode.CONNECT_FAILED)
                        .failing(WaitFaultsTest::namesTheJob));
    }

    static Stream<FaultCase> answers() {
        return Stream.of(
                recovers("408", status(408)),
                recovers("429", status(429, "x-retry-after", "4")).slept("PT4S"),
                recovers("502", status(502)),
                recovers("503", status(503)),
                recovers("504", status(504)),
                waits("400", status(400)).fails(ErrorCode.BAD_REQUEST).requests(2),
                waits("a bearer token that expires", running(), status(401))
                        .fails(ErrorCode.UNAUTHORIZED)
                        .requests(3)
                        .failing(WaitFaultsTest::namesTheJob),
                waits("404", status(404)).fails(ErrorCode.NOT_FOUND).requests(2).failing(WaitFaultsTest::namesTheJob),
                waits("500", status(500)).fails(ErrorCode.SERVER_ERROR).requests(2),
                waits("429 for ever", status(429), status(429), status(429), status(429))
                        .fails(ErrorCode.RATE_LIMITED)
                        .requests(5),
                waits("an HTML page", html()).fails(ErrorCode.NOT_JSON).requests(2),
                waits("an empty answer", json("")).fails(ErrorCode.NOT_JSON).requests(2),
                waits("no status", json("{\"id\":\"job-1\"}")).fails(ErrorCode.MISSING_FIELD),
                waits("a status of null", json("{\"id\":\"job-1\",\"status\":null}"))
                        .fails(ErrorCode.MISSING_FIELD),
                named("a redirect within the server is followed with credentials")
                        .answers(bench -> List.of(
                                created(),
                                status(302, "Location", "/elsewhere/status"),
                                job("closed", bench.file("a.zip")),
                                zip()))
                        .seen(bench -> {
                            bench.request();
                            bench.request();
                            assertThat(bench.request().getHeaders().get("Authorization"))
                                    .isEqualTo("Bearer " + Bench.TOKEN);
                        }),
                named("a redirect to elsewhere is followed without credentials")
                        .settings(builder -> builder.header("x-gateway-key", "private"))
                        .answers(bench -> List.of(
                                created(),
                                status(302, "Location", bench.elsewhere("/status")),
                                job("closed", bench.file("a.zip")),
                                zip()))
                        .seen(bench -> {
                            bench.request();
                            assertThat(bench.request().getHeaders().get("x-gateway-key"))
                                    .isEqualTo("private");
                            RecordedRequest there = bench.request();
                            assertThat(there.getTarget()).isEqualTo("/status");
                            assertThat(there.getHeaders().names())
                                    .containsExactlyInAnyOrder(
                                            "Accept", "Accept-Encoding", "Connection", "Host", "User-Agent");
                        }),
                named("an answer packed by gzip is unpacked")
                        .answers(bench -> List.of(created(), gzip(closedJob(bench)), zip())),
                named("an answer in chunks is put together")
                        .answers(bench -> List.of(
                                created(),
                                new MockResponse.Builder()
                                        .chunkedBody(closedJob(bench), 3)
                                        .build(),
                                zip())),
                named("an answer that comes slowly is waited for")
                        .settings(Bench::impatient)
                        .answers(bench -> List.of(
                                created(),
                                new MockResponse.Builder()
                                        .body(closedJob(bench))
                                        .throttleBody(10, Bench.STEP, TimeUnit.MILLISECONDS)
                                        .build(),
                                zip())));
    }

    static Stream<FaultCase> endings() {
        return Stream.of(
                waits("failed", job("failed"))
                        .fails(ErrorCode.JOB_FAILED)
                        .requests(2)
                        .failing(failure -> {
                            namesTheJob(failure);
                            assertThat(failure.requestId()).hasValue("00000000-0000-4000-8000-000000000002");
                        }),
                waits("error", job("error")).fails(ErrorCode.JOB_FAILED).requests(2),
                waits("cancelled", job("cancelled"))
                        .fails(ErrorCode.JOB_CANCELLED)
                        .requests(2),
                waits("canceled", job("canceled"))
                        .fails(ErrorCode.JOB_CANCELLED)
                        .requests(2),
                waits("expired", job("expired")).fails(ErrorCode.JOB_FAILED).requests(2),
                ends("completed", bench -> job("completed", bench.file("a.zip"))),
                ends("upper case", bench -> job("CLOSED", bench.file("a.zip"))),
                named("a word that is not known means that the job goes on")
                        .answers(bench ->
                                List.of(created(), job("polishing"), job("closed", bench.file("a.zip")), zip())),
                waits("a word that is not known, by the policy that it ends the wait", job("polishing"))
                        .calling((client, directory) -> client.impex()
                                .exp(Bench.someExport()
                                        .waiting(Waiting.defaults().endOnUnknownStatus())
                                        .into(directory)))
                        .fails(ErrorCode.JOB_FAILED)
                        .failing(failure -> assertThat(
                                        ((JobFailedException) failure).job().status())
                                .isEqualTo(new JobStatus("polishing"))),
                waits(
                                "closed with errors and files",
                                bench -> json("{\"status\":\"closed\",\"outputs\":{\"files\":[" + "{\"file\":\""
                                        + bench.file("a.zip") + "\"}]},\"errors\":[{\"message\":\"half of it\"}]}"))
                        .fails(ErrorCode.JOB_FAILED)
                        .failing(failure -> {
                            assertThat(failure).hasMessage("export job job-1 ended as closed: half of it");
                            assertThat(failure.serverMessages()).singleElement().hasToString("half of it");
                            assertThat(((JobFailedException) failure).job()).isInstanceOf(ExportJob.class);
                        }),
                waits("errors as a text", json("{\"status\":\"closed\",\"errors\":\"no\"}"))
                        .fails(ErrorCode.JOB_FAILED),
                waits(
                                "errors as an object",
                                json("{\"status\":\"closed\",\"errors\":{\"code\":\"E9\",\"detail\":\"no\"}}"))
                        .fails(ErrorCode.JOB_FAILED)
                        .failing(failure -> assertThat(failure).hasMessageEndingWith("E9: no")));
    }

    static Stream<FaultCase> documents() {
        return Stream.of(
                noFiles("outputs of null", "\"outputs\":null"),
                noFiles("no outputs", "\"x\":1"),
                noFiles("files of null", "\"outputs\":{\"files\":null}"),
                noFiles("no files", "\"outputs\":{\"files\":[]}"),
                noFiles("files that are no list", "\"outputs\":{\"files\":\"none\"}"),
                imports("an import with errors of an empty list is a good one", "\"outputs\":{},\"errors\":[]"),
                imports("an import with errors of null is a good one", "\"outputs\":{},\"errors\":null"),
                imports("an import with outputs of null is a good one", "\"outputs\":null,\"errors\":null"),
                imports("an import without outputs is a good one", "\"warnings\":[\"nothing to do\"]"),
                imports("an import with errors", "\"outputs\":null,\"errors\":[\"folder is missing\"]")
                        .fails(ErrorCode.JOB_FAILED)
                        .failing(failure ->
                                assertThat(((JobFailedException) failure).job()).isInstanceOf(ImportJob.class)),
                named("a list of jobs that is an HTML page")
                        .answers(html())
                        .calling((client, directory) -> client.impex().exports().list())
                        .fails(ErrorCode.NOT_JSON),
                named("a list of jobs without any of its fields")
                        .answers(json("{}"))
                        .calling((client, directory) -> client.impex().imports().list())
                        .resulting(
                                list -> assertThat(((JobList<?>) list).recent()).isEmpty()),
                named("a job that cannot be cancelled")
                        .answers(status(409))
                        .calling((client, directory) -> client.impex().exports().cancel("job-1"))
                        .fails(ErrorCode.CONFLICT)
                        .failing(WaitFaultsTest::namesTheJob),
                named("a cancellation is asked for again after 502, as it may be made twice")
                        .answers(status(502), json("{\"id\":\"job-1\",\"status\":\"cancelled\"}"))
                        .calling((client, directory) -> client.impex().exports().cancel("job-1"))
                        .requests(2),
                named("a list of jobs that cannot be asked for")
                        .prepared(bench -> bench.server.close())
                        .calling((client, directory) -> client.impex().imports().list())
                        .fails(ErrorCode.CONNECT_FAILED),
                named("a cancellation whose connection is lost is asked for again")
                        .answers(
                                new MockResponse.Builder()
                                        .onResponseStart(new SocketEffect.CloseSocket())
                                        .build(),
                                json("{\"id\":\"job-1\",\"status\":\"cancelled\"}"))
                        .calling((client, directory) -> client.impex().exports().cancel("job-1"))
                        .requests(2),
                named("a job id that would climb out of the path is not sent")
                        .calling((client, directory) -> client.impex().exports().status(".."))
                        .fails(ErrorCode.INVALID_REQUEST)
                        .requests(0));
    }

    /** The wait meets this answer once, and goes on. */
    private static FaultCase recovers(String name, MockResponse answer) {
        return named(name + ", once")
                .answers(bench -> List.of(created(), answer, job("closed", bench.file("a.zip")), zip()))
                .requests(4);
    }

    private static FaultCase waits(String name, MockResponse... statuses) {
        return named("the status answers " + name)
                .answers(bench ->
                        Stream.concat(Stream.of(created()), Stream.of(statuses)).toList());
    }

    private static FaultCase waits(String name, Function<Bench, MockResponse> answer) {
        return named("the status answers " + name).answers(bench -> List.of(created(), answer.apply(bench)));
    }

    private static FaultCase ends(String name, Function<Bench, MockResponse> answer) {
        return named("the status answers " + name)
                .answers(bench -> List.of(created(), answer.apply(bench), zip()))
                .requests(3);
    }

    private static FaultCase noFiles(String name, String fields) {
        return named("a closed export with " + name)
                .answers(created(), json("{\"id\":\"job-1\",\"status\":\"closed\"," + fields + ",\"errors\":null}"))
                .fails(ErrorCode.NO_FILES)
                .requests(2)
                .failing(WaitFaultsTest::namesTheJob);
    }

    private static FaultCase imports(String name, String fields) {
        return named(name)
                .importing(request -> request)
                .answers(created(), json("{\"id\":\"job-1\",\"status\":\"closed\"," + fields + "}"))
                .requests(2);
    }

    private static void namesTheJob(ImpexException failure) {
        assertThat(failure.jobId()).hasValue("job-1");
    }

    private static String closedJob(Bench bench) {
        return "{\"id\":\"job-1\",\"status\":\"closed\",\"outputs\":{\"files\":[{\"file\":\"" + bench.file("a.zip")
                + "\"}]},\"errors\":null}";
    }

    private static MockResponse gzip(String body) {
        Buffer packed = new Buffer();
        try (BufferedSink sink = Okio.buffer(new GzipSink(packed))) {
            sink.writeUtf8(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new MockResponse.Builder()
                .setHeader("Content-Type", "application/json")
                .setHeader("Content-Encoding", "gzip")
                .body(packed)
                .build();
    }

    private static MockResponse html() {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "text/html")
                .body("<html>Sign in</html>")
                .build();
    }
}
