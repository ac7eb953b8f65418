// SPDX-License-Identifier: Apache-2.0
package io.gantry.smoke;

import static io.gantry.smoke.Smoke.require;

import io.gantry.ErrorCode;
import io.gantry.Gantry;
import io.gantry.GantryException;
import io.gantry.Principal;
import io.gantry.Reason;
import io.gantry.Workspace;
import io.gantry.local.Datasets;
import io.gantry.local.RecordDataset;
import io.gantry.mapping.ExportMapping;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.MappingDefinition;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.run.Run;
import io.gantry.run.RunRequest;
import io.gantry.run.RunStatus;
import io.gantry.smoke.closed.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file into a dataset in memory, its report and rejects, an export as a workbook, and the way back. */
final class InMemory {

    private InMemory() {}

    static void run(Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("students.csv"), """
                Student ID,E-mail,Born
                s1,ada@example.org,10/12/1815
                s2,grace at example.org,09/12/1906
                s3,alan@example.org,1912-06-23
                """);
        RecordDataset<Student> students =
                Datasets.of(Student.class).named("students").key("id").inMemory();
        try (Gantry gantry = Gantry.builder().dataset(students).build()) {
            Workspace workspace = gantry.workspace(Principal.owner("acme", "ada"));
            workspace.pipelines().createActive(NewPipeline.importing("csv", "students", FileFormat.csv(), mapping()));
            Run run = workspace.runs().submit("csv", file).await();
            require(run.status() == RunStatus.PARTIAL, "a run with two bad rows is partial, and not " + run.status());
            require(run.counts().inserted() == 1 && run.counts().rejected() == 2, "1 row in, 2 out: " + run.counts());
            require(run.report().toString().contains("must be a well-formed email address"), "the report's text");
            require(run.report().toHtml().contains("<style>"), "the report's page has its style");
            String rejects = text(run.rejects().orElseThrow().open());
            require(rejects.contains("s3,alan@example.org,1912-06-23"), "the rejects hold the record: " + rejects);
            workspace
                    .pipelines()
                    .createActive(NewPipeline.exporting(
                            "workbook", "students", FileFormat.xlsx(), ExportMapping.of("id", "email", "born")));
            Run export = workspace.runs().submit(RunRequest.of("workbook")).await();
            require(export.status() == RunStatus.SUCCEEDED, "the export: " + export.status());
            run.rollBack(Reason.of("WRONG_FILE"));
            require(students.records().isEmpty(), "nothing is left after the rollback: " + students.records());
            refuse(workspace);
            workspace.settings().change(settings -> settings.limits(2, 1));
            require(workspace.settings().get().runs() == 2, "the settings are kept");
        }
    }

    /** From JSON and back, so that both ways are taken. */
    private static ImportMapping mapping() {
        return MappingDefinition.importFromJson(ImportMapping.of(mapping -> mapping.column("Student ID")
                        .to("id")
                        .column("E-mail")
                        .to("email")
                        .trim()
                        .column("Born")
                        .to("born")
                        .format("dd/MM/uuuu")
                        .upsert()
                        .skipInvalidRows())
                .toJson());
    }

    private static void refuse(Workspace workspace) {
        try {
            workspace
                    .pipelines()
                    .createActive(NewPipeline.importing(
                            "No id!",
                            "students",
                            FileFormat.csv(),
                            mapping -> mapping.column("a").to("id")));
            require(false, "a pipeline with a bad id is refused");
        } catch (GantryException e) {
            require(e.code().equals(ErrorCode.INVALID_DEFINITION.name()), "the code of a bad id, and not " + e);
        }
    }

    /** The class path hides nothing; a module says what is missing from its descriptor. */
    static void refuseClosedRecord() {
        try {
            Datasets.of(Hidden.type()).inMemory();
            require(!Smoke.class.getModule().isNamed(), "a record in a closed package is refused");
        } catch (IllegalArgumentException e) {
            require(e.getMessage().contains("opens io.gantry.smoke.closed to"), "the message, and not " + e);
        }
    }

    private static String text(InputStream stream) throws IOException {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
