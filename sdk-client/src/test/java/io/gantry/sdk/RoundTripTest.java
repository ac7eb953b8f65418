// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.sdk.testserver.Fault;
import io.gantry.sdk.testserver.ImpexTestServer;
import io.gantry.sdk.testserver.JobScript;
import io.gantry.sdk.testserver.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client and the published test server together. */
class RoundTripTest {
    private final ImpexTestServer server = ImpexTestServer.start();
    private final ImpexClient client = ImpexClient.builder()
            .baseUrl(server.baseUrl("from"))
            .variables(Map.of())
            .credentials(Credentials.clientCredentials("me", "secret"))
            .waiting(Waiting.defaults().retryInterval(Duration.ofMillis(1)))
            .build();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void what_one_tenant_exports_another_imports_byte_for_byte() throws Exception {
        server.requireClient("me", "secret");
        byte[] content = Bench.bytes(3_000_000);
        server.nextExport(JobScript.succeeding().after(2).file("big.zip", content));
        ExportResult exported =
                client.impex().exp(ExportRequest.create().services("f/s").into(directory));
        ExportedFile file = exported.files().get(0);
        assertThat(file.hashChecked()).isTrue();
        assertThat(Files.readAllBytes(file.path())).isEqualTo(content);

        try (ImpexClient other = client.derive().tenant("to").build()) {
            ImportJob imported = other.impex()
                    .imp(ImportRequest.create()
                            .file(file.path())
                            .destination(ServiceMapping.of("f/s").to("g/s")));
            assertThat(imported.services()).singleElement().hasToString("f/s -> g/s (added)");
        }
        assertThat(server.requests(Stage.START).get(1).part("file")).hasValue(content);
        assertThat(server.requests(Stage.START).get(1).path()).isEqualTo("/to/api/v4/import");
    }

    @Test
    void a_download_that_is_cut_off_is_resumed() {
        byte[] content = Bench.bytes(3_000_000);
        server.nextExport(JobScript.succeeding().file("big.zip", content));
        server.fault(Stage.FILE, Fault.cut());
        ExportResult exported =
                client.impex().exp(ExportRequest.create().services("f/s").into(directory));
        assertThat(exported.files().get(0).path()).hasBinaryContent(content);
        assertThat(server.requests(Stage.FILE)).hasSize(2);
        assertThat(server.requests(Stage.FILE).get(1).header("Range")).hasValue("bytes=1500000-");
    }

    @Test
    void a_token_that_expires_is_renewed() {
        server.requireClient("me", "secret");
        client.impex().exports().list();
        server.expireTokens();
        client.impex().exports().list();
        assertThat(server.requests(Stage.TOKEN)).hasSize(2);
    }

    @Test
    void a_job_that_never_ends_can_be_cancelled() {
        server.nextExport(JobScript.neverEnding());
        ExportJob job = client.impex().exports().initiate(ExportRequest.create().folders("f"));
        assertThat(client.impex().exports().list().inProgress()).hasSize(1);
        assertThat(client.impex().exports().cancel(job.id()).status()).isEqualTo(JobStatus.CANCELLED);
        assertThatThrownBy(() -> client.impex().exp(ExportRequest.create().resume(job.id())))
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.JOB_CANCELLED));
    }
}
