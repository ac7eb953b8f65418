// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.sdk.Credentials;
import io.gantry.sdk.ExportRequest;
import io.gantry.sdk.ExportResult;
import io.gantry.sdk.ImpexClient;
import io.gantry.sdk.Waiting;
import io.gantry.sdk.testserver.Fault;
import io.gantry.sdk.testserver.ImpexTestServer;
import io.gantry.sdk.testserver.JobScript;
import io.gantry.sdk.testserver.Stage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs every example against the test server. */
class SdkExamplesTest {
    private final ImpexTestServer server = ImpexTestServer.start();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, UTF_8);
    private final ImpexClient client = ImpexClient.builder()
            .baseUrl(server.baseUrl("from"))
            .variables(Map.of())
            .credentials(Credentials.none())
            .waiting(Waiting.defaults().retryInterval(Duration.ofMillis(1)).maxInterval(Duration.ofMillis(5)))
            .build();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void the_first_export_prints_where_its_files_are() throws IOException {
        server.requireApiKey("key");
        PrintStream before = System.out;
        System.setOut(out);
        try {
            FirstExport.main(server.baseUrl("my-tenant"), "key", "my-folder/my-service");
        } finally {
            System.setOut(before);
        }
        Matcher line = Pattern.compile("(.*package\\.zip), \\d+ bytes\\s*").matcher(text());
        assertThat(line.matches()).as(text()).isTrue();
        Path file = Path.of(line.group(1));
        assertThat(file).exists();
        Files.delete(file);
        Files.delete(file.getParent());
    }

    @Test
    void a_service_moves_between_tenants_with_a_progress_bar() {
        server.nextExport(JobScript.succeeding().after(1).file("bundle.zip", new byte[700_000]));
        try (ImpexClient to = client.derive().tenant("to").build()) {
            MoveBetweenTenants.move(client, to, "f/s", directory, out);
        }
        assertThat(text())
                .contains("job export-1 is in_progress")
                .contains("download 1/1 [##############################] 700")
                .contains("upload 1/1 [##############################] 700")
                .contains("f/s[1.0.0] -> f/s[1.0.0] (added)");
        assertThat(server.requests(Stage.START))
                .extracting("path")
                .containsExactly("/from/api/v4/export", "/to/api/v4/import");
        assertThat(server.requests(Stage.START).get(1).part("file")).hasValue(new byte[700_000]);
    }

    @Test
    void a_job_is_taken_up_again_after_a_time_out() {
        server.nextExport(JobScript.succeeding().after(3));
        ExportResult result = ResumeAfterTimeout.export(
                client, ExportRequest.create().folders("f").maxRetries(2).into(directory), out);
        assertThat(text()).contains("job export-1 needs longer");
        assertThat(result.files()).hasSize(1);
        assertThat(server.requests(Stage.START)).hasSize(1);
    }

    @Test
    void several_folders_are_exported_at_once() {
        server.nextExport(JobScript.succeeding().after(2));
        server.nextExport(JobScript.failing("folder is locked"));
        ExportWithoutWaiting.export(client, List.of("a", "b"), directory, out).join();
        assertThat(text()).contains("1 files").contains("JOB_FAILED");
        assertThat(server.requests(Stage.START)).hasSize(2);
    }

    @Test
    void services_are_copied_to_another_tenant_in_one_call_with_a_token_from_a_file() throws IOException {
        server.requireToken("token-1");
        Path token = Files.writeString(directory.resolve("token"), "token-1\n");
        PrintStream before = System.out;
        System.setOut(out);
        try {
            CopyTenant.main(server.baseUrl("from"), "to", token.toString(), "f/s", "f/t");
        } finally {
            System.setOut(before);
        }
        assertThat(text()).contains("f/s -> f/s (added)").contains("f/t -> f/t (added)");
        assertThat(server.requests(Stage.START))
                .extracting("path")
                .containsExactly("/from/api/v4/export", "/to/api/v4/import");
        assertThat(server.requests(Stage.START).get(0).header("User-Agent"))
                .hasValueSatisfying(agent -> assertThat(agent).endsWith(" copy-tenant/1.0"));
    }

    @Test
    void the_first_of_several_files_is_read_into_memory() {
        server.nextExport(
                JobScript.succeeding().after(1).file("a.zip", new byte[3]).file("b.zip", new byte[4]));
        assertThat(ChosenFiles.first(client, "f", out)).hasSize(3);
        assertThat(text()).contains("3 bytes, 1 of 2 files");
        assertThat(server.requests(Stage.FILE)).hasSize(1);
    }

    @Test
    void a_refusal_is_shown_with_its_body() {
        server.fault(Stage.START, Fault.status(502).withBody("text/html", "<html>bad gateway</html>"));
        assertThatThrownBy(() -> ChosenFiles.first(client, "f", out)).isInstanceOf(CompletionException.class);
        assertThat(text()).contains("BAD_GATEWAY: <html>bad gateway</html>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../sdk-client/README.md", "../README.md"})
    void the_first_call_of_both_read_mes_is_the_first_example_and_has_under_ten_lines(String file) throws IOException {
        String readMe = Files.readString(Path.of(file));
        String fence = "```java\n";
        int start = readMe.indexOf(fence + "try (ImpexClient client") + fence.length();
        List<String> call = readMe.substring(start, readMe.indexOf("```", start))
                .lines()
                .map(String::strip)
                .toList();
        List<String> example = Files.readString(Path.of("src/main/java/io/gantry/examples/sdk/FirstExport.java"))
                .lines()
                .map(String::strip)
                .toList();
        assertThat(call).hasSizeBetween(5, 9);
        assertThat(Collections.indexOfSubList(example, call)).as("%s", call).isPositive();
    }

    private String text() {
        return printed.toString(UTF_8);
    }
}
