// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Reason;
import io.gantry.Workspace;
import io.gantry.benchmarks.SampleFile;
import io.gantry.jdbc.JdbcDatasets;
import io.gantry.mapping.ErrorPolicy;
import io.gantry.mapping.ImportMapping;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.RollbackOutcome;
import io.gantry.validation.ValidationReport;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * This project, through its public API and in full: engine, pipeline, mapping with all checks, report, undo ledger, run
 * marker. Then the run is rolled back.
 */
final class GantryLoad implements Contestant {

    private record Loaded(Gantry gantry, Run run, ValidationReport report) implements AutoCloseable {
        @Override
        public void close() {
            gantry.close();
        }
    }

    @Override
    public void run(Job job, Meter meter) throws Exception {
        try (Loaded loaded = meter.measure("load", () -> load(job));
                PersonTable table = new PersonTable(job.url())) {
            meter.remark("threads so far", Cpu.byThread());
            table.fingerprint().mustBe(job.expected(), "the table after the load");
            meter.remark("counts", loaded.run().counts().toString());
            meter.remark("tasks", tasks(loaded.run()));
            meter.remark("report", loaded.report().toJson().length() + " characters");
            if (job.expected().rows() > 0) {
                RollbackOutcome outcome =
                        meter.measure("rollback", () -> loaded.run().rollBack(Reason.of("WRONG_FILE")));
                meter.remark("rollback", outcome.reversed() + " reversed, " + outcome.kept() + " kept");
                table.fingerprint().mustBe(job.before(), "the table after the rollback");
            }
        }
    }

    private static Loaded load(Job job) {
        Gantry gantry = open(job);
        Workspace workspace = gantry.workspace(Principal.owner("acme", "ada"));
        boolean workbook = job.entry().work() == Work.IMPORT_XLSX;
        boolean bad = job.entry().suite() == Suite.GROWTH;
        LoadMode mode = job.entry().work() == Work.UPSERT ? LoadMode.UPSERT : LoadMode.INSERT;
        ImportMapping mapping = ImportMapping.of(builder -> SampleFile.mapping(builder)
                .load(mode)
                .errors(bad ? ErrorPolicy.SKIP_ROWS : ErrorPolicy.ALL_OR_NOTHING));
        workspace
                .pipelines()
                .create(NewPipeline.importing(
                        "people", PersonTable.NAME, workbook ? FileFormat.xlsx() : FileFormat.csv(), mapping));
        workspace.pipelines().activate("people");
        Run run = workspace.runs().submit("people", Path.of(job.file())).await();
        ValidationReport report = run.report();
        if (run.status() != RunStatus.SUCCEEDED && !(bad && run.status() == RunStatus.PARTIAL)) {
            throw new IllegalStateException(run.status() + "\n" + report);
        }
        return new Loaded(gantry, run, report);
    }

    static Gantry open(Job job) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(job.url());
        return Gantry.builder()
                .dataset(JdbcDatasets.of(database).table(PersonTable.NAME).open())
                .build();
    }

    static String tasks(Run run) {
        return run.tasks().stream()
                .map(task -> String.format(
                        Locale.ROOT, "%s %.2f s", task.name(), task.busy().toNanos() / 1e9))
                .collect(Collectors.joining(", "));
    }
}
