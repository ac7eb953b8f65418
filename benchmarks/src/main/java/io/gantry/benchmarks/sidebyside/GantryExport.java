// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.mapping.ExportMapping;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.run.Run;
import io.gantry.run.RunRequest;
import io.gantry.run.RunStatus;
import io.gantry.spi.file.StoredFile;
import java.nio.file.Path;

/** This project's export through its public API: pipeline, typed filter, stored file with its hash. */
final class GantryExport implements Contestant {

    private static final String[] FIELDS = PersonTable.COLUMNS.split(", ");

    private record Exported(Gantry gantry, Run run, StoredFile output) implements AutoCloseable {
        @Override
        public void close() {
            gantry.close();
        }
    }

    @Override
    public void run(Job job, Meter meter) throws Exception {
        try (Exported exported = meter.measure("export", () -> export(job));
                PersonTable table = new PersonTable(job.url())) {
            Path file = exported.output().path().orElseThrow();
            meter.remark("counts", exported.run().counts().toString());
            meter.remark("tasks", GantryLoad.tasks(exported.run()));
            meter.remark("file", file.toFile().length() + " bytes");
            if (job.entry().work() == Work.EXPORT) {
                table.fingerprint(file).mustBe(job.expected(), "the file");
            } else if (exported.run().counts().read() != job.expected().rows()) {
                throw new IllegalStateException(
                        "The workbook has " + exported.run().counts().read() + " rows");
            }
        }
    }

    private static Exported export(Job job) {
        Gantry gantry = GantryLoad.open(job);
        Workspace workspace = gantry.workspace(Principal.owner("acme", "ada"));
        boolean workbook = job.entry().work() == Work.EXPORT_XLSX;
        ExportMapping all = ExportMapping.of(FIELDS);
        ExportMapping mapping = workbook ? all : all.where("status", ExportMapping.Test.NOT_EQUAL, "closed");
        FileFormat csv = FileFormat.csv().with("formulas", "keep"); // the same bytes as the others write
        workspace
                .pipelines()
                .create(NewPipeline.exporting("people", PersonTable.NAME, workbook ? FileFormat.xlsx() : csv, mapping));
        workspace.pipelines().activate("people");
        Run run = workspace.runs().submit(RunRequest.of("people")).await();
        if (run.status() != RunStatus.SUCCEEDED) {
            throw new IllegalStateException(run.status() + " " + run.error());
        }
        return new Exported(gantry, run, run.output().orElseThrow());
    }
}
