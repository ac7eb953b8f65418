// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static io.gantry.sdk.Bench.created;
import static io.gantry.sdk.Bench.job;
import static io.gantry.sdk.Bench.json;
import static io.gantry.sdk.Bench.running;
import static io.gantry.sdk.Bench.zip;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every call of the API as it goes over the wire: each request as a whole, with all its headers, and none more. */
class WireCallsTest {
    private static final String EXPORT = "{\"inputs\":{\"services\":[\"my-folder/my-service\"]},"
            + "\"file_filter\":\"migrate\",\"version_filter\":\"latest\",\"source_system\":\"Spark Java SDK\"}";
    private static final String IMPORT = "{\"inputs\":{\"services_modify\":[{"
            + "\"service_uri_source\":\"Ordner/Dienst für Äpfel\","
            + "\"service_uri_destination\":\"Ordner/Dienst für Äpfel\",\"update_version_type\":\"minor\"}]},"
            + "\"services_existing\":\"add_version\",\"source_system\":\"Spark Java SDK\"}";
    private static final ImportRequest IMPORTING = ImportRequest.create().destination("Ordner/Dienst für Äpfel");

    private final Bench bench = new Bench();
    private final ImpexClient client = bench.builder().build();
    private int asserted;

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        client.close();
        bench.close();
    }

    @Test
    void exports_initiate() {
        bench.answers(created());
        client.impex().exports().initiate(Bench.someExport());
        assertJson("POST /my-tenant/api/v4/export", EXPORT);
        assertNoMore();
    }

    @Test
    void exports_status() {
        bench.answers(running());
        client.impex().exports().status("job-1");
        assertGet("/my-tenant/api/v4/export/job-1/status");
        assertNoMore();
    }

    @Test
    void exports_await() {
        bench.answers(running(), job("closed"));
        client.impex().exports().await("job-1", Waiting.defaults());
        assertGet("/my-tenant/api/v4/export/job-1/status");
        assertGet("/my-tenant/api/v4/export/job-1/status");
        assertNoMore();
    }

    @Test
    void exports_list() {
        bench.answers(json("{}"));
        client.impex().exports().list();
        assertGet("/my-tenant/api/v4/export/status");
        assertNoMore();
    }

    @Test
    void exports_cancel() {
        bench.answers(json("{\"id\":\"job-1\"}"));
        client.impex().exports().cancel("job-1");
        assertJson("PATCH /my-tenant/api/v4/export/job-1", "{\"export_status\":\"cancelled\"}");
        assertNoMore();
    }

    @Test
    void exports_download() {
        bench.answers(job("closed", bench.file("a.zip?sig=1")), zip());
        ExportJob job = client.impex().exports().status("job-1");
        client.impex().exports().download(job, directory);
        assertGet("/my-tenant/api/v4/export/job-1/status");
        assertFile("/files/a.zip?sig=1");
        assertNoMore();
    }

    @Test
    void exp() {
        bench.answers(created(), running(), job("closed", bench.file("a.zip")), zip());
        client.impex().exp(Bench.someExport().into(directory));
        assertJson("POST /my-tenant/api/v4/export", EXPORT);
        assertGet("/my-tenant/api/v4/export/job-1/status");
        assertGet("/my-tenant/api/v4/export/job-1/status");
        assertFile("/files/a.zip");
        assertNoMore();
    }

    @Test
    void imports_initiate() {
        bench.answers(created());
        client.impex().imports().initiate(IMPORTING.file(Bench.PACKAGE));
        assertUpload("Content-Length");
        assertNoMore();
    }

    @Test
    void imports_initiate_with_a_stream_of_unknown_length() {
        bench.answers(created());
        client.impex().imports().initiate(IMPORTING.file(new ByteArrayInputStream(Bench.PACKAGE)));
        assertUpload("Transfer-Encoding");
        assertNoMore();
    }

    @Test
    void imports_status() {
        bench.answers(running());
        client.impex().imports().status("job-1");
        assertGet("/my-tenant/api/v4/import/job-1/status");
        assertNoMore();
    }

    @Test
    void imports_await() {
        bench.answers(running(), job("completed"));
        client.impex().imports().await("job-1", Waiting.defaults());
        assertGet("/my-tenant/api/v4/import/job-1/status");
        assertGet("/my-tenant/api/v4/import/job-1/status");
        assertNoMore();
    }

    @Test
    void imports_list() {
        bench.answers(json("{}"));
        client.impex().imports().list();
        assertGet("/my-tenant/api/v4/import/status");
        assertNoMore();
    }

    @Test
    void imp() {
        bench.answers(created(), running(), job("closed"));
        client.impex().imp(IMPORTING.file(Bench.PACKAGE));
        assertUpload("Content-Length");
        assertGet("/my-tenant/api/v4/import/job-1/status");
        assertGet("/my-tenant/api/v4/import/job-1/status");
        assertNoMore();
    }

    @Test
    void the_access_token() {
        bench.answers(json("{\"access_token\":\"" + Bench.TOKEN + "\",\"expires_in\":300}"), running(), running());
        try (ImpexClient oauth = client.derive()
                .credentials(Credentials.clientCredentials("me", "s&cret"))
                .build()) {
            oauth.impex().exports().status("job-1");
            oauth.impex().exports().status("job-1");
        }
        String form = "grant_type=client_credentials&client_id=me&client_secret=s%26cret";
        Map<String, String> headers = usual();
        headers.remove("Authorization");
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        headers.put("Content-Length", String.valueOf(form.length()));
        assertSent("POST /auth/realms/my-tenant/protocol/openid-connect/token", headers, form);
        assertGet("/my-tenant/api/v4/export/job-1/status");
        assertGet("/my-tenant/api/v4/export/job-1/status");
        assertNoMore();
    }

    private void assertGet(String target) {
        assertSent("GET " + target, usual(), "");
    }

    private void assertFile(String target) {
        Map<String, String> headers = usual();
        headers.put("Accept-Encoding", "identity");
        assertSent("GET " + target, headers, "");
    }

    private void assertJson(String line, String body) {
        Map<String, String> headers = usual();
        headers.put("Content-Type", "application/json");
        headers.put("Content-Length", String.valueOf(body.length()));
        assertSent(line, headers, body);
    }

    private void assertUpload(String measure) {
        String boundary = "gantry-00000000-0000-4000-8000-000000000001";
        String body = "--" + boundary + "\r\n"
                + "Content-Disposition: form-data; name=\"importRequestEntity\"\r\n\r\n"
                + IMPORT + "\r\n--" + boundary + "\r\n"
                + "Content-Disposition: form-data; name=\"file\"; filename=\"package.zip\"\r\n"
                + "Content-Type: application/zip\r\n\r\n"
                + new String(Bench.PACKAGE, StandardCharsets.UTF_8) + "\r\n--" + boundary + "--\r\n";
        Map<String, String> headers = usual();
        headers.put("Content-Type", "multipart/form-data; boundary=" + boundary);
        headers.put(
                measure,
                measure.equals("Content-Length")
                        ? String.valueOf(body.getBytes(StandardCharsets.UTF_8).length)
                        : "chunked");
        assertSent("POST /my-tenant/api/v4/import", headers, body);
    }

    /** The headers of every request, save the request id, which differs each time. */
    private Map<String, String> usual() {
        assertThat(Version.CLIENT).matches("\\d+\\.\\d+\\.\\d+\\S*");
        String java = System.getProperty("java.version");
        Map<String, String> headers = new TreeMap<>();
        headers.put("Accept", "*/*");
        headers.put("Accept-Encoding", "gzip");
        headers.put("Authorization", "Bearer " + Bench.TOKEN);
        headers.put("Connection", "Keep-Alive");
        headers.put("Host", bench.server.getHostName() + ":" + bench.server.getPort());
        headers.put("User-Agent", "Gantry Java SDK v" + Version.CLIENT + " (Java/" + java + ")");
        headers.put("x-spark-ua", "agent=gantry-java-sdk/" + Version.CLIENT + "; env=Java/" + java);
        headers.put("x-tenant-name", "my-tenant");
        return headers;
    }

    private void assertSent(String line, Map<String, String> headers, String body) {
        RecordedRequest request = bench.request();
        asserted++;
        Map<String, String> sent = new TreeMap<>();
        request.getHeaders()
                .forEach(header -> sent.merge(header.getFirst(), header.getSecond(), (a, b) -> a + ", " + b));
        assertThat(request.getRequestLine()).isEqualTo(line + " HTTP/1.1");
        assertThat(sent.remove("x-request-id"))
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(sent).isEqualTo(headers);
        assertThat(request.getBody() == null ? "" : request.getBody().utf8()).isEqualTo(body);
    }

    private void assertNoMore() {
        assertThat(bench.server.getRequestCount()).isEqualTo(asserted);
    }
}
