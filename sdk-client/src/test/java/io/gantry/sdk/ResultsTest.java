// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static io.gantry.sdk.Bench.created;
import static io.gantry.sdk.Bench.json;
import static io.gantry.sdk.Bench.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A result is what the server said, whatever it has in common with a credential or a header of the user. */
class ResultsTest {
    private static final String HASH = "8d969eef6ecad3c29a3a629280e686cf0c3f5d5a86aff3ca12020c923adc6c92";

    private final Bench bench = new Bench();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        bench.close();
    }

    static Stream<Arguments> settings() {
        List<String> values =
                List.of("closed", "close", "0.1.0", "test", "test-folder", "file", "file.zip", HASH, "added", "warned");
        Stream<Arguments> headers =
                values.stream().map(value -> given("header " + value, b -> b.header("X-App", value)));
        Stream<Arguments> tokens =
                values.stream().map(value -> given("token " + value, b -> b.credentials(Credentials.token(value))));
        Stream<Arguments> keys =
                values.stream().map(value -> given("key " + value, b -> b.credentials(Credentials.apiKey(value))));
        Stream<Arguments> supplied = values.stream()
                .map(value -> given("supplied " + value, b -> b.credentials(Credentials.token(() -> value))));
        return Stream.of(
                        headers,
                        tokens,
                        keys,
                        supplied,
                        Stream.of(given("Connection: close", b -> b.header("Connection", "close"))))
                .flatMap(each -> each);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void no_setting_alters_a_result(String name, UnaryOperator<ImpexClient.Builder> setting) {
        String document = "{\"object\":\"export\",\"id\":\"job-test\",\"status\":\"closed\",\"outputs\":{\"files\":["
                + "{\"file\":\"" + bench.file("file.zip") + "\"}],\"services\":[{\"service_uri_source\":"
                + "\"test-folder/file\",\"folder_source\":\"test-folder\",\"status\":\"added\"}],\"service_versions\":[{"
                + "\"service_uri_source\":\"test-folder/file[0.1.0]\",\"version_source\":\"0.1.0\"}]},\"errors\":null,"
                + "\"warnings\":[{\"code\":\"test\",\"message\":\"closed test warned\"}],\"source_system\":\"test\","
                + "\"correlation_id\":\"0.1.0\"}";
        bench.answers(created(), json(document), zip());
        try (ImpexClient client = setting.apply(bench.builder()).build()) {
            ExportResult result = client.impex().exp(Bench.someExport().into(directory));
            ExportJob job = result.job();

            assertThat(job.status()).isEqualTo(JobStatus.CLOSED).hasToString("closed");
            assertThat(job.services().get(0).source().folder()).hasValue("test-folder");
            assertThat(job.services().get(0).status()).hasValue("added");
            assertThat(job.services()).singleElement().hasToString("test-folder/file -> - (added)");
            assertThat(job.serviceVersions().get(0).source().version()).hasValue("0.1.0");
            assertThat(job.serviceVersions().get(0).source().uri()).hasValue("test-folder/file[0.1.0]");
            assertThat(job.warnings()).singleElement().hasToString("test: closed test warned");
            assertThat(job.sourceSystem()).hasValue("test");
            assertThat(job.correlationId()).hasValue("0.1.0");
            assertThat(job.fields().toString()).doesNotContain("***");
            assertThat(result.files().get(0).name()).isEqualTo("file.zip");
        }
    }

    @Test
    void a_hash_that_equals_a_header_is_compared_as_it_is() {
        bench.answers(created(), Bench.hashed(bench.file("a.zip"), HASH), zip());
        try (ImpexClient client = bench.builder().header("X-Sum", HASH).build()) {
            ImpexException failure = catchThrowableOfType(
                    ImpexException.class,
                    () -> client.impex().exp(Bench.someExport().into(directory)));
            assertThat(failure.code()).isEqualTo(ErrorCode.HASH_MISMATCH);
        }
    }

    @Test
    void lists_and_documents_of_failed_jobs_are_results_too() {
        bench.answers(
                json(
                        "{\"recent_exports\":[{\"id\":\"test-1\",\"data\":{\"export_status\":\"testing\"}}],\"tenant\":\"test\"}"),
                json(
                        "{\"id\":\"job-1\",\"status\":\"closed\",\"errors\":[{\"code\":\"T\",\"message\":\"test failed\"}]}"));
        try (ImpexClient client =
                bench.builder().credentials(Credentials.token("test")).build()) {
            JobList<ExportJob> list = client.impex().exports().list();
            assertThat(list.recent().get(0).status()).hasToString("testing");
            assertThat(list.fields()).containsEntry("tenant", "test");

            JobFailedException failure = catchThrowableOfType(
                    JobFailedException.class,
                    () -> client.impex().exp(ExportRequest.create().resume("job-1")));
            assertThat(failure.job().errors()).singleElement().hasToString("T: test failed");
            assertThat(failure).hasMessage("export job job-1 ended as closed: T: *** failed");
            assertThat(failure.serverMessages()).singleElement().hasToString("T: *** failed");
        }
    }

    @Test
    void words_of_the_protocol_stay_readable_in_messages_and_values_of_headers_are_masked_as_words_only() {
        bench.answers(
                created(),
                json("{\"status\":\"failed\",\"errors\":[\"closed is not close, nor is 10.1.0 the same as 0.1.0\"]}"));
        try (ImpexClient client = bench.builder()
                .header("Connection", "close")
                .header("X-App-Version", "0.1.0")
                .header("X-State", "failed")
                .build()) {
            ImpexException failure = catchThrowableOfType(
                    ImpexException.class, () -> client.impex().exp(Bench.someExport()));
            assertThat(failure)
                    .hasMessage("export job job-1 ended as failed: closed is not ***, nor is 10.1.0 the same as ***");
        }
    }

    private static Arguments given(String name, UnaryOperator<ImpexClient.Builder> setting) {
        return Arguments.of(name, setting);
    }
}
