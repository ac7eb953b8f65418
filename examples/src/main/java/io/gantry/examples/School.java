// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples;

import io.gantry.mapping.ErrorPolicy;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** The tables and pipelines of a school, for files of the Open University Learning Analytics Dataset. */
final class School {

    private static final List<String> TABLES = List.of("""
            create table courses (
                module varchar(10), presentation varchar(10), days integer not null,
                primary key (module, presentation))""", """
            create table assessments (
                id integer primary key, module varchar(10) not null, presentation varchar(10) not null,
                kind varchar(10) not null, due_day integer, weight decimal(5, 2) not null,
                foreign key (module, presentation) references courses)""", """
            create table students (
                module varchar(10), presentation varchar(10), id integer, gender varchar(1) not null,
                region varchar(60) not null, education varchar(60) not null, deprivation varchar(10),
                credits integer not null, disability boolean not null, result varchar(20) not null,
                primary key (module, presentation, id),
                foreign key (module, presentation) references courses)""", """
            create table grades (
                assessment integer, student integer, submitted_day integer not null, banked boolean not null,
                score decimal(5, 2), primary key (assessment, student),
                foreign key (assessment) references assessments)""");

    private School() {}

    static void createTables(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table);
            }
        }
    }

    /** The pipelines, in the order in which the datasets depend on each other. */
    static List<NewPipeline> pipelines() {
        return List.of(
                NewPipeline.importing(
                        "courses",
                        "courses",
                        FileFormat.csv(),
                        mapping -> mapping.column("code_module")
                                .to("module")
                                .column("code_presentation")
                                .to("presentation")
                                .pattern("20[0-9]{2}[BJ]")
                                .column("module_presentation_length")
                                .to("days")
                                .min("1")
                                .max("366")),
                NewPipeline.importing(
                        "assessments",
                        "assessments",
                        FileFormat.csv(),
                        mapping -> mapping.column("id_assessment")
                                .to("id")
                                .column("code_module")
                                .to("module")
                                .column("code_presentation")
                                .to("presentation")
                                .column("assessment_type")
                                .to("kind")
                                .oneOf("TMA", "CMA", "Exam")
                                .column("date")
                                .to("due_day")
                                .column("weight")
                                .to("weight")
                                .min("0")
                                .max("100")),
                NewPipeline.importing(
                        "students",
                        "students",
                        FileFormat.csv(),
                        mapping -> mapping.column("code_module")
                                .to("module")
                                .column("code_presentation")
                                .to("presentation")
                                .column("id_student")
                                .to("id")
                                .column("gender")
                                .oneOf("F", "M")
                                .column("region")
                                .column("highest_education")
                                .to("education")
                                .column("imd_band")
                                .to("deprivation")
                                .pattern("[0-9]{1,2}-[0-9]{1,3}%")
                                .column("studied_credits")
                                .to("credits")
                                .min("1")
                                .column("disability")
                                .column("final_result")
                                .to("result")
                                .oneOf("Pass", "Fail", "Withdrawn", "Distinction")
                                .upsert()
                                .errors(ErrorPolicy.upToPercent(20))),
                NewPipeline.importing(
                        "grades",
                        "grades",
                        FileFormat.csv(),
                        mapping -> mapping.column("id_assessment")
                                .to("assessment")
                                .column("id_student")
                                .to("student")
                                .column("date_submitted")
                                .to("submitted_day")
                                .column("is_banked")
                                .to("banked")
                                .column("score")
                                .required()
                                .min("0")
                                .max("100")
                                .upsert()
                                .skipInvalidRows()));
    }

    /** A file of the test data, wherever in the repository the program was started. */
    static Path data(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("testdata"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("Start this program inside the repository: it reads the folder testdata");
        }
        return folder.resolve("testdata/datasets").resolve(name);
    }
}
