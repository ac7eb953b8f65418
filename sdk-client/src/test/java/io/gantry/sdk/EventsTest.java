// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static io.gantry.sdk.Bench.created;
import static io.gantry.sdk.Bench.job;
import static io.gantry.sdk.Bench.running;
import static io.gantry.sdk.Bench.status;
import static io.gantry.sdk.Bench.zip;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What listeners are told, and when. */
class EventsTest {
    private final Bench bench = new Bench();
    private final Log ofClient = new Log();
    private final Log ofCall = new Log();
    private final ImpexClient client = bench.builder().listener(ofClient).build();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        client.close();
        bench.close();
    }

    @Test
    void an_export_tells_of_requests_checks_and_downloads_in_order() {
        byte[] file = Bench.bytes(600_000);
        bench.answers(created(), status(503), running(), job("closed", bench.file("a.zip?sig=1")), zip(file));
        client.impex().exp(Bench.someExport().into(directory).listener(ofCall));

        List<String> told = ofCall.told.stream()
                .map(line -> line.replaceFirst("^(down 1/1) (2\\d{5}|5\\d{5}) ", "$1 some "))
                .toList();
        assertThat(told)
                .containsExactly(
                        "POST /my-tenant/api/v4/export #1 200 -",
                        "GET /my-tenant/api/v4/export/job-1/status #1 503 UNAVAILABLE",
                        "GET /my-tenant/api/v4/export/job-1/status #2 200 -",
                        "job-1 in_progress",
                        "GET /my-tenant/api/v4/export/job-1/status #1 200 -",
                        "job-1 closed",
                        "down 1/1 some of 600000",
                        "down 1/1 some of 600000",
                        "down 1/1 600000 of 600000",
                        "GET /... #1 200 -");
        assertThat(ofClient.told).isEqualTo(ofCall.told);
    }

    @Test
    void an_import_tells_of_the_upload_and_begins_anew_when_it_is_repeated() {
        bench.answers(status(429), created(), job("closed"));
        client.impex()
                .imp(ImportRequest.create()
                        .file(Bench.bytes(300_000))
                        .destination("a/b")
                        .listener(ofCall));
        assertThat(ofCall.told.stream().filter(line -> line.startsWith("up")))
                .hasSize(4)
                .first()
                .asString()
                .matches("up 1/1 2\\d+ of 300000");
        assertThat(ofCall.told).contains("up 1/1 300000 of 300000");
    }

    @Test
    void a_length_that_is_not_known_is_not_invented() {
        bench.answers(created());
        client.impex()
                .imports()
                .initiate(ImportRequest.create()
                        .file(() -> new ByteArrayInputStream(Bench.PACKAGE))
                        .destination("a/b")
                        .listener(ofCall));
        assertThat(ofCall.told).contains("up 1/1 " + Bench.PACKAGE.length + " of ?");
    }

    @Test
    void a_listener_that_fails_is_logged_and_fails_nothing() {
        CapturedLogs.clear();
        bench.answers(created(), job("closed", bench.file("a.zip")), zip());
        ImpexListener failing = new ImpexListener() {
            @Override
            public void onJob(Job job) {
                throw new IllegalStateException("out of paper");
            }
        };
        assertThat(client.impex()
                        .exp(Bench.someExport().into(directory).listener(failing))
                        .files())
                .hasSize(1);
        assertThat(CapturedLogs.lines()).anyMatch(line -> line.startsWith("WARN") && line.contains("out of paper"));
        assertThat(ofClient.told).contains("job-1 closed");
    }

    @Test
    void nothing_is_logged_above_debug_when_all_goes_well() {
        CapturedLogs.clear();
        bench.answers(created(), running(), job("closed", bench.file("a.zip")), zip());
        client.impex().exp(Bench.someExport().into(directory));
        assertThat(CapturedLogs.lines())
                .isNotEmpty()
                .allMatch(line -> line.startsWith("DEBUG"))
                .anyMatch(line -> line.contains("GET http://localhost:" + bench.server.getPort()
                        + "/my-tenant/api/v4/export/job-1/status status=200 failure=null attempt=1 requestId="));
    }

    private static final class Log implements ImpexListener {
        final List<String> told = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void onRequest(RequestEvent event) {
            assertThat(event.took().isNegative()).isFalse();
            assertThat(event.requestId()).isNotBlank();
            told.add(event.method() + " " + event.url().replaceFirst("https?://[^/]*", "") + " #" + event.attempt()
                    + " " + event.httpStatus().orElse(0) + " "
                    + event.failure().map(Enum::name).orElse("-"));
        }

        @Override
        public void onJob(Job job) {
            told.add(job.id() + " " + job.status());
        }

        @Override
        public void onUpload(Transfer transfer) {
            told.add("up " + text(transfer));
        }

        @Override
        public void onDownload(Transfer transfer) {
            told.add("down " + text(transfer));
        }

        private static String text(Transfer transfer) {
            OptionalLong total = transfer.totalBytes();
            return transfer.part() + "/" + transfer.parts() + " " + transfer.bytes() + " of "
                    + (total.isPresent() ? total.getAsLong() : "?");
        }
    }
}
