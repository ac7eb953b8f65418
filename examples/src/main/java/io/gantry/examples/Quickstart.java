// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Reason;
import io.gantry.Workspace;
import io.gantry.jdbc.JdbcDatasets;
import io.gantry.mapping.ExportMapping;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.run.Run;
import io.gantry.run.RunRequest;
import io.gantry.spi.file.StoredFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.h2.jdbcx.JdbcDataSource;

/**
 * The main job: real files into an embedded database in the order in which they depend on each other, checked, reported,
 * mended, exported, and undone.
 */
public final class Quickstart {

    private static final int WIDTH = 100;
    private static final List<String> DATASETS = List.of("courses", "assessments", "students", "grades");
    private static final List<String> FILES =
            List.of("courses.csv", "assessments.csv", "studentInfo.csv", "studentAssessment.csv");

    private final PrintStream out;
    private final Workspace school;
    private final Path folder;

    private Quickstart(PrintStream out, Workspace school, Path folder) {
        this.out = out;
        this.school = school;
        this.folder = folder;
    }

    /**
     * Runs it.
     *
     * @param arguments none, or the folder for reports and files
     * @throws Exception when something is wrong with the machine
     */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path folder = arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("gantry-quickstart");
        run(out, Files.createDirectories(folder), System.console() != null);
    }

    static void run(PrintStream out, Path folder, boolean live) throws SQLException, IOException {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:" + folder.resolve("school").toAbsolutePath() + ";DATABASE_TO_LOWER=TRUE");
        School.createTables(database);
        JdbcDatasets tables = JdbcDatasets.of(database);
        Gantry.Builder builder = Gantry.builder().listener(new ProgressBar(out, live));
        DATASETS.forEach(name -> builder.dataset(tables.table(name).open()));
        try (Gantry gantry = builder.build()) {
            Workspace school = gantry.workspace(Principal.owner("open-university", "ada"));
            School.pipelines().forEach(school.pipelines()::createActive);
            new Quickstart(out, school, folder).run();
        }
    }

    private void run() throws IOException {
        out.println("\n1. Four files into four tables, in the order in which they depend on each other\n");
        Run students = null;
        Run grades = null;
        for (int i = 0; i < FILES.size(); i++) {
            Run run = school.runs()
                    .submit(DATASETS.get(i), School.data("oulad/" + FILES.get(i)))
                    .await();
            out.println(run.report());
            students = DATASETS.get(i).equals("students") ? run : students;
            grades = run;
        }
        if (students != null && grades != null) {
            mend(students);
            export();
            undo(grades);
        }
    }

    private void mend(Run students) throws IOException {
        out.println("2. The rejected rows, as they were, with the reasons in front\n");
        StoredFile rejects = students.rejects().orElseThrow();
        Path file = folder.resolve(rejects.name());
        save(rejects, file);
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(rejects.open(), StandardCharsets.UTF_8))) {
            reader.lines().limit(4).forEach(line -> out.println("   " + start(line)));
        }
        Path report = Files.writeString(
                folder.resolve("students.html"), students.report().toHtml());
        out.println("\n   all of them:  " + file + "\n   the report:   " + report);

        out.println("\n3. Mended, and submitted as the correction of their run\n");
        String mended = Files.readString(file).replace(",10-20,", ",10-20%,");
        Path correction = Files.writeString(folder.resolve("students-mended.csv"), mended);
        Run run = school.runs()
                .submit(RunRequest.of("students", correction).correctionOf(students.id()))
                .await();
        out.println(run.report());
    }

    private void export() throws IOException {
        out.println("4. Out again: the students who passed with distinction\n");
        ExportMapping mapping = ExportMapping.of("module", "presentation", "id", "region")
                .column("education", "highest education")
                .where("result", ExportMapping.Test.EQUAL, "Distinction");
        school.pipelines().createActive(NewPipeline.exporting("distinctions", "students", FileFormat.csv(), mapping));
        Run run = school.runs().submit(RunRequest.of("distinctions")).await();
        Path file = folder.resolve("distinctions.csv");
        save(run.output().orElseThrow(), file);
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            reader.lines().limit(3).forEach(line -> out.println("   " + line));
        }
        out.printf(Locale.ROOT, "%n   %,d rows:  %s%n", run.counts().inserted(), file);
    }

    /** As much of a long line as a terminal shows. */
    private static String start(String line) {
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    }

    private void undo(Run grades) {
        out.println("\n5. Undone: the grades, as if they had never come\n");
        var preview = grades.previewRollback();
        out.printf(
                Locale.ROOT,
                "   would be reversed: %,d, kept: %,d, failed: %,d%n",
                preview.reversed(),
                preview.kept(),
                preview.failed());
        var outcome = grades.rollBack(Reason.of("WRONG_FILE"));
        out.printf(
                Locale.ROOT,
                "   reversed: %,d   run is %s%n%n",
                outcome.reversed(),
                grades.refresh().status());
    }

    private static void save(StoredFile stored, Path file) throws IOException {
        try (InputStream in = stored.open()) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
