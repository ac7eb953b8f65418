// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Reason;
import io.gantry.Workspace;
import io.gantry.local.Datasets;
import io.gantry.local.RecordDataset;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.run.Run;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** The embedding example of the README, as it stands there. */
public final class Embed {

    private Embed() {}

    // spotless:off
    // [embed]
    record Student(@NotBlank String id, @Email String email, LocalDate born) {}

    static void importStudents(Path file, Path rejects) throws IOException {
        RecordDataset<Student> students = Datasets.of(Student.class).named("students").key("id").inMemory();
        try (Gantry gantry = Gantry.builder().dataset(students).build()) {
            Workspace workspace = gantry.workspace(Principal.owner("acme", "ada"));
            workspace.pipelines().createActive(NewPipeline.importing("students-csv", "students", FileFormat.csv(), mapping ->
                    mapping.column("Student ID").to("id").column("E-mail").to("email").trim().column("Born").to("born")
                            .format("dd/MM/uuuu").upsert().skipInvalidRows()));
            Run run = workspace.runs().submit("students-csv", file).await();
            System.out.println(run.report());
            Files.copy(run.rejects().orElseThrow().open(), rejects);
            run.rollBack(Reason.of("WRONG_FILE"));
        }
    }
    // [/embed]
    // spotless:on

    /**
     * Imports a small file.
     *
     * @param arguments none
     * @throws IOException when a file cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("embed");
        Path file = Files.writeString(folder.resolve("students.csv"), """
                Student ID,E-mail,Born
                s1,ada@example.org,10/12/1815
                s2,grace at example.org,09/12/1906
                s3,alan@example.org,1912-06-23
                """);
        Path rejects = folder.resolve("rejects.csv");
        importStudents(file, rejects);
        System.out.println(Files.readString(rejects));
    }
}
