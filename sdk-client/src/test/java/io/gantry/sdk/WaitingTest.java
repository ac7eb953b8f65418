// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static io.gantry.sdk.Bench.created;
import static io.gantry.sdk.Bench.job;
import static io.gantry.sdk.Bench.running;
import static io.gantry.sdk.Bench.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitingTest {
    private final Bench bench = new Bench();
    private final ImpexClient client = bench.builder().build();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        client.close();
        bench.close();
    }

    @Test
    void the_defaults_are_as_documented() {
        assertThat(Waiting.defaults())
                .hasToString("Waiting[deadline=PT30M, maxRetries=any, retryInterval=PT1S, maxInterval=PT30S,"
                        + " unknown status goes on]");
    }

    @Test
    void pauses_grow_from_the_interval_to_the_cap_with_jitter_between() {
        Backoff lowest = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), () -> 0.0);
        Backoff highest = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), () -> 1.0);
        for (int n : List.of(1, 2, 3, 4, 5, 6, 100, Integer.MAX_VALUE)) {
            assertThat(lowest.pause(n)).isEqualTo(Duration.ofSeconds(1));
            assertThat(highest.pause(n)).isEqualTo(Duration.ofSeconds(n > 4 ? 30 : 1L << n));
        }
        assertThat(new Backoff(Duration.ofMinutes(1), Duration.ofSeconds(30), () -> 0.9).pause(3))
                .as("a cap below the floor")
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void the_first_check_is_made_at_once_and_no_pause_follows_the_last() {
        bench.answers(created(), running(), running());
        assertThatThrownBy(() -> client.impex().exp(Bench.someExport().maxRetries(2)))
                .isInstanceOf(WaitTimeoutException.class)
                .hasMessage("the status was checked 2 times; job job-1 goes on, last seen in_progress;"
                        + " take it up again with resume(\"job-1\")");
        assertThat(bench.time.sleeps()).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void a_time_out_gives_the_job_to_resume_in_this_or_another_process() {
        bench.answers(created(), running(), running(), job("closed", bench.file("a.zip")), zip());
        ExportRequest request = Bench.someExport().into(directory).maxRetries(1);

        WaitTimeoutException timeout = catchThrowableOfType(
                WaitTimeoutException.class, () -> client.impex().exp(request));
        ExportRequest again =
                ExportRequest.create().resume(timeout.jobId().orElseThrow()).into(directory);
        ExportResult result = client.impex().exp(again);

        assertThat(result.files())
                .singleElement()
                .satisfies(file -> assertThat(file.path()).hasBinaryContent(Bench.PACKAGE));
        assertThat(bench.request().getMethod()).isEqualTo("POST");
        for (int i = 0; i < 4; i++) {
            assertThat(bench.request().getMethod()).isEqualTo("GET");
        }
    }

    @Test
    void an_import_is_resumed_without_its_file() {
        bench.answers(job("closed"));
        ImportJob done = client.impex().imp(ImportRequest.create().resume("job-1"));
        assertThat(done.id()).isEqualTo("job-1");
        assertThat(bench.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void the_last_check_comes_within_an_interval_of_the_deadline() {
        bench.answers(created());
        for (int i = 0; i < 20; i++) {
            bench.answers(running());
        }
        try (ImpexClient jittered = deriveWithRandom(0.999)) {
            assertThatThrownBy(() -> jittered.impex()
                            .exp(Bench.someExport()
                                    .deadline(Duration.ofSeconds(60))
                                    .retryInterval(Duration.ofSeconds(2))))
                    .isInstanceOf(WaitTimeoutException.class)
                    .hasMessageStartingWith("the deadline has come");
        }
        assertThat(bench.time.slept()).isBetween(Duration.ofSeconds(58), Duration.ofSeconds(60));
    }

    @Test
    void the_request_overrides_single_settings_of_the_client() {
        bench.answers(created(), running(), running(), running());
        try (ImpexClient strict = client.derive()
                .waiting(Waiting.defaults().maxRetries(3).retryInterval(Duration.ofSeconds(5)))
                .build()) {
            assertThatThrownBy(() -> strict.impex().exp(Bench.someExport().retryInterval(Duration.ofSeconds(7))))
                    .isInstanceOfSatisfying(
                            WaitTimeoutException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.MAX_RETRIES_REACHED));
        }
        assertThat(bench.time.sleeps()).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
    }

    @Test
    void the_steps_can_be_taken_one_by_one() {
        bench.answers(created(), running(), job("closed", bench.file("a.zip")), zip());
        Exports exports = client.impex().exports();

        ExportJob started = exports.initiate(Bench.someExport());
        ExportJob ended = exports.await(started.id(), Waiting.defaults());
        ExportResult result = exports.download(ended, directory.resolve("new/inner"));

        assertThat(started.status()).isEqualTo(JobStatus.UNSTATED);
        assertThat(result.directory()).isEqualTo(directory.resolve("new/inner"));
        assertThat(result.files())
                .singleElement()
                .satisfies(file -> assertThat(file.name()).isEqualTo("a.zip"));
        bench.answers(created(), running(), job("completed"));
        ImportJob importing = client.impex().imports().initiate(Bench.someImport());
        assertThat(client.impex()
                        .imports()
                        .await(importing.id(), Waiting.defaults())
                        .status())
                .isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void settings_that_make_no_sense_are_refused_where_they_are_made() {
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> Waiting.defaults().maxRetries(0),
                () -> Waiting.defaults().deadline(Duration.ZERO),
                () -> Waiting.defaults().retryInterval(Duration.ofSeconds(-1)),
                () -> Bench.someExport().maxRetries(0),
                () -> Bench.someImport().deadline(Duration.ofDays(400)),
                () -> Bench.someExport().correlationId(" "),
                () -> Bench.someImport().sourceSystem(""))) {
            assertThatThrownBy(call)
                    .isInstanceOfSatisfying(
                            ImpexException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
        }
    }

    private ImpexClient deriveWithRandom(double value) {
        ImpexClient.Builder builder = client.derive();
        builder.random = () -> value;
        return builder.build();
    }
}
