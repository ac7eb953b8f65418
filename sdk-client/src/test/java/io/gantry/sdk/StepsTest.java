// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static io.gantry.sdk.Bench.created;
import static io.gantry.sdk.Bench.job;
import static io.gantry.sdk.Bench.json;
import static io.gantry.sdk.Bench.running;
import static io.gantry.sdk.Bench.status;
import static io.gantry.sdk.Bench.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.RecordedRequest;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The single steps by address, for chosen files, in memory and without blocking. */
@Timeout(30)
class StepsTest {
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
    void a_status_is_checked_at_the_address_that_the_server_named() {
        bench.answers(running(), json("{\"id\":\"job-2\",\"status\":\"closed\"}"));
        URI url = bench.server.url("/elsewhere/status?sig=1").uri();
        assertThat(client.impex().exports().status(url).id()).isEqualTo("job-1");
        assertThat(client.impex().imports().status(url).id()).isEqualTo("job-2");
        for (int i = 0; i < 2; i++) {
            RecordedRequest request = bench.request();
            assertThat(request.getTarget()).isEqualTo("/elsewhere/status?sig=1");
            assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + Bench.TOKEN);
        }
    }

    @Test
    void an_address_of_another_server_gets_no_credentials_and_its_query_is_not_shown() {
        bench.answers(status(401));
        assertThatThrownBy(() -> client.impex().exports().status(URI.create(bench.elsewhere("/status?sig=1"))))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ADDRESS_REFUSED))
                .message()
                .doesNotContain("sig");
        assertThat(bench.request().getHeaders().names()).doesNotContain("Authorization", "x-tenant-name");
    }

    @Test
    void an_address_that_is_none_or_a_document_without_id_or_status_is_refused() {
        assertInvalid(() -> client.impex().exports().status(URI.create("ftp://h/status")));
        assertInvalid(() -> client.impex().imports().status(URI.create("/status")));
        bench.answers(json("{\"status\":\"closed\"}"), json("{\"id\":\"a\"}"));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> client.impex()
                            .exports()
                            .status(bench.server.url("/s").uri()))
                    .isInstanceOfSatisfying(
                            ProtocolException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MISSING_FIELD));
        }
    }

    @Test
    void a_file_is_downloaded_by_its_address() {
        bench.answers(zip(), zip());
        URI url = bench.server.url("/files/a.zip").uri();
        ExportedFile first = client.impex().exports().download(url, directory.resolve("new"));
        ExportedFile second = client.impex().exports().download(url, directory.resolve("new"));
        assertThat(first.path()).isEqualTo(directory.resolve("new/a.zip")).hasBinaryContent(Bench.PACKAGE);
        assertThat(second.name()).isEqualTo("a-2.zip");
        assertThat(first.origin().url()).isEqualTo(url);
    }

    @Test
    void chosen_files_of_a_job_are_downloaded_in_the_order_asked_for() {
        bench.answers(job("closed", bench.file("a.zip"), bench.file("b.zip"), bench.file("c.zip")), zip(), zip());
        List<RemoteFile> files = client.impex().exports().status("job-1").files();
        assertThat(client.impex().exports().download(List.of(files.get(2), files.get(0)), directory))
                .extracting(ExportedFile::name)
                .containsExactly("c.zip", "a.zip");
        assertThat(bench.server.getRequestCount()).isEqualTo(3);
        assertThat(client.impex().exports().download(List.of(), directory)).isEmpty();
    }

    @Test
    void when_a_chosen_file_fails_none_is_left() {
        bench.answers(zip(), status(404));
        List<RemoteFile> files = List.of(
                RemoteFile.at(bench.server.url("/a.zip").uri()),
                RemoteFile.at(bench.server.url("/b.zip").uri()));
        assertThatThrownBy(() -> client.impex().exports().download(files, directory))
                .hasMessageContaining("download file 2 of 2");
        assertThat(Bench.in(directory)).isEmpty();
        assertThatThrownBy(() -> client.impex().exports().download(URI.create("ftp://h/a.zip"), directory))
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_FILE_ADDRESS));
    }

    @Test
    void a_file_is_read_into_memory_resumed_and_checked() {
        String hash = ByteString.of(Pieces.FILE).sha256().hex();
        bench.answers(Bench.hashed(bench.file("a.zip"), hash), Pieces.half("ETag", "\"v1\""), Pieces.rest());
        RemoteFile file = client.impex().exports().status("job-1").files().get(0);
        assertThat(client.impex().exports().bytes(file)).isEqualTo(Pieces.FILE);
        bench.request();
        bench.request();
        assertThat(bench.request().getHeaders().get("Range")).matches("bytes=[1-9]\\d+-");

        bench.answers(zip(), Pieces.half(), zip());
        assertThatThrownBy(() -> client.impex().exports().bytes(file))
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.HASH_MISMATCH));
        assertThat(client.impex()
                        .exports()
                        .bytes(RemoteFile.at(bench.server.url("/a.zip").uri())))
                .as("starts anew after a piece that cannot be resumed")
                .isEqualTo(Bench.PACKAGE);
    }

    @Test
    void a_result_gives_its_files_as_bytes_and_streams_and_deletes_what_is_temporary() throws Exception {
        bench.answers(created(), job("closed", bench.file("a.zip"), bench.file("b.zip")), zip(), zip());
        Path temporary;
        ExportedFile file;
        try (ExportResult result = client.impex().exp(Bench.someExport())) {
            temporary = result.directory();
            file = result.files().get(0);
            assertThat(result.temporary()).isTrue();
            assertThat(file.bytes()).isEqualTo(Bench.PACKAGE);
            try (InputStream in = file.open()) {
                assertThat(in.readAllBytes()).isEqualTo(Bench.PACKAGE);
            }
            Files.delete(result.files().get(1).path());
        }
        assertThat(temporary).doesNotExist();
        for (Runnable reading : List.<Runnable>of(file::bytes, file::open, file::sha256)) {
            assertThatThrownBy(reading::run)
                    .isInstanceOfSatisfying(
                            ImpexException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_UNREADABLE));
        }
    }

    @Test
    void a_result_keeps_files_that_are_where_the_request_wanted_them() {
        bench.answers(created(), job("closed", bench.file("a.zip")), zip());
        ExportResult result = client.impex().exp(Bench.someExport().into(directory));
        result.close();
        result.close();
        assertThat(result.temporary()).isFalse();
        assertThat(result.files().get(0).path()).exists();
    }

    @Test
    void a_result_that_comes_after_its_future_has_ended_is_deleted() {
        bench.answers(created(), job("closed", bench.file("a.zip")), zip());
        AtomicReference<CompletableFuture<ExportResult>> future = new AtomicReference<>();
        ImpexListener late = new ImpexListener() {
            @Override
            public void onRequest(RequestEvent event) {
                if (event.url().endsWith("/...")) {
                    while (future.get() == null) {
                        Thread.onSpinWait();
                    }
                    future.get().completeExceptionally(new TimeoutException("as by orTimeout"));
                }
            }
        };
        future.set(client.impex().expAsync(Bench.someExport().listener(late)));
        assertThatThrownBy(() -> future.get().join()).isInstanceOf(CompletionException.class);
        client.close();
        assertThat(Bench.in(Path.of(System.getProperty("java.io.tmpdir"))))
                .noneMatch(path -> path.getFileName().toString().startsWith("gantry-export-"));
    }

    @Test
    void every_step_of_an_export_can_be_taken_without_blocking() {
        bench.answers(
                created(), running(), running(), job("closed", bench.file("a.zip")), zip(), json("{}"), running());
        Exports exports = client.impex().exports();
        ExportResult result = exports.initiateAsync(Bench.someExport())
                .thenCompose(job -> exports.statusAsync(job.id()))
                .thenCompose(job -> exports.awaitAsync(job.id(), Waiting.defaults()))
                .thenCompose(job -> exports.downloadAsync(job, directory))
                .join();
        assertThat(result.files()).hasSize(1);
        assertThat(exports.listAsync().join().recent()).isEmpty();
        assertThat(exports.cancelAsync("job-1").join().id()).isEqualTo("job-1");
        assertThat(bench.server.getRequestCount()).isEqualTo(7);
    }

    @Test
    void every_step_of_an_import_can_be_taken_without_blocking() {
        bench.answers(created(), running(), job("closed"), json("{}"), status(404));
        Imports imports = client.impex().imports();
        ImportJob done = imports.initiateAsync(Bench.someImport())
                .thenCompose(job -> imports.statusAsync(job.id()))
                .thenCompose(job -> imports.awaitAsync(job.id(), Waiting.defaults()))
                .join();
        assertThat(done.status()).isEqualTo(JobStatus.CLOSED);
        assertThat(imports.listAsync().join().inProgress()).isEmpty();
        assertThatThrownBy(() -> imports.statusAsync("gone").join())
                .cause()
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void lists_are_taken_wherever_single_values_are() {
        assertThat(ExportRequest.create()
                        .folders(List.of("f", "g"))
                        .services(List.of("a/b", "c/d[1.0]"))
                        .versionIds(List.of("v")))
                .hasToString(ExportRequest.create()
                        .folders("f", "g")
                        .services("a/b", "c/d[1.0]")
                        .versionIds("v")
                        .toString());
        ImportRequest file = ImportRequest.create().file(Bench.PACKAGE);
        assertThat(file.destination(List.of("a/b", "c/d")).body())
                .isEqualTo(file.destination("a/b", "c/d").body());
        assertThat(file.destination(List.of(ServiceMapping.of("a/b").to("c/d"))).body())
                .isEqualTo(file.destination(ServiceMapping.of("a/b").to("c/d")).body());
        assertThatThrownBy(() -> ExportRequest.create().services(List.of("no folder")))
                .isInstanceOfSatisfying(
                        ImpexException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_SERVICE_URI));
    }

    private static void assertInvalid(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ImpexException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }
}
