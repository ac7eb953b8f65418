// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static io.gantry.sdk.Bench.created;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The request that starts an import as it goes over the wire. */
class ImportWireTest {
    private final Bench bench = new Bench();
    private final ImpexClient client = bench.builder().build();

    @AfterEach
    void close() {
        client.close();
        bench.close();
    }

    @Test
    void an_import_is_a_multipart_post_of_the_json_without_a_type_and_then_the_package() {
        bench.answers(created());
        client.impex().imports().initiate(Bench.someImport());

        RecordedRequest request = bench.request();
        assertThat(request.getRequestLine()).isEqualTo("POST /my-tenant/api/v4/import HTTP/1.1");
        String type = request.getHeaders().get("Content-Type");
        assertThat(type).matches("multipart/form-data; boundary=gantry-[0-9a-f-]{36}");
        String boundary = type.substring(type.indexOf('=') + 1);
        String json = "{\"inputs\":{\"services_modify\":[{\"service_uri_source\":\"my-folder/my-service\","
                + "\"service_uri_destination\":\"my-folder/my-service\",\"update_version_type\":\"minor\"}]},"
                + "\"services_existing\":\"add_version\",\"source_system\":\"Spark Java SDK\"}";
        assertThat(request.getBody().utf8())
                .isEqualTo("--" + boundary + "\r\n"
                        + "Content-Disposition: form-data; name=\"importRequestEntity\"\r\n\r\n"
                        + json + "\r\n--" + boundary + "\r\n"
                        + "Content-Disposition: form-data; name=\"file\"; filename=\"package.zip\"\r\n"
                        + "Content-Type: application/zip\r\n\r\n"
                        + new String(Bench.PACKAGE, UTF_8) + "\r\n--" + boundary + "--\r\n");
        assertThat(request.getHeaders().get("Content-Length"))
                .isEqualTo(String.valueOf(request.getBody().size()));
        assertThat(request.getHeaders().get("Transfer-Encoding")).isNull();
    }

    @Test
    void a_package_of_unknown_length_is_sent_in_chunks() {
        bench.answers(created());
        client.impex()
                .imports()
                .initiate(ImportRequest.create()
                        .file(() -> new ByteArrayInputStream(Bench.PACKAGE))
                        .destination("a/b"));
        RecordedRequest request = bench.request();
        assertThat(request.getHeaders().get("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(request.getHeaders().get("Content-Length")).isNull();
        assertThat(request.getBody().utf8()).contains(new String(Bench.PACKAGE, UTF_8));
    }

    @Test
    void all_four_shapes_of_a_destination_become_lists_of_mappings() {
        assertThat(mappings(Bench.someImport()))
                .isEqualTo(mapping("my-folder/my-service", "my-folder/my-service", "minor"));
        assertThat(mappings(blank().destination("a/b", "c/d")))
                .isEqualTo(mapping("a/b", "a/b", "minor") + "," + mapping("c/d", "c/d", "minor"));
        assertThat(mappings(blank().destination(
                                ServiceMapping.of("a/b").to("this/b").upgrade(Upgrade.PATCH))))
                .isEqualTo(mapping("a/b", "this/b", "patch"));
        assertThat(mappings(blank().destination(
                                ServiceMapping.of("a/b").upgrade(Upgrade.MAJOR),
                                ServiceMapping.of("c/d").to("e/f"))))
                .isEqualTo(mapping("a/b", "a/b", "major") + "," + mapping("c/d", "e/f", "minor"));
        assertThat(mappings(blank().destination(new ServiceMapping[0]))).isEmpty();
    }

    @Test
    void if_present_and_the_tags_of_an_import_are_sent_in_the_words_of_the_protocol() {
        assertThat(entity(Bench.someImport().ifPresent(IfPresent.ABORT))).contains("\"services_existing\":\"abort\"");
        assertThat(entity(Bench.someImport()
                        .ifPresent(IfPresent.REPLACE)
                        .sourceSystem("nightly")
                        .correlationId("run-17")))
                .endsWith("\"services_existing\":\"replace\",\"source_system\":\"nightly\","
                        + "\"correlation_id\":\"run-17\"}");
    }

    private String entity(ImportRequest request) {
        bench.answers(created());
        client.impex().imports().initiate(request);
        String body = bench.request().getBody().utf8();
        int start = body.indexOf("\r\n\r\n") + 4;
        return body.substring(start, body.indexOf("\r\n--", start));
    }

    private String mappings(ImportRequest request) {
        String json = entity(request);
        String start = "{\"inputs\":{\"services_modify\":[";
        assertThat(json).startsWith(start);
        return json.substring(start.length(), json.indexOf(']'));
    }

    private static ImportRequest blank() {
        return ImportRequest.create().file(Bench.PACKAGE);
    }

    private static String mapping(String source, String target, String upgrade) {
        return "{\"service_uri_source\":\"" + source + "\",\"service_uri_destination\":\"" + target
                + "\",\"update_version_type\":\"" + upgrade + "\"}";
    }
}
