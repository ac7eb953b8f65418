// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.gantry.Gantry;
import io.gantry.GantryException;
import io.gantry.Principal;
import io.gantry.Reason;
import io.gantry.Workspace;
import io.gantry.local.Datasets;
import io.gantry.local.RecordDataset;
import io.gantry.mapping.ExportMapping;
import io.gantry.mapping.ImportMappingBuilder;
import io.gantry.pipeline.Direction;
import io.gantry.pipeline.Endpoint;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.pipeline.PipelineChange;
import io.gantry.spi.Cancellation;
import io.gantry.spi.dataset.DatasetWriter;
import io.gantry.spi.dataset.Duplicates;
import io.gantry.spi.dataset.Load;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.RowChange;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RowBatch;
import io.gantry.validation.Counts;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines that move rows from one dataset into another. */
class MoveTest {

    record Lead(
            String id,
            @Nullable String name,
            @Nullable Long visits,
            @Nullable BigDecimal worth,
            @Nullable Double score,
            @Nullable Boolean open,
            @Nullable LocalDate since,
            @Nullable LocalTime hour,
            @Nullable Instant seen,
            @Nullable UUID token,
            byte @Nullable [] photo) {}

    record Customer(
            String id, @Nullable String name, @Nullable BigDecimal worth) {}

    @TempDir
    Path folder;

    private final RecordDataset<Lead> leads =
            Datasets.of(Lead.class).named("leads").key("id").inMemory();
    private final RecordDataset<Lead> copies =
            Datasets.of(Lead.class).named("copies").key("id").inMemory();
    private final RecordDataset<Customer> customers =
            Datasets.of(Customer.class).named("customers").key("id").inMemory();
    private Gantry gantry;
    private Workspace shop;

    @BeforeEach
    void open() {
        gantry = Gantry.builder()
                .dataset(leads)
                .dataset(copies)
                .dataset(customers)
                .build();
        shop = gantry.workspace(Principal.owner("acme", "ada"));
    }

    @AfterEach
    void close() {
        gantry.close();
    }

    private void seed(String... lines) throws IOException {
        if (shop.pipelines().find("seed").isEmpty()) {
            shop.pipelines()
                    .createActive(NewPipeline.importing(
                            "seed",
                            "leads",
                            FileFormat.csv(),
                            columns -> columns.columns("id", "name", "worth").upsert()));
        }
        List<String> all = new ArrayList<>(List.of("id,name,worth"));
        all.addAll(List.of(lines));
        Run run = shop.runs()
                .submit("seed", Files.write(folder.resolve("leads.csv"), all))
                .await();
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    private void put(Lead... records) {
        RowBatch rows = new RowBatch(leads.schema().fields(), records.length);
        for (Lead lead : records) {
            rows.add(
                    rows.size() + 1L,
                    lead.id(),
                    lead.name(),
                    lead.visits(),
                    lead.worth(),
                    lead.score(),
                    lead.open(),
                    lead.since(),
                    lead.hour(),
                    lead.seen(),
                    lead.token(),
                    lead.photo());
        }
        Load load = new Load(
                "seed",
                1,
                LoadMode.INSERT,
                leads.schema().fields(),
                new Load.Rules(List.of("id"), Duplicates.REJECT_ALL, List.of(), List.of()),
                Instant.EPOCH,
                Cancellation.NEVER,
                null);
        try (DatasetWriter writer = leads.write(load)) {
            writer.stage(rows);
            writer.check((number, fields, code, message) -> fail(code));
            writer.apply();
        }
    }

    private Run move(UnaryOperator<ImportMappingBuilder> mapping) {
        shop.pipelines().createActive(NewPipeline.moving("move", "leads", "customers", mapping));
        return shop.runs().submit(RunRequest.of("move")).await();
    }

    private static String text(io.gantry.spi.file.FileContent file) throws IOException {
        try (InputStream in = file.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void rows_go_from_one_dataset_into_another_by_a_mapping() throws IOException {
        seed("1,Ada,10.50", "2,Grace,7");
        Run run = move(mapping -> mapping.column("id")
                .to("id")
                .column("name")
                .to("name")
                .upperCase()
                .column("worth")
                .to("worth"));
        assertThat(run.counts()).isEqualTo(new Counts(2, 2, 0, 0, 0, 0, 0));
        assertThat(customers.records())
                .containsExactly(
                        new Customer("1", "ADA", new BigDecimal("10.50")),
                        new Customer("2", "GRACE", new BigDecimal("7")));
        assertThat(run.report().summary()).startsWith("move  leads.csv → customers");
        assertThat(shop.pipelines().get("move").direction()).isEqualTo(Direction.IMPORT);
        assertThat(shop.pipelines().get("move").current().from()).isEqualTo(new Endpoint.Dataset("leads"));
    }

    @Test
    void rejected_rows_are_reported_and_written_as_they_were_read() throws IOException {
        seed("1,Ada,10.50", "2,,7", "3,Eve,-3");
        Run run = move(mapping -> mapping.column("id")
                .to("id")
                .column("name")
                .to("name")
                .required()
                .column("worth")
                .to("worth")
                .min("0")
                .skipInvalidRows());
        assertThat(run.status()).isEqualTo(RunStatus.PARTIAL);
        assertThat(run.counts()).isEqualTo(new Counts(3, 1, 0, 0, 2, 0, 0));
        assertThat(text(run.rejects().orElseThrow()).lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("2,REQUIRED,") && line.contains(",2,,"))
                .anyMatch(line -> line.startsWith("3,TOO_SMALL,") && line.contains(",3,Eve,"));
    }

    @Test
    void a_preview_shows_the_changes_and_touches_nothing() throws IOException {
        seed("1,Ada,10.50");
        shop.pipelines()
                .createActive(NewPipeline.moving(
                        "move",
                        "leads",
                        "customers",
                        mapping -> mapping.columns("id", "name", "worth").upsert()));
        Run preview = shop.runs().preview(RunRequest.of("move")).await();
        assertThat(preview.report().changes()).extracting(RowChange::kind).containsExactly(RowChange.Kind.INSERTED);
        assertThat(customers.records()).isEmpty();
        assertThatThrownBy(preview::plan)
                .hasMessageContaining("read a dataset, which may change before a plan is applied");
    }

    @Test
    void a_rollback_takes_the_rows_back_out() throws IOException {
        seed("1,Ada,10.50");
        Run run = move(mapping -> mapping.columns("id", "name", "worth").upsert());
        seed("1,Ada,12");
        Run again = shop.runs().submit(RunRequest.of("move")).await();
        assertThat(again.counts()).isEqualTo(new Counts(1, 0, 1, 0, 0, 0, 0));
        assertThat(again.rollBack(Reason.of("WRONG_DATA")).reversed()).isEqualTo(1);
        assertThat(customers.records()).containsExactly(new Customer("1", "Ada", new BigDecimal("10.50")));
        assertThat(run.refresh().rollBack(Reason.of("WRONG_DATA")).reversed()).isEqualTo(1);
        assertThat(customers.records()).isEmpty();
    }

    @Test
    void values_of_every_type_arrive_as_they_are() {
        List<String> fields = leads.schema().names();
        Lead full = new Lead(
                "k",
                " a,\"b\"\n",
                Long.MIN_VALUE,
                new BigDecimal("12345678901234567890.1234567890"),
                0.1 + 0.2,
                true,
                LocalDate.of(1815, 12, 10),
                LocalTime.of(23, 59, 59, 123_456_000),
                Instant.parse("2024-02-29T23:59:59.999999Z"),
                UUID.fromString("5d7e2c1a-1111-4222-8333-444455556666"),
                new byte[] {0, -1, 127});
        Lead empty = new Lead("", "", null, null, -1e300, false, null, null, null, null, null);
        put(full, empty);
        shop.pipelines()
                .createActive(NewPipeline.moving(
                        "copy",
                        "leads",
                        "copies",
                        mapping ->
                                mapping.columns(fields.toArray(String[]::new)).upsert()));
        Run run = shop.runs().submit(RunRequest.of("copy")).await();
        assertThat(run.report().issues()).isEmpty();
        assertThat(copies.records()).usingRecursiveComparison().isEqualTo(leads.records());
        assertThat(shop.runs().submit(RunRequest.of("copy")).await().counts())
                .isEqualTo(new Counts(2, 0, 0, 2, 0, 0, 0));
    }

    @Test
    void many_rows_are_moved_whatever_the_size_of_a_batch() {
        put(IntStream.range(0, 5_000)
                .mapToObj(i -> new Lead(
                        "k" + i, i % 7 == 0 ? null : "n" + i, null, null, null, null, null, null, null, null, null))
                .toArray(Lead[]::new));
        shop.pipelines()
                .createActive(NewPipeline.moving(
                        "move",
                        "leads",
                        "customers",
                        mapping -> mapping.column("id")
                                .to("id")
                                .column("name")
                                .to("name")
                                .required()
                                .skipInvalidRows()));
        Run run = shop.runs()
                .submit(RunRequest.of("move").settings(new RunSettings(Limits.DEFAULT, 100, 2)))
                .await();
        assertThat(run.counts()).isEqualTo(new Counts(5_000, 4_285, 0, 0, 715, 0, 0));
    }

    @Test
    void everything_that_is_wrong_with_the_endpoints_is_said_at_once() {
        assertThatThrownBy(() -> shop.pipelines()
                        .create(NewPipeline.moving(
                                "move",
                                "leeds",
                                "custommers",
                                mapping -> mapping.column("id").to("id"))))
                .isInstanceOf(GantryException.class)
                .hasMessageContaining("There is no dataset 'leeds'")
                .hasMessageContaining("There is no dataset 'custommers'");
        assertThatThrownBy(() -> shop.pipelines()
                        .create(NewPipeline.moving(
                                "move",
                                "leads",
                                "customers",
                                mapping -> mapping.column("nam")
                                        .to("name")
                                        .column("id")
                                        .to("id"))))
                .hasMessageContaining("There is no field 'nam'");
        assertThatThrownBy(() -> shop.pipelines()
                        .create(NewPipeline.moving("move", "leads", "leads", mapping -> mapping.columns("id"))))
                .hasMessageContaining("cannot go there, too");
        assertThatThrownBy(() -> shop.pipelines()
                        .create(new NewPipeline(
                                "move",
                                "move",
                                new Endpoint.File(FileFormat.csv()),
                                new Endpoint.File(FileFormat.xlsx()),
                                ExportMapping.of("id"),
                                List.of())))
                .hasMessageContaining("one end must be a dataset");
        assertThatThrownBy(() -> shop.pipelines()
                        .create(new NewPipeline(
                                "move",
                                "move",
                                new Endpoint.Dataset("leads"),
                                new Endpoint.Dataset("customers"),
                                ExportMapping.of("id"),
                                List.of())))
                .hasMessageContaining("need the mapping of an import");
    }

    @Test
    void a_run_takes_no_file_and_a_change_no_format() throws IOException {
        shop.pipelines()
                .createActive(NewPipeline.moving("move", "leads", "customers", mapping -> mapping.columns("id")));
        Path file = Files.writeString(folder.resolve("x.csv"), "id\n1\n");
        assertThatThrownBy(() -> shop.runs().submit("move", file))
                .hasMessageContaining("The pipeline reads dataset 'leads', and no file");
        assertThatThrownBy(() -> shop.pipelines().change("move", PipelineChange.NONE.format(FileFormat.csv())))
                .hasMessageContaining("The pipeline has no file");
    }
}
