// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static io.gantry.sdk.Bench.created;
import static io.gantry.sdk.Bench.job;
import static io.gantry.sdk.Bench.running;
import static io.gantry.sdk.Bench.status;
import static io.gantry.sdk.Bench.zip;
import static io.gantry.sdk.FaultCase.named;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fault table, seventh part: waits that would go on for too long, and clocks that jump. */
class DeadlineFaultsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void ends_in_the_right_result(FaultCase fault) throws Exception {
        fault.run(directory);
    }

    static Stream<FaultCase> ends_in_the_right_result() {
        List<MockResponse> forever = new ArrayList<>(List.of(created()));
        forever.addAll(Collections.nCopies(300, running()));
        MockResponse[] never = forever.toArray(MockResponse[]::new);
        return Stream.of(
                named("a status that never ends, until the deadline")
                        .answers(never)
                        .exporting(request -> request.deadline(Duration.ofMinutes(1)))
                        .fails(ErrorCode.DEADLINE_REACHED)
                        .failing(DeadlineFaultsTest::canBeResumed)
                        .seen(bench -> assertThat(bench.time.slept())
                                .isBetween(Duration.ofMinutes(1).minusSeconds(1), Duration.ofMinutes(1))),
                named("a status that never ends, until it was checked often enough")
                        .answers(never)
                        .exporting(request -> request.maxRetries(5))
                        .fails(ErrorCode.MAX_RETRIES_REACHED)
                        .requests(6)
                        .failing(DeadlineFaultsTest::canBeResumed),
                named("a server that asks to wait beyond the deadline")
                        .answers(created(), hinted("Retry-After", "7200"))
                        .exporting(request -> request.deadline(Duration.ofMinutes(10)))
                        .fails(ErrorCode.DEADLINE_REACHED)
                        .slept("PT0S")
                        .failing(DeadlineFaultsTest::canBeResumed),
                named("a single check is asked to wait beyond the client's deadline")
                        .answers(status(429, "Retry-After", "7200"))
                        .calling((client, directory) -> client.impex().exports().status("job-1"))
                        .fails(ErrorCode.RATE_LIMITED)
                        .requests(1)
                        .slept("PT0S")
                        .failing(failure -> assertThat(failure.jobId()).hasValue("job-1")),
                named("the start of an import is asked to wait beyond the request's deadline")
                        .answers(status(503, "Retry-After", "61"))
                        .calling((client, directory) -> client.impex()
                                .imports()
                                .initiate(Bench.someImport().deadline(Duration.ofMinutes(1))))
                        .fails(ErrorCode.UNAVAILABLE)
                        .requests(1)
                        .slept("PT0S"),
                named("the server's pause between checks wins")
                        .answers(bench -> List.of(
                                created(),
                                hinted("Retry-After", "42"),
                                hinted("x-retry-after", "0.25"),
                                job("closed", bench.file("a.zip")),
                                zip()))
                        .slept("PT42.25S"),
                named("a pause of zero is not taken literally")
                        .answers(bench -> List.of(
                                created(), hinted("Retry-After", "0"), job("closed", bench.file("a.zip")), zip()))
                        .slept("PT0.25S"),
                named("a pause that is negative, in the past or next to nothing is not taken literally either")
                        .answers(bench -> List.of(
                                created(),
                                hinted("x-retry-after", "-3"),
                                hinted("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"),
                                hinted("x-retry-after", "0.001"),
                                hinted("Retry-After", "-0"),
                                job("closed", bench.file("a.zip")),
                                zip()))
                        .slept("PT1S"),
                named("a server that never asks for a pause is not flooded until the deadline")
                        .answers(bench -> {
                            List<MockResponse> hasty = new ArrayList<>(List.of(created()));
                            hasty.addAll(Collections.nCopies(300, hinted("Retry-After", "0")));
                            return hasty;
                        })
                        .exporting(request -> request.deadline(Duration.ofSeconds(10)))
                        .fails(ErrorCode.DEADLINE_REACHED)
                        .requests(41),
                clock("a clock that is set back a year", "2025-11-01T00:00:00Z"),
                clock("a clock that is set forward a year", "2027-11-01T00:00:00Z"),
                named("a deadline that passes while the first request is repeated")
                        .answers(status(503), status(503), status(503), created())
                        .exporting(request -> request.deadline(Duration.ofMillis(900)))
                        .fails(ErrorCode.DEADLINE_REACHED)
                        .failing(failure -> assertThat(failure.jobId()).isEmpty()));
    }

    private static FaultCase clock(String name, String time) {
        return named(name + " changes nothing")
                .answers(bench -> List.of(created(), running(), running(), job("closed", bench.file("a.zip")), zip()))
                .prepared(bench -> bench.time.beforeSleep(() -> bench.time.setWallClock(Instant.parse(time))))
                .exporting(request -> request.deadline(Duration.ofMinutes(1)))
                .slept("PT2S");
    }

    private static void canBeResumed(ImpexException failure) {
        assertThat(failure.jobId()).hasValue("job-1");
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.requestId()).isPresent();
        assertThat(((WaitTimeoutException) failure).lastSeen())
                .hasValueSatisfying(job -> assertThat(job.status()).hasToString("in_progress"));
    }

    private static MockResponse hinted(String header, String value) {
        return running().newBuilder().setHeader(header, value).build();
    }
}
