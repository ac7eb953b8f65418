// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static io.gantry.sdk.Bench.created;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What may vary in the request that starts an import, which {@link WireCallsTest} shows as a whole. */
class ImportWireTest {
    private final Bench bench = new Bench();
    private final ImpexClient client = bench.builder().build();

    @AfterEach
    void close() {
        client.close();
        bench.close();
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
