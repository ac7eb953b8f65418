// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.Gantry;
import io.gantry.GantryException;
import io.gantry.Page;
import io.gantry.Permission;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.audit.AuditQuery;
import io.gantry.local.Datasets;
import io.gantry.local.RecordDataset;
import io.gantry.mapping.DriftPolicy;
import io.gantry.mapping.ExportMapping;
import io.gantry.mapping.ImportMapping;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.pipeline.Parameter;
import io.gantry.settings.TenantSettings.Overlap;
import io.gantry.settings.TenantSettings.SameFile;
import io.gantry.spi.schema.FieldType;
import io.gantry.validation.DriftFinding;
import jakarta.validation.constraints.NotBlank;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmissionTest {

    record Sale(@NotBlank String id, LocalDate day, String shop) {}

    @TempDir
    private Path folder;

    private final RecordDataset<Sale> sales =
            Datasets.of(Sale.class).named("sales").key("id").inMemory();
    private final CountDownLatch gate = new CountDownLatch(1);
    private volatile boolean held;
    private Gantry gantry;
    private Workspace shop;

    @BeforeEach
    void open() {
        gantry = Gantry.builder()
                .dataset(sales)
                .crashPoints(point -> {
                    if (held && point == CrashPoint.CLAIMED) {
                        try {
                            gate.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                })
                .build();
        shop = gantry.workspace(Principal.owner("shop", "ada"));
        active(NewPipeline.importing(
                "sales",
                "sales",
                FileFormat.csv(),
                mapping -> mapping.columns("id", "day", "shop").upsert()));
    }

    @AfterEach
    void close() {
        gate.countDown();
        gantry.close();
    }

    private void active(NewPipeline pipeline) {
        shop.pipelines().create(pipeline);
        shop.pipelines().activate(pipeline.code());
    }

    private Path file(String... rows) throws IOException {
        List<String> lines = new ArrayList<>(List.of("id,day,shop"));
        lines.addAll(List.of(rows));
        return Files.write(folder.resolve("sales-" + lines.hashCode() + ".csv"), lines);
    }

    private static void refused(String code, Supplier<?> call) {
        assertThatThrownBy(call::get)
                .isInstanceOfSatisfying(
                        GantryException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static String output(Run run) throws IOException {
        try (InputStream in = run.output().orElseThrow().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void the_same_key_gives_the_same_run() throws IOException {
        RunRequest request = RunRequest.of("sales", file("1,2026-01-01,A")).idempotencyKey("upload-7");
        Run first = shop.runs().submit(request).await();
        Run second = shop.runs().submit(request);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(shop.runs().list("sales", 10)).hasSize(1);
        RunRequest other = RunRequest.of("sales", file("2,2026-01-01,A")).idempotencyKey("upload-7");
        refused("IDEMPOTENCY_KEY_REUSED", () -> shop.runs().submit(other));
    }

    @Test
    void a_second_run_waits_for_the_first_and_says_so() throws IOException {
        held = true;
        Run first = shop.runs().submit("sales", file("1,2026-01-01,A"));
        Run second = shop.runs().submit("sales", file("2,2026-01-01,A"));
        while (first.refresh().status() == RunStatus.QUEUED && second.refresh().status() == RunStatus.QUEUED) {
            Thread.onSpinWait();
        }
        assertThat(second.whyWaiting()).isEqualTo("Pipeline 'sales' has 1 of at most 1 runs under way");
        gate.countDown();
        assertThat(first.await().whyWaiting()).isEmpty();
        assertThat(second.await().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_second_run_is_refused_where_the_tenant_says_so_unless_it_is_forced() throws IOException {
        shop.settings().change(settings -> settings.overlap(Overlap.REFUSE));
        held = true;
        Run first = shop.runs().submit("sales", file("1,2026-01-01,A"));
        RunRequest second = RunRequest.of("sales", file("2,2026-01-01,A"));
        refused("PIPELINE_ALREADY_RUNNING", () -> shop.runs().submit(second));
        Run forced = shop.runs().submit(second.forced());
        gate.countDown();
        first.await();
        assertThat(forced.await().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shop.runs().submit(second).await().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_file_that_was_loaded_before_is_warned_of_or_refused_as_the_tenant_says() throws IOException {
        RunRequest request = RunRequest.of("sales", file("1,2026-01-01,A"));
        Run first = shop.runs().submit(request).await();
        shop.settings().change(settings -> settings.sameFile(SameFile.WARN));
        assertThat(shop.runs().submit(request).await().warnings())
                .singleElement()
                .asString()
                .contains("has loaded the same file");
        shop.settings().change(settings -> settings.sameFile(SameFile.REFUSE));
        refused("FILE_LOADED_BEFORE", () -> shop.runs().submit(request));
        assertThat(shop.runs().submit(request.forced()).await().counts().unchanged())
                .isEqualTo(1);
        assertThat(first.warnings()).isEmpty();
    }

    @Test
    void a_run_that_waits_is_cancelled_at_once_and_one_under_way_soon() throws IOException {
        held = true;
        Run first = shop.runs().submit("sales", file("1,2026-01-01,A"));
        Run second = shop.runs().submit("sales", file("2,2026-01-01,A"));
        while (first.refresh().status() == RunStatus.QUEUED) {
            Thread.onSpinWait();
        }
        assertThat(second.cancel()).isTrue();
        assertThat(second.refresh().status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(second.cancel()).isFalse();
        assertThat(first.cancel()).isTrue();
        gate.countDown();
        assertThat(first.await().status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(sales.records()).isEmpty();
    }

    @Test
    void a_failed_run_is_tried_again_as_a_new_run_that_names_it() throws IOException {
        Run failed = shop.runs().submit("sales", file("1,no day,A")).await();
        assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
        shop.pipelines()
                .changeMapping(
                        "sales",
                        ImportMapping.of(mapping -> mapping.columns("id", "day", "shop")
                                .skipInvalidRows()
                                .upsert()));
        shop.pipelines().activate("sales");
        Run again = failed.retry().await();
        assertThat(again.retryOf()).contains(failed.id());
        assertThat(again.status()).isEqualTo(RunStatus.PARTIAL);
        refused("ILLEGAL_STATE", again::retry);
    }

    @Test
    void runs_are_found_by_pipeline_status_and_time_a_page_at_a_time() throws IOException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.add(shop.runs()
                    .submit("sales", file(i + (i % 3 == 0 ? ",no day,A" : ",2026-01-01,A")))
                    .await()
                    .id());
        }
        java.util.Collections.reverse(ids);
        List<String> found = new ArrayList<>();
        Page<Run> page = shop.runs().list(RunQuery.ALL.pipeline("sales").page(3, null));
        while (true) {
            page.items().forEach(run -> found.add(run.id()));
            if (page.next() == null) {
                break;
            }
            page = shop.runs().list(RunQuery.ALL.pipeline("sales").page(3, page.next()));
        }
        assertThat(found).containsExactlyElementsOf(ids);
        List<Run> all = shop.runs().list("sales", 100);
        Instant from = all.get(4).submittedAt();
        Instant until = all.get(1).submittedAt();
        assertThat(shop.runs()
                        .list(RunQuery.ALL.pipeline("sales").between(from, until))
                        .items())
                .extracting(Run::id)
                .containsExactlyElementsOf(ids.subList(2, 5));
        assertThat(shop.runs().list(RunQuery.ALL.status(RunStatus.FAILED)).items())
                .hasSize(3);
        assertThat(shop.runs()
                        .list(RunQuery.ALL.status(RunStatus.QUEUED, RunStatus.RUNNING))
                        .items())
                .isEmpty();
        refused("INVALID_CURSOR", () -> shop.runs().list(RunQuery.ALL.page(3, "no cursor")));
    }

    @Test
    void parameters_stand_where_the_mapping_names_them() throws IOException {
        active(NewPipeline.importing(
                        "stamped",
                        "sales",
                        FileFormat.csv(),
                        mapping -> mapping.column("id")
                                .constant("{{day}}")
                                .to("day")
                                .constant("{{shop}} of {{run}}")
                                .to("shop")
                                .upsert())
                .parameters(
                        Parameter.required("day", FieldType.DATE),
                        Parameter.optional("shop", FieldType.STRING, "main")));
        RunRequest request = RunRequest.of("stamped", file("1,,"));
        assertThatThrownBy(() -> shop.runs().submit(request.parameter("dya", "2026-01-31")))
                .hasMessageContaining("There is no parameter 'dya'")
                .hasMessageContaining("did you mean 'day'?")
                .hasMessageContaining("parameters.day: must be given");
        refused("INVALID_DEFINITION", () -> shop.runs().submit(request.parameter("day", "31.1.2026")));
        Run run = shop.runs().submit(request.parameter("day", "2026-01-31")).await();
        assertThat(sales.records()).containsExactly(new Sale("1", LocalDate.of(2026, 1, 31), "main of " + run.id()));
        assertThat(run.parameters()).containsEntry("shop", "main");
    }

    @Test
    void a_placeholder_without_a_parameter_is_a_fault_of_the_definition() {
        assertThatThrownBy(() -> shop.pipelines()
                        .create(NewPipeline.exporting(
                                        "out",
                                        "sales",
                                        FileFormat.csv(),
                                        ExportMapping.of("id").where("day", ExportMapping.Test.EQUAL, "{{dya}}"))
                                .parameters(Parameter.required("day", FieldType.DATE))))
                .hasMessageContaining("where[0].values: There is no parameter 'dya'");
    }

    @Test
    void an_incremental_export_takes_what_is_new_and_its_mark_moves_with_its_end() throws IOException {
        active(NewPipeline.exporting(
                "news", "sales", FileFormat.csv(), ExportMapping.of("id", "day").incremental("day")));
        shop.runs()
                .submit("sales", file("1,2026-01-01,A", "2,2026-01-02,A", "3,,A"))
                .await();
        assertThat(output(shop.runs().submit(RunRequest.of("news")).await()).lines())
                .containsExactly("id,day", "1,2026-01-01", "2,2026-01-02");
        shop.runs().submit("sales", file("4,2026-01-03,A", "5,2026-01-02,A")).await();
        assertThat(output(shop.runs().submit(RunRequest.of("news")).await()).lines())
                .containsExactly("id,day", "4,2026-01-03");
        assertThat(output(shop.runs().submit(RunRequest.of("news")).await()).lines())
                .containsExactly("id,day");
    }

    @Test
    void each_time_a_file_is_read_that_is_audited() throws IOException {
        active(NewPipeline.exporting("all", "sales", FileFormat.csv(), ExportMapping.of("id")));
        Run run = shop.runs().submit(RunRequest.of("all")).await();
        output(run);
        output(run);
        assertThat(shop.audit()
                        .find(AuditQuery.ALL.action("FILE_DOWNLOAD").subject("run:" + run.id()))
                        .items())
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.by()).isEqualTo("ada"));
        Workspace clerk = gantry.workspace(Principal.of("shop", "cleo", Permission.EXPORTS_VIEW));
        refused("PERMISSION_DENIED", () -> clerk.runs().get(run.id()).output());
    }

    @Test
    void columns_that_changed_since_the_last_file_are_told_of() throws IOException {
        shop.runs().submit("sales", file("1,2026-01-01,A")).await();
        Path changed = Files.write(folder.resolve("changed.csv"), List.of("day,id,shop,till", "2026-01-02,2,A,7"));
        Run run = shop.runs().submit("sales", changed).await();
        assertThat(run.report().drift())
                .extracting(DriftFinding::kind, DriftFinding::column)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(DriftFinding.Kind.ADDED, "till"),
                        org.assertj.core.groups.Tuple.tuple(DriftFinding.Kind.REORDERED, "day"));
        shop.pipelines()
                .changeMapping(
                        "sales",
                        ImportMapping.of(mapping -> mapping.columns("id", "day", "shop")
                                .drift(new DriftPolicy(
                                        DriftPolicy.Reaction.WARN,
                                        DriftPolicy.Reaction.FAIL,
                                        DriftPolicy.Reaction.FAIL,
                                        DriftPolicy.Reaction.REJECT_ROW,
                                        DriftPolicy.Reaction.FAIL))
                                .upsert()));
        shop.pipelines().activate("sales");
        Run failed = shop.runs().submit("sales", file("3,2026-01-01,A")).await();
        assertThat(failed.error())
                .get()
                .satisfies(error ->
                        assertThat(error.message()).contains("Column 'till' was in the last file, and is gone"));
    }

    @Test
    void a_search_for_what_nothing_can_have_is_refused_as_all_else_is() {
        refused("DOCUMENT_INVALID", () -> shop.runs().list(RunQuery.ALL.between(Instant.EPOCH, Instant.MAX)));
        refused("DOCUMENT_TEXT_INVALID", () -> shop.audit().find(AuditQuery.ALL.by("\0")));
        assertThatThrownBy(() -> Principal.owner("shop", "half of \ud83d"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("halves of characters");
    }
}
