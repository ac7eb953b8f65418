// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.gantry.Gantry;
import io.gantry.GantryException;
import io.gantry.Principal;
import io.gantry.Reason;
import io.gantry.Workspace;
import io.gantry.local.Datasets;
import io.gantry.local.RecordDataset;
import io.gantry.mapping.DriftPolicy;
import io.gantry.mapping.DriftPolicy.Reaction;
import io.gantry.mapping.ErrorPolicy;
import io.gantry.mapping.ImportMappingBuilder;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.spi.dataset.RollbackOutcome;
import io.gantry.spi.schema.Sensitivity;
import io.gantry.validation.Counts;
import io.gantry.validation.DriftFinding;
import io.gantry.validation.Hypothesis;
import io.gantry.validation.IssueSummary;
import io.gantry.validation.ValidationReport;
import io.gantry.validation.Warning;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {

    record Student(
            @NotBlank String id,
            @Email String email,
            LocalDate born,
            @PositiveOrZero BigDecimal fee) {}

    @TempDir
    private Path folder;

    private final RecordDataset<Student> students = Datasets.of(Student.class)
            .named("students")
            .key("id")
            .sensitive(Sensitivity.PERSONAL, "email")
            .inMemory();
    private Gantry gantry;
    private Workspace school;

    @BeforeEach
    void open() {
        gantry = Gantry.builder().dataset(students).build();
        school = gantry.workspace(Principal.owner("acme", "ada"));
    }

    @AfterEach
    void close() {
        gantry.close();
    }

    private static ImportMappingBuilder columns(ImportMappingBuilder mapping) {
        return mapping.column("Student ID")
                .to("id")
                .column("E-mail")
                .alias("Mail")
                .to("email")
                .trim()
                .lowerCase()
                .column("Born")
                .to("born")
                .column("Fee")
                .to("fee");
    }

    private void pipeline(UnaryOperator<ImportMappingBuilder> more) {
        school.pipelines()
                .create(NewPipeline.importing(
                        "students-csv", "students", FileFormat.csv(), mapping -> more.apply(columns(mapping))));
        school.pipelines().activate("students-csv");
    }

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("students.csv"), List.of(lines));
    }

    private Run run(Path file) {
        return school.runs().submit("students-csv", file).await();
    }

    private static String text(io.gantry.spi.file.FileContent file) throws IOException {
        try (InputStream in = file.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void good_rows_are_loaded_as_typed_values() throws IOException {
        pipeline(mapping -> mapping);
        Run run = run(
                file("Student ID,E-mail,Born,Fee", "s1, Ada@Example.org ,1815-12-10,10.50", "s2,,1906-12-09,\"0\""));
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.counts()).isEqualTo(new Counts(2, 2, 0, 0, 0, 0, 0));
        assertThat(students.records())
                .containsExactly(
                        new Student("s1", "ada@example.org", LocalDate.of(1815, 12, 10), new BigDecimal("10.50")),
                        new Student("s2", null, LocalDate.of(1906, 12, 9), BigDecimal.ZERO));
    }

    @Test
    void every_bad_cell_of_every_row_is_reported_with_its_line() throws IOException {
        pipeline(mapping -> mapping.skipInvalidRows());
        Run run = run(file(
                "Student ID,E-mail,Born,Fee",
                "s1,ada@example.org,1815-12-10,10.50",
                ",no-address,31/02/2020,ten",
                "s3,eve@example.org,2001-02-30,-1"));
        assertThat(run.status()).isEqualTo(RunStatus.PARTIAL);
        assertThat(run.counts()).isEqualTo(new Counts(3, 1, 0, 0, 2, 0, 0));
        assertThat(run.report().issues())
                .extracting(IssueSummary::code, IssueSummary::column, IssueSummary::count)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("REQUIRED", "Student ID", 1L),
                        org.assertj.core.groups.Tuple.tuple("EMAIL", "E-mail", 1L),
                        org.assertj.core.groups.Tuple.tuple("NOT_A_DATE", "Born", 2L),
                        org.assertj.core.groups.Tuple.tuple("NOT_A_DECIMAL", "Fee", 1L),
                        org.assertj.core.groups.Tuple.tuple("POSITIVE_OR_ZERO", "Fee", 1L));
        assertThat(run.report().issues())
                .filteredOn(issue -> issue.code().equals("NOT_A_DATE"))
                .singleElement()
                .satisfies(issue -> {
                    assertThat(issue.message()).isEqualTo("is not a date (expected uuuu-MM-dd)");
                    assertThat(issue.examples())
                            .containsExactly(
                                    new IssueSummary.Example(3, 3, "31/02/2020"),
                                    new IssueSummary.Example(4, 4, "2001-02-30"));
                });
    }

    @Test
    void values_of_sensitive_fields_are_not_shown() throws IOException {
        pipeline(mapping -> mapping.skipInvalidRows());
        ValidationReport report =
                run(file("Student ID,E-mail,Born,Fee", "s1,secret-thing,,1")).report();
        assertThat(report.issues().get(0).examples().get(0).value()).isNull();
        assertThat(report.toJson()).doesNotContain("secret-thing");
        assertThat(report.toHtml()).doesNotContain("secret-thing");
        assertThat(report.summary()).doesNotContain("secret-thing");
    }

    @Test
    void one_bad_row_loads_nothing_unless_the_mapping_says_otherwise() throws IOException {
        pipeline(mapping -> mapping);
        Run run = run(file("Student ID,E-mail,Born,Fee", "s1,,,1", "s2,,,x"));
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error()).get().extracting(RunError::code).isEqualTo("TOO_MANY_REJECTED");
        assertThat(run.counts()).isEqualTo(new Counts(2, 0, 0, 0, 1, 1, 0));
        assertThat(students.records()).isEmpty();
        assertThat(run.report().issues()).hasSize(1);
    }

    @Test
    void a_threshold_lets_some_bad_rows_pass_and_not_one_more() throws IOException {
        pipeline(mapping -> mapping.errors(ErrorPolicy.upTo(1)));
        assertThat(run(file("Student ID,E-mail,Born,Fee", "s1,,,1", "s2,,,x")).status())
                .isEqualTo(RunStatus.PARTIAL);
        assertThat(run(file("Student ID,E-mail,Born,Fee", "s3,,,1", "s4,,,x", "s5,,,x"))
                        .status())
                .isEqualTo(RunStatus.FAILED);
        assertThat(students.records()).extracting(Student::id).containsExactly("s1");
    }

    @Test
    void rejected_rows_are_copied_untouched_and_come_back_mended() throws IOException {
        pipeline(mapping -> mapping.skipInvalidRows());
        Run first = run(
                file("Student ID,E-mail,Born,Fee", "s1,,,1", "s2,,\"31/02/2020\",  2", "s3,,,3", "s4,,,\"fo\"\"ur\""));
        assertThat(first.counts()).isEqualTo(new Counts(4, 2, 0, 0, 2, 0, 0));
        String rejects = text(first.rejects().orElseThrow());
        assertThat(rejects).isEqualTo("""
                        __row,__codes,__messages,Student ID,E-mail,Born,Fee
                        3,NOT_A_DATE,Born is not a date (expected uuuu-MM-dd),s2,,"31/02/2020",  2
                        5,NOT_A_DECIMAL,Fee is not a decimal number,s4,,,"fo""ur"
                        """);

        Path half = Files.writeString(folder.resolve("mended.csv"), rejects.replace("31/02/2020", "2020-02-29"));
        Run second = school.runs()
                .submit(RunRequest.of("students-csv", half).correctionOf(first.id()))
                .await();
        assertThat(second.counts()).isEqualTo(new Counts(2, 1, 0, 0, 1, 0, 0));
        String stillRejected = text(second.rejects().orElseThrow());
        assertThat(stillRejected).isEqualTo("""
                        __row,__codes,__messages,Student ID,E-mail,Born,Fee
                        5,NOT_A_DECIMAL,Fee is not a decimal number,s4,,,"fo""ur"
                        """);

        Path rest = Files.writeString(folder.resolve("mended2.csv"), stillRejected.replace("\"fo\"\"ur\"", "4"));
        Run third = school.runs()
                .submit(RunRequest.of("students-csv", rest).correctionOf(second.id()))
                .await();
        assertThat(third.counts()).isEqualTo(new Counts(1, 1, 0, 0, 0, 0, 0));
        assertThat(third.rejects()).isEmpty();
        assertThat(third.correctionOf()).contains(second.id());
        assertThat(students.records()).extracting(Student::id).containsExactly("s1", "s2", "s3", "s4");
    }

    @Test
    void the_whole_file_mended_loads_only_what_was_rejected() throws IOException {
        pipeline(mapping -> mapping.skipInvalidRows());
        Run first = run(file("Student ID,E-mail,Born,Fee", "s1,,,1", "s2,,,x"));
        Run second = school.runs()
                .submit(RunRequest.of("students-csv", file("Student ID,E-mail,Born,Fee", "s1,,,1", "s2,,,2"))
                        .correctionOf(first.id()))
                .await();
        assertThat(second.counts()).isEqualTo(new Counts(2, 1, 0, 0, 0, 1, 0));
        assertThat(students.records()).extracting(Student::id).containsExactly("s1", "s2");
    }

    @Test
    void a_rollback_leaves_the_dataset_as_it_was() throws IOException {
        pipeline(mapping -> mapping.upsert());
        run(file("Student ID,E-mail,Born,Fee", "s1,,,1", "s2,,,2"));
        List<Student> before = students.records();
        Run second = run(file("Student ID,E-mail,Born,Fee", "s2,,,20", "s3,,,30"));
        assertThat(second.counts()).isEqualTo(new Counts(2, 1, 1, 0, 0, 0, 0));
        assertThat(second.previewRollback()).isEqualTo(new RollbackOutcome(2, 0, 0, List.of()));
        assertThat(second.rollBack(Reason.of("WRONG_FILE"))).isEqualTo(new RollbackOutcome(2, 0, 0, List.of()));
        assertThat(students.records()).isEqualTo(before);
        assertThat(second.refresh().status()).isEqualTo(RunStatus.ROLLED_BACK);
    }

    @Test
    void a_rollback_keeps_rows_that_a_later_run_has_changed() throws IOException {
        pipeline(mapping -> mapping.upsert());
        Run first = run(file("Student ID,E-mail,Born,Fee", "s1,,,1", "s2,,,2"));
        run(file("Student ID,E-mail,Born,Fee", "s2,,,20"));
        RollbackOutcome outcome = first.rollBack(Reason.of("WRONG_FILE"));
        assertThat(outcome.reversed()).isEqualTo(1);
        assertThat(outcome.kept()).isEqualTo(1);
        assertThat(outcome.samples())
                .singleElement()
                .satisfies(sample -> assertThat(sample.key()).isEqualTo(List.<Object>of("s2")));
        assertThat(students.records()).extracting(Student::id).containsExactly("s2");
    }

    @Test
    void a_rollback_for_another_reason_asks_for_words() throws IOException {
        pipeline(mapping -> mapping);
        Run run = run(file("Student ID,E-mail,Born,Fee", "s1,,,1"));
        assertThatThrownBy(() -> run.rollBack(new Reason(Reason.OTHER, " ")))
                .asInstanceOf(type(GantryException.class))
                .extracting(GantryException::code)
                .isEqualTo("INVALID_DEFINITION");
    }

    @Test
    void a_failed_run_has_nothing_to_roll_back_and_says_so_without_failing() throws IOException {
        pipeline(mapping -> mapping);
        Run run = run(file("Student ID,E-mail,Born,Fee", "s1,,,x"));
        assertThat(run.rollBack(Reason.of("WRONG_FILE"))).isEqualTo(new RollbackOutcome(0, 0, 0, List.of()));
        assertThat(run.refresh().status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void a_plan_does_what_its_preview_said() throws IOException {
        pipeline(mapping -> mapping.upsert());
        run(file("Student ID,E-mail,Born,Fee", "s1,,,1", "s2,,,2"));
        List<Student> before = students.records();
        Path file = file("Student ID,E-mail,Born,Fee", "s1,,,1", "s2,,,20", "s3,,,30");
        Run preview = school.runs().preview(RunRequest.of("students-csv", file)).await();
        assertThat(students.records()).isEqualTo(before);
        assertThat(preview.counts()).isEqualTo(new Counts(3, 1, 1, 1, 0, 0, 0));
        assertThat(preview.report().changes()).hasSize(2);
        Run applied = school.runs().apply(preview.plan()).await();
        assertThat(applied.counts()).isEqualTo(preview.counts());
        assertThat(students.records())
                .extracting(Student::fee)
                .containsExactly(new BigDecimal("1"), new BigDecimal("20"), new BigDecimal("30"));
    }

    @Test
    void a_preview_of_a_load_that_would_be_refused_shows_no_changes() throws IOException {
        pipeline(mapping -> mapping.upsert());
        Run preview = school.runs()
                .preview(RunRequest.of("students-csv", file("Student ID,E-mail,Born,Fee", "s1,,,1", "s2,,,x")))
                .await();
        assertThat(preview.counts()).isEqualTo(new Counts(2, 0, 0, 0, 1, 1, 0));
        assertThat(preview.report().changes()).isEmpty();
    }

    @Test
    void a_replace_deletes_no_row_that_the_file_names_in_a_bad_row() throws IOException {
        pipeline(mapping -> mapping.replace().skipInvalidRows());
        run(file("Student ID,E-mail,Born,Fee", "s1,,,1", "s2,,,2", "s3,,,3"));
        Run run = run(file("Student ID,E-mail,Born,Fee", "s1,,,10", "s2,,,x"));
        assertThat(run.counts()).isEqualTo(new Counts(2, 0, 1, 0, 1, 0, 1));
        assertThat(students.records()).extracting(Student::id).containsExactly("s1", "s2");
    }

    @Test
    void a_plan_is_refused_when_a_row_of_the_dataset_has_moved() throws IOException {
        pipeline(mapping -> mapping.upsert());
        Path file = file("Student ID,E-mail,Born,Fee", "s1,,,1");
        Plan plan = school.runs()
                .preview(RunRequest.of("students-csv", file))
                .await()
                .plan();
        run(file("Student ID,E-mail,Born,Fee", "s9,,,9"));
        assertThatThrownBy(() -> school.runs().apply(plan))
                .asInstanceOf(type(GantryException.class))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo("PLAN_STALE");
                    assertThat(failure).hasMessageContaining("Dataset 'students' was changed");
                });
    }

    @Test
    void a_plan_is_refused_when_the_mapping_has_changed() throws IOException {
        pipeline(mapping -> mapping.upsert());
        Plan plan = school.runs()
                .preview(RunRequest.of("students-csv", file("Student ID,E-mail,Born,Fee", "s1,,,1")))
                .await()
                .plan();
        school.pipelines()
                .changeMapping(
                        "students-csv",
                        io.gantry.mapping.ImportMapping.of(
                                mapping -> columns(mapping).max("100").upsert()));
        school.pipelines().activate("students-csv");
        assertThatThrownBy(() -> school.runs().apply(plan)).hasMessageContaining("Pipeline 'students-csv' was changed");
    }

    @Test
    void a_missing_column_fails_the_run_and_names_what_may_be_meant() throws IOException {
        pipeline(mapping -> mapping);
        Run run = run(file("StudentID,EMail,Date of birth,Fees", "s1,,,1"));
        assertThat(run.error()).get().satisfies(error -> {
            assertThat(error.code()).isEqualTo("SCHEMA_DRIFT");
            assertThat(error.message())
                    .contains("Column 'Born' is not in the file")
                    .contains("'Fees' may be its new name");
        });
    }

    @Test
    void a_renamed_column_is_read_when_the_policy_is_to_adapt() throws IOException {
        pipeline(mapping -> mapping.drift(
                new DriftPolicy(Reaction.WARN, Reaction.WARN, Reaction.ADAPT, Reaction.REJECT_ROW, Reaction.WARN)));
        Run run = run(file("Student ID,E-mail,Born,Fees,Remark", "s1,,,7,hello"));
        assertThat(run.counts().inserted()).isEqualTo(1);
        assertThat(students.records().get(0).fee()).isEqualTo("7");
        assertThat(run.report().drift())
                .extracting(DriftFinding::kind, DriftFinding::column)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(DriftFinding.Kind.RENAMED, "Fee"),
                        org.assertj.core.groups.Tuple.tuple(DriftFinding.Kind.UNKNOWN, "Remark"));
    }

    @Test
    void a_title_above_the_header_is_recognised() throws IOException {
        pipeline(mapping -> mapping);
        Run run = run(file("Students of 2024,,,", "Student ID,E-mail,Born,Fee", "s1,,,1"));
        assertThat(run.error()).get().extracting(RunError::message).asString().contains("set headerRow to 2");
    }

    @Test
    void many_bad_cells_of_one_kind_are_explained() throws IOException {
        pipeline(mapping -> mapping.skipInvalidRows());
        Run run = run(file(
                "Student ID,E-mail,Born,Fee",
                "s1,,12/25/2001,\"1.234,50 €\"",
                "s2,,01/31/2002,\"2,00 €\"",
                "s3,,02/03/2003,\"3,75 €\""));
        IssueSummary dates = issue(run, "NOT_A_DATE");
        assertThat(dates.hypotheses().get(0).text()).isEqualTo("read with format MM/dd/uuuu");
        assertThat(dates.hypotheses().get(0).hits()).isEqualTo(3);
        Hypothesis fees = issue(run, "NOT_A_DECIMAL").hypotheses().get(0);
        assertThat(fees.text()).isEqualTo("read without '€', as numbers like 1.234,5");
        assertThat(fees.rate()).isEqualTo(1);

        var mended = school.pipelines()
                .get("students-csv")
                .current()
                .importMapping()
                .patched("born", dates.hypotheses().get(0).patch())
                .patched("fee", fees.patch());
        school.pipelines().changeMapping("students-csv", mended);
        school.pipelines().activate("students-csv");
        Run again = run(folder.resolve("students.csv"));
        assertThat(again.counts().inserted()).isEqualTo(3);
        assertThat(students.records().get(0))
                .isEqualTo(new Student("s1", null, LocalDate.of(2001, 12, 25), new BigDecimal("1234.50")));
    }

    private static IssueSummary issue(Run run, String code) {
        return run.report().issues().stream()
                .filter(issue -> issue.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_key_that_comes_twice_keeps_the_first_row() throws IOException {
        pipeline(mapping -> mapping.skipInvalidRows());
        Run run = run(file("Student ID,E-mail,Born,Fee", "s1,,,1", "s1,,,2"));
        assertThat(run.counts()).isEqualTo(new Counts(2, 1, 0, 0, 1, 0, 0));
        assertThat(issue(run, "DUPLICATE_KEY").examples().get(0).line()).isEqualTo(3);
    }

    @Test
    void surplus_cells_with_text_are_rejected_and_missing_ones_are_empty() throws IOException {
        pipeline(mapping -> mapping.skipInvalidRows());
        Run run = run(file("Student ID,E-mail,Born,Fee", "s1,,,1,,extra", "s2,", "s3,,,3,"));
        assertThat(run.counts()).isEqualTo(new Counts(3, 2, 0, 0, 1, 0, 0));
        assertThat(issue(run, "EXTRA_CELLS").examples().get(0).line()).isEqualTo(2);
        assertThat(issue(run, "EXTRA_CELLS").message()).contains("cell 6", "without quotes?");
        assertThat(issue(run, "MISSING_CELLS").warning()).isTrue();
        assertThat(issue(run, "MISSING_CELLS").examples().get(0).line()).isEqualTo(3);
        assertThat(run.report().warnings()).extracting(Warning::code).containsExactly("MISSING_CELLS");
    }

    @Test
    void an_empty_file_says_that_it_has_no_header() throws IOException {
        pipeline(mapping -> mapping);
        Run run = run(Files.writeString(folder.resolve("students.csv"), ""));
        assertThat(run.error()).get().satisfies(error -> {
            assertThat(error.code()).isEqualTo("HEADER_MISSING");
            assertThat(error.message()).contains("'students.csv' is empty");
        });
    }

    @Test
    void a_file_with_nothing_but_a_header_is_a_success_without_rows() throws IOException {
        pipeline(mapping -> mapping);
        Run run = run(file("Student ID,E-mail,Born,Fee"));
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.counts()).isEqualTo(Counts.NONE);
    }

    record Note(@NotBlank String id, String text) {}

    private Run notes(FileFormat format, Path file) {
        String code = "notes-" + java.util.UUID.randomUUID();
        school.pipelines()
                .create(NewPipeline.importing(
                        code,
                        "notes",
                        format,
                        mapping -> mapping.columns("id", "text").replace("id")));
        school.pipelines().activate(code);
        return school.runs().submit(code, file).await();
    }

    @Test
    void texts_that_look_like_formulas_survive_export_and_import() throws IOException {
        RecordDataset<Note> notes =
                Datasets.of(Note.class).named("notes").key("id").inMemory();
        gantry.close();
        gantry = Gantry.builder().dataset(notes).build();
        school = gantry.workspace(Principal.owner("acme", "ada"));
        List<String> texts = List.of("=1+1", "'=1+1", "''@x", "-2 up", "-5", "'quoted'", "+49 30", "plain");
        Path plain = folder.resolve("notes.csv");
        Files.writeString(plain, "id,text\n");
        for (int i = 0; i < texts.size(); i++) {
            Files.writeString(plain, i + "," + texts.get(i) + "\n", java.nio.file.StandardOpenOption.APPEND);
        }
        assertThat(notes(FileFormat.csv().with("formulas", "keep"), plain)
                        .counts()
                        .inserted())
                .isEqualTo(texts.size());
        assertThat(notes.records()).extracting(Note::text).containsExactlyElementsOf(texts);

        school.pipelines()
                .create(NewPipeline.exporting(
                        "out", "notes", FileFormat.csv(), io.gantry.mapping.ExportMapping.of("id", "text")));
        school.pipelines().activate("out");
        Run export = school.runs().submit(RunRequest.of("out")).await();
        String written = text(export.output().orElseThrow());
        assertThat(written)
                .contains("'=1+1")
                .contains("''=1+1")
                .contains("'-2 up")
                .doesNotContain("'-5");
        Run again = notes(FileFormat.csv(), Files.writeString(folder.resolve("out.csv"), written));
        assertThat(again.counts().unchanged()).isEqualTo(texts.size());
    }
}
