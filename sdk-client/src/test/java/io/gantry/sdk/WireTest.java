// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static io.gantry.sdk.Bench.created;
import static io.gantry.sdk.Bench.job;
import static io.gantry.sdk.Bench.json;
import static io.gantry.sdk.Bench.status;
import static io.gantry.sdk.Bench.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may vary in the requests that {@link WireCallsTest} shows as a whole: arguments, credentials, ids, addresses. */
class WireTest {
    private static final String UUID_V4 = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    private static final String ID = "5f0e7a3c-0000-4000-8000-000000000002";

    private static final String LIST = "{\"in_progress_exports\":[{\"object\":\"export\",\"id\":\"job-9\","
            + "\"data\":{\"export_status\":\"in_progress\"}}],\"recent_exports\":[{\"object\":\"export\","
            + "\"id\":\"job-0\",\"data\":{\"export_status\":\"closed\",\"response_timestamp\":"
            + "\"2026-11-01T00:00:00Z\",\"created_by\":\"ann\",\"process_time\":123}}],"
            + "\"tenant\":{\"configuration\":{\"export_api_job_limit\":1},"
            + "\"status\":{\"export_api_jobs_in_progress\":0}}}";

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
    void an_export_request_carries_every_argument_in_the_order_of_the_protocol() {
        bench.answers(created());
        client.impex()
                .exports()
                .initiate(ExportRequest.create()
                        .folders("my-folder", "Ordner mit Lücke")
                        .services("service/7a1b", "version/9c2d", "a/b", "a/b[3.2]", ID, "folders/f/services/s[1.0.0]")
                        .versionIds("5f0e7a3c-0000-4000-8000-000000000001")
                        .fileFilter(FileFilter.ONPREMISES)
                        .versionFilter(VersionFilter.ALL)
                        .sourceSystem("nightly")
                        .correlationId("run-17"));

        assertThat(bench.request().getBody().utf8())
                .isEqualTo("{\"inputs\":{\"folders\":[\"my-folder\",\"Ordner mit Lücke\"],"
                        + "\"services\":[\"service/7a1b\",\"version/9c2d\",\"a/b\",\"a/b[3.2]\",\"" + ID
                        + "\",\"folders/f/services/s[1.0.0]\"],"
                        + "\"version_ids\":[\"5f0e7a3c-0000-4000-8000-000000000001\"]},"
                        + "\"file_filter\":\"onpremises\",\"version_filter\":\"all\","
                        + "\"source_system\":\"nightly\",\"correlation_id\":\"run-17\"}");
    }

    @Test
    void request_ids_are_random_uuids_of_version_4_unless_they_are_handed_in() {
        bench.answers(Bench.running());
        try (ImpexClient usual = ImpexClient.builder()
                .baseUrl(bench.url())
                .credentials(Credentials.none())
                .build()) {
            usual.impex().exports().status("job-1");
        }
        assertThat(bench.request().getHeaders().get("x-request-id")).matches(UUID_V4);
    }

    @Test
    void each_call_and_each_poll_has_its_own_request_id_and_a_repetition_has_the_same() {
        bench.answers(created(), Bench.running(), status(503), job("closed", bench.file("a.zip")), zip());
        client.impex().exp(Bench.someExport().into(directory));

        List<String> ids = List.of(id(), id(), id(), id(), id());
        assertThat(ids.get(2)).isEqualTo(ids.get(3));
        assertThat(Set.copyOf(ids)).hasSize(4);
    }

    @Test
    void an_api_key_is_sent_instead_of_a_bearer_token() {
        bench.answers(Bench.running());
        try (ImpexClient keyed =
                client.derive().credentials(Credentials.apiKey("key-1")).build()) {
            keyed.impex().exports().status("job-1");
        }
        RecordedRequest request = bench.request();
        assertThat(request.getHeaders().get("x-synthetic-key")).isEqualTo("key-1");
        assertThat(request.getHeaders().get("Authorization")).isNull();
        assertThat(request.getHeaders().get("x-tenant-name")).isEqualTo("my-tenant");
    }

    @Test
    void open_access_and_no_credentials_send_neither() {
        for (Credentials none : List.of(Credentials.none(), Credentials.token("open"), Credentials.apiKey("open"))) {
            bench.answers(Bench.running());
            try (ImpexClient open = client.derive().credentials(none).build()) {
                open.impex().exports().status("job-1");
            }
            Headers headers = bench.request().getHeaders();
            assertThat(headers.names()).doesNotContain("Authorization", "x-synthetic-key");
            assertThat(headers.get("x-tenant-name")).isEqualTo("my-tenant");
        }
    }

    @Test
    void the_word_bearer_before_a_token_is_not_sent_twice() {
        bench.answers(Bench.running());
        try (ImpexClient other = client.derive()
                .credentials(Credentials.token("bearer  t-Bearer-1"))
                .build()) {
            other.impex().exports().status("job-1");
        }
        assertThat(bench.request().getHeaders().get("Authorization")).isEqualTo("Bearer t-Bearer-1");
    }

    @Test
    void headers_of_the_user_go_first_and_cannot_replace_those_of_the_client() {
        bench.answers(Bench.running());
        try (ImpexClient other = client.derive()
                .header("x-mine", "1")
                .header("x-tenant-name", "another")
                .header("Authorization", "Basic abc")
                .header("User-Agent", "me")
                .build()) {
            other.impex().exports().status("job-1");
        }
        Headers headers = bench.request().getHeaders();
        assertThat(headers.name(0)).isEqualTo("x-mine");
        assertThat(headers.values("x-tenant-name")).containsExactly("my-tenant");
        assertThat(headers.values("Authorization")).containsExactly("Bearer " + Bench.TOKEN);
        assertThat(headers.get("User-Agent")).startsWith("Gantry Java SDK");
        List<String> names = new ArrayList<>();
        headers.forEach(header -> names.add(header.getFirst()));
        assertThat(names.indexOf("Authorization")).isGreaterThan(names.indexOf("x-request-id"));
    }

    @Test
    void the_name_of_the_application_follows_that_of_the_client() {
        bench.answers(Bench.running());
        try (ImpexClient other =
                client.derive().userAgent(" billing/2.1 (night) ").build()) {
            other.impex().exports().status("job-1");
        }
        assertThat(bench.request().getHeaders().get("User-Agent"))
                .matches("Gantry Java SDK v\\S+ \\(Java/\\S+\\) billing/2\\.1 \\(night\\)");
        assertThatThrownBy(() -> client.derive().userAgent("a\nb").build()).hasMessageContaining("the user agent");
    }

    @Test
    void lists_tell_running_jobs_from_those_that_ended() {
        bench.answers(json(LIST), json(LIST.replace("export", "import")));
        JobList<ExportJob> exports = client.impex().exports().list();
        JobList<ImportJob> imports = client.impex().imports().list();

        for (JobList<?> list : List.of(exports, imports)) {
            assertThat(list.inProgress()).singleElement().satisfies(job -> {
                assertThat(job.id()).isEqualTo("job-9");
                assertThat(job.status()).hasToString("in_progress");
            });
            assertThat(list.recent()).singleElement().satisfies(job -> {
                assertThat(job.id()).isEqualTo("job-0");
                assertThat(job.status()).isEqualTo(JobStatus.CLOSED);
                assertThat(job.responseTimestamp()).hasValue(Instant.parse("2026-11-01T00:00:00Z"));
                assertThat(job.processTime()).hasValue(123);
                assertThat(job.fields()).extractingByKey("data").asString().contains("created_by=ann");
            });
            assertThat(list.fields()).containsKey("tenant");
        }
    }

    @Test
    void a_job_id_is_one_segment_of_the_path_whatever_is_in_it() {
        bench.answers(Bench.running());
        client.impex().exports().status("j/../k?x=1 %2e");
        assertGet("/my-tenant/api/v4/export/j%2F..%2Fk%3Fx=1%20%252e/status");
    }

    @Test
    void a_tenant_with_a_blank_is_encoded_in_the_path_and_plain_in_the_header() {
        bench.answers(Bench.running());
        try (ImpexClient other = client.derive().tenant("my tenant").build()) {
            other.impex().exports().status("job-1");
        }
        RecordedRequest request = bench.request();
        assertThat(request.getTarget()).isEqualTo("/my%20tenant/api/v4/export/job-1/status");
        assertThat(request.getHeaders().get("x-tenant-name")).isEqualTo("my tenant");
    }

    @Test
    void a_file_is_fetched_from_the_address_in_the_document_with_credentials_only_for_the_servers_own_origin()
            throws Exception {
        try (MockWebServer elsewhere = new MockWebServer()) {
            elsewhere.start();
            elsewhere.enqueue(zip());
            bench.answers(
                    created(),
                    job(
                            "closed",
                            bench.file("own.zip?sig=1"),
                            elsewhere.url("/far.zip?sig=2").toString()),
                    zip());
            client.impex().exp(Bench.someExport().into(directory));

            bench.request();
            bench.request();
            RecordedRequest own = bench.request();
            assertThat(own.getRequestLine()).isEqualTo("GET /files/own.zip?sig=1 HTTP/1.1");
            assertThat(own.getHeaders().get("Authorization")).isEqualTo("Bearer " + Bench.TOKEN);
            RecordedRequest far = elsewhere.takeRequest();
            assertThat(far.getRequestLine()).isEqualTo("GET /far.zip?sig=2 HTTP/1.1");
            assertThat(far.getHeaders().names())
                    .containsExactlyInAnyOrder("Accept", "Accept-Encoding", "Connection", "Host", "User-Agent");
        }
    }

    private String id() {
        return bench.request().getHeaders().get("x-request-id");
    }

    private void assertGet(String target) {
        RecordedRequest request = bench.request();
        assertThat(request.getRequestLine()).isEqualTo("GET " + target + " HTTP/1.1");
        assertThat(request.getHeaders().get("Content-Type")).isNull();
        assertThat(request.getBodySize()).isZero();
    }
}
