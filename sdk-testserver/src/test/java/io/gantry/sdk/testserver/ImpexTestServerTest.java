// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk.testserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The test server seen by a client that is not ours. */
@Timeout(60)
class ImpexTestServerTest {
    private static final String EXPORT = "{\"inputs\":{\"services\":[\"f/s\"]},\"correlation_id\":\"c\"}";

    private final ImpexTestServer server = ImpexTestServer.start();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void an_export_runs_as_long_as_scripted_and_offers_files_that_authorise_themselves() throws Exception {
        server.requireToken("t");
        server.nextExport(JobScript.succeeding()
                .after(1)
                .retryAfter(Duration.ofMillis(2500))
                .file("a b.zip", "content".getBytes(StandardCharsets.UTF_8)));

        Map<String, Object> started = json(post("/t1/api/v4/export", EXPORT, "Authorization", "Bearer t"));
        HttpResponse<byte[]> running = get((String) started.get("status_url"), "Authorization", "Bearer t");
        Map<String, Object> closed = json(get((String) started.get("status_url"), "Authorization", "Bearer t"));

        assertThat(started).containsEntry("object", "export").containsEntry("status", "in_progress");
        assertThat(running.headers().firstValue("x-retry-after")).hasValue("2.5");
        assertThat(running.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(json(running)).containsEntry("status", "in_progress").containsEntry("errors", null);
        assertThat(closed).containsEntry("status", "closed").containsEntry("correlation_id", "c");
        Map<?, ?> file = (Map<?, ?>) ((List<?>) ((Map<?, ?>) closed.get("outputs")).get("files")).get(0);
        assertThat((String) file.get("file_hash")).hasSize(64);
        assertThat(new String(get((String) file.get("file")).body(), StandardCharsets.UTF_8))
                .isEqualTo("content");
        HttpResponse<byte[]> rest = get((String) file.get("file"), "Range", "bytes=3-");
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.headers().firstValue("Content-Range")).hasValue("bytes 3-6/7");
        assertThat(new String(rest.body(), StandardCharsets.UTF_8)).isEqualTo("tent");
        assertThat(get((String) file.get("file"), "Range", "bytes=7-").statusCode())
                .isEqualTo(416);
        assertThat(get(((String) file.get("file")).replaceAll("=.*", "=1")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void an_import_reports_every_service_of_its_request() throws Exception {
        String json = "{\"inputs\":{\"services_modify\":[null,{\"service_uri_source\":\"f/s\","
                + "\"service_uri_destination\":\"g/s\",\"update_version_type\":\"minor\"}]}}";
        String body = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.zip\"\r\n\r\nPK--\r\n"
                + "--B\r\nContent-Disposition: form-data; name=\"importRequestEntity\"\r\n\r\n" + json
                + "\r\n--B--\r\n";
        Map<String, Object> started =
                json(post("/t1/api/v4/import", body, "Content-Type", "multipart/form-data; boundary=B"));
        Map<String, Object> closed = json(get((String) started.get("status_url")));

        Map<?, ?> outputs = (Map<?, ?>) closed.get("outputs");
        assertThat((Map<?, ?>) ((List<?>) outputs.get("services")).get(0))
                .extracting("service_uri_source", "service_uri_destination", "status")
                .containsExactly("f/s", "g/s", "added");
        assertThat((Map<?, ?>) ((List<?>) outputs.get("service_versions")).get(0))
                .extracting("version_destination")
                .isEqualTo("1.0.0");
        assertThat(server.requests(Stage.START)).singleElement().satisfies(request -> {
            assertThat(request.part("file")).hasValue("PK--".getBytes(StandardCharsets.UTF_8));
            assertThat(request.part("importRequestEntity")).hasValue(json.getBytes(StandardCharsets.UTF_8));
            assertThat(request.part("nothing")).isEmpty();
        });
    }

    @Test
    void what_makes_no_sense_is_refused_in_the_words_of_the_protocol() throws Exception {
        assertThat(post("/t/api/v4/export", "<html>").statusCode()).isEqualTo(400);
        assertThat(post("/t/api/v4/import", "{}", "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(400);
        assertThat(get(server.baseUrl("t") + "/api/v4/export/none/status").statusCode())
                .isEqualTo(404);
        assertThat(get(server.baseUrl("t") + "/elsewhere").statusCode()).isEqualTo(404);
        server.requireApiKey("k");
        HttpResponse<byte[]> refused = get(server.baseUrl("t") + "/api/v4/export/status");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(get(server.baseUrl("t") + "/api/v4/export/status", "x-synthetic-key", "k")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void jobs_are_listed_and_cancelled_within_their_tenant() throws Exception {
        server.nextExport(JobScript.neverEnding());
        String id = (String) json(post("/t1/api/v4/export", EXPORT)).get("id");

        assertThat((List<?>) json(get(server.baseUrl("t1") + "/api/v4/export/status"))
                        .get("in_progress_exports"))
                .hasSize(1);
        assertThat((List<?>) json(get(server.baseUrl("t2") + "/api/v4/export/status"))
                        .get("in_progress_exports"))
                .isEmpty();
        assertThat(patch("/t2/api/v4/export/" + id, "{\"export_status\":\"cancelled\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(patch("/t1/api/v4/export/" + id, "{\"export_status\":\"closed\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(json(patch("/t1/api/v4/export/" + id, "{\"export_status\":\"cancelled\"}")))
                .containsEntry("status", "cancelled");
        assertThat((List<?>) json(get(server.baseUrl("t1") + "/api/v4/export/status"))
                        .get("recent_exports"))
                .hasSize(1);
    }

    @Test
    void tokens_are_given_to_known_clients_and_expire_when_told() throws Exception {
        server.requireClient("id", "s&x");
        String form = "grant_type=client_credentials&client_id=id&client_secret=s%26x";
        HttpResponse<byte[]> token = post("/auth/realms/t/protocol/openid-connect/token", form);
        String bearer = "Bearer " + json(token).get("access_token");

        assertThat(post("/auth/realms/t/protocol/openid-connect/token", form + "wrong")
                        .statusCode())
                .isEqualTo(400);
        assertThat(get(server.baseUrl("t") + "/api/v4/export/status", "Authorization", bearer)
                        .statusCode())
                .isEqualTo(200);
        server.expireTokens();
        assertThat(get(server.baseUrl("t") + "/api/v4/export/status", "Authorization", bearer)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void faults_hit_the_next_requests_of_their_stage_and_no_other() throws Exception {
        server.fault(Stage.LIST, Fault.status(503).header("Retry-After", "1").times(2));
        server.fault(Stage.LIST, Fault.body("text/html", "<html>"));
        server.fault(Stage.START, Fault.drop());
        server.fault(Stage.LIST, Fault.cut());
        String list = server.baseUrl("t") + "/api/v4/export/status";

        // A GET would be repeated by this client of its own accord.
        assertThatThrownBy(() -> post("/t/api/v4/export", EXPORT)).isInstanceOf(IOException.class);
        assertThat(post("/t/api/v4/export", EXPORT).statusCode()).isEqualTo(200);
        assertThat(get(list).headers().firstValue("Retry-After")).hasValue("1");
        assertThat(get(list).statusCode()).isEqualTo(503);
        assertThat(new String(get(list).body(), StandardCharsets.UTF_8)).isEqualTo("<html>");
        assertThatThrownBy(() -> get(list)).isInstanceOf(IOException.class);
        assertThat(get(list).statusCode()).isEqualTo(200);
        assertThat(server.requests()).hasSizeGreaterThanOrEqualTo(7);
    }

    @Test
    void a_fault_answers_with_any_status_and_body() throws Exception {
        server.fault(Stage.LIST, Fault.status(502).withBody("text/html", "<html>bad gateway</html>"));
        HttpResponse<byte[]> answer = get(server.baseUrl("t") + "/api/v4/export/status");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("<html>bad gateway</html>");
    }

    @Test
    void a_request_that_hangs_ends_when_the_server_is_closed() {
        server.fault(Stage.LIST, Fault.hang());
        var answer = http.sendAsync(
                HttpRequest.newBuilder(URI.create(server.baseUrl("t") + "/api/v4/export/status"))
                        .build(),
                BodyHandlers.ofByteArray());
        while (server.requests().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(answer).isNotDone();
        server.close();
        assertThatThrownBy(answer::join).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void scripts_can_say_anything() throws Exception {
        server.nextExport(JobScript.failing("no", "never").status("failed").field("newcomer", List.of(1)));
        server.nextExport(JobScript.succeeding().warnings("w").withoutHashes());
        Map<String, Object> failed =
                status((String) json(post("/t/api/v4/export", EXPORT)).get("status_url"));
        Map<String, Object> good =
                status((String) json(post("/t/api/v4/export", EXPORT)).get("status_url"));
        assertThat(failed)
                .containsEntry("status", "failed")
                .containsEntry("errors", List.of(Map.of("message", "no"), Map.of("message", "never")))
                .containsEntry("newcomer", List.of(1));
        assertThat(good).containsEntry("warnings", List.of(Map.of("message", "w")));
        assertThat((Map<?, ?>) ((List<?>) ((Map<?, ?>) good.get("outputs")).get("files")).get(0))
                .hasSize(1);
    }

    private Map<String, Object> status(String url) throws Exception {
        return json(get(url));
    }

    private HttpResponse<byte[]> get(String url, String... headers) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url)), headers);
    }

    private HttpResponse<byte[]> post(String path, String body, String... headers) throws Exception {
        URI uri = URI.create(server.baseUrl("x").replace("/x", path));
        return send(HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)), headers);
    }

    private HttpResponse<byte[]> patch(String path, String body) throws Exception {
        URI uri = URI.create(server.baseUrl("x").replace("/x", path));
        return send(HttpRequest.newBuilder(uri).method("PATCH", BodyPublishers.ofString(body)));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request, String... headers) throws Exception {
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static Map<String, Object> json(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return Json.parse(response.body()).orElseThrow();
    }
}
