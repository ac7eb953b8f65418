// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.sdk.testserver.ImpexTestServer;
import io.gantry.sdk.testserver.JobScript;
import io.gantry.sdk.testserver.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One call from tenant to tenant. */
class MigrationTest {
    private final ImpexTestServer server = ImpexTestServer.start();
    private final ImpexClient from = ImpexClient.builder()
            .baseUrl(server.baseUrl("from"))
            .variables(Map.of())
            .credentials(Credentials.none())
            .waiting(Waiting.defaults().retryInterval(Duration.ofMillis(1)))
            .build();
    private final ImpexClient to = from.derive().tenant("to").build();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        to.close();
        from.close();
        server.close();
    }

    @Test
    void services_keep_their_uris_and_no_file_is_left() {
        byte[] first = Bench.bytes(1000);
        byte[] second = Bench.bytes(2000);
        server.nextExport(JobScript.succeeding().file("1.zip", first).file("2.zip", second));
        List<ImportJob> done = from.impex().migrate(ExportRequest.create().services("f/s", "f/t"), to);

        assertThat(done).hasSize(2);
        assertThat(done.get(0).services())
                .extracting(Object::toString)
                .containsExactly("f/s -> f/s (added)", "f/t -> f/t (added)");
        assertThat(server.requests(Stage.START))
                .extracting("path")
                .containsExactly("/from/api/v4/export", "/to/api/v4/import", "/to/api/v4/import");
        assertThat(server.requests(Stage.START).get(1).part("file")).hasValue(first);
        assertThat(server.requests(Stage.START).get(2).part("file")).hasValue(second);
        assertNothingLeft();
    }

    @Test
    void the_settings_of_the_imports_are_those_that_are_given() {
        from.impex()
                .migrate(
                        ExportRequest.create().services("f/s").into(directory),
                        to,
                        ImportRequest.create()
                                .destination(ServiceMapping.of("f/s").to("g/s").upgrade(Upgrade.MAJOR))
                                .ifPresent(IfPresent.REPLACE)
                                .correlationId("run-1"));
        assertThat(server.requests(Stage.START)
                        .get(1)
                        .part("importRequestEntity")
                        .map(String::new))
                .hasValueSatisfying(json -> assertThat(json)
                        .contains("\"service_uri_destination\":\"g/s\"")
                        .contains("\"update_version_type\":\"major\"")
                        .contains("\"services_existing\":\"replace\"")
                        .contains("\"correlation_id\":\"run-1\""));
        assertThat(Bench.in(directory)).hasSize(1);
    }

    @Test
    void an_import_that_fails_fails_the_call_and_leaves_no_temporary_file() {
        server.nextImport(JobScript.failing("folder is missing"));
        assertThatThrownBy(() -> from.impex().migrate(ExportRequest.create().services("f/s"), to))
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.job()).isInstanceOf(ImportJob.class))
                .hasMessageContaining("folder is missing");
        assertNothingLeft();
    }

    @Test
    void what_cannot_be_imported_is_refused_before_anything_is_sent() {
        for (Runnable call : List.<Runnable>of(
                () -> from.impex()
                        .migrate(ExportRequest.create().services("f/s").fileFilter(FileFilter.ONPREMISES), to),
                () -> from.impex()
                        .migrate(
                                ExportRequest.create().services("f/s"),
                                to,
                                ImportRequest.create().file(Bench.PACKAGE)),
                () -> from.impex()
                        .migrate(
                                ExportRequest.create().services("f/s"),
                                to,
                                ImportRequest.create().resume("job-1")),
                () -> from.impex().migrate(ExportRequest.create(), to))) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            ImpexException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void an_export_that_does_not_say_what_it_holds_needs_a_destination() {
        assertThatThrownBy(() -> from.impex().migrate(ExportRequest.create().folders("f"), to))
                .hasMessageContaining("does not say which services it holds");
        assertThat(server.requests(Stage.START)).hasSize(1);
        assertNothingLeft();
        assertThat(from.impex()
                        .migrate(
                                ExportRequest.create().folders("f"),
                                to,
                                ImportRequest.create().destination("f/s")))
                .hasSize(1);
    }

    private static void assertNothingLeft() {
        assertThat(Bench.in(Path.of(System.getProperty("java.io.tmpdir"))))
                .noneMatch(path -> path.getFileName().toString().startsWith("gantry-export-"));
    }
}
