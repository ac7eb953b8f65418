// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.local.Datasets;
import io.gantry.local.RecordDataset;
import io.gantry.mapping.ImportMappingBuilder;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.validation.DriftFinding;
import io.gantry.validation.IssueSummary;
import io.gantry.validation.Warning;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV files as people and programs make them, through a whole run: what is not read exactly is rejected, or warned of. */
class CsvKindsTest {

    record Item(String id, String name, String note) {}

    @TempDir
    Path folder;

    private final RecordDataset<Item> items =
            Datasets.of(Item.class).named("items").key("id").inMemory();
    private Gantry gantry;
    private Workspace workspace;
    private int pipelines;

    @BeforeEach
    void open() {
        gantry = Gantry.builder().dataset(items).build();
        workspace = gantry.workspace(Principal.owner("acme", "ada"));
    }

    @AfterEach
    void close() {
        gantry.close();
    }

    private Run run(FileFormat format, UnaryOperator<ImportMappingBuilder> mapping, byte[] bytes) {
        String code = "items" + pipelines++;
        workspace
                .pipelines()
                .createActive(NewPipeline.importing(
                        code, "items", format, builder -> mapping.apply(builder.skipInvalidRows())));
        try {
            Path file = Files.write(folder.resolve(code + ".csv"), bytes);
            return workspace.runs().submit(RunRequest.of(code, file)).await();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Run run(FileFormat format, String text) {
        return run(format, mapping -> mapping.columns("id", "name", "note"), text.getBytes(StandardCharsets.UTF_8));
    }

    private Run run(String text) {
        return run(FileFormat.csv(), text);
    }

    private static FileFormat told(String... options) {
        FileFormat format = FileFormat.csv().with("delimiter", ",").with("quote", "\"");
        for (int i = 0; i < options.length; i += 2) {
            format = format.with(options[i], options[i + 1]);
        }
        return format;
    }

    private List<String> loaded() {
        return items.records().stream()
                .map(item -> Stream.of(item.id(), item.name(), item.note())
                        .map(text -> text == null ? "" : text)
                        .reduce((left, right) -> left + "|" + right)
                        .orElse(""))
                .toList();
    }

    private static List<String> codes(Run run) {
        return run.report().issues().stream().map(IssueSummary::code).toList();
    }

    private static IssueSummary issue(Run run, String code) {
        return run.report().issues().stream()
                .filter(issue -> issue.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new AssertionError(run.report().summary()));
    }

    private static List<String> warnings(Run run) {
        return run.report().warnings().stream().map(Warning::code).toList();
    }

    private static String found(Run run, String option) {
        return run.report().detected().stream()
                .filter(evidence -> evidence.option().equals(option))
                .map(evidence -> evidence.value())
                .findFirst()
                .orElse("");
    }

    private static String errorCode(Run run) {
        return run.error().map(RunError::code).orElseGet(() -> run.status() + " " + run.report());
    }

    @Test
    void lines_that_might_be_records_are_never_taken_for_comments_on_a_guess() {
        Run run = run("id,name,note\n1,Ann,x\n#2,Bob\n3,Cid,z\n");
        assertThat(loaded()).containsExactlyInAnyOrder("1|Ann|x", "#2|Bob|", "3|Cid|z");
        assertThat(warnings(run)).containsExactly("MISSING_CELLS");
        run("# id;name;note\n7;Eve;x\n8;Fay;y\n");
        assertThat(loaded()).contains("7|Eve|x", "8|Fay|y");
    }

    @Test
    void comments_that_are_found_are_counted_in_a_warning_and_none_keeps_them() {
        String text = "# exported by a program\nid,name,note\n1,Ann,x\n# page 2\n2,Bob,y\n";
        Run run = run(text);
        assertThat(loaded()).containsExactlyInAnyOrder("1|Ann|x", "2|Bob|y");
        assertThat(found(run, "comment")).isEqualTo("#");
        assertThat(run.report().warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("COMMENTS_SKIPPED");
            assertThat(warning.count()).isEqualTo(2);
            assertThat(warning.message()).contains("line 1");
        });
        assertThat(errorCode(run(FileFormat.csv().with("comment", "none"), text)))
                .isEqualTo("SCHEMA_DRIFT");
    }

    @Test
    void a_dialect_that_is_told_is_not_second_guessed() {
        Run run = run(told(), "id,name,note\n1,Ann,x\n# page 2\n2,\"a \\\"b\",y\n");
        assertThat(found(run, "comment")).isEmpty();
        assertThat(found(run, "escape")).isEmpty();
        assertThat(run.counts().read()).isEqualTo(3);
        assertThat(codes(run)).contains("TEXT_BEHIND_QUOTE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,\"5,\"flat, round\",x", "1,\"big,x\n2,\"small\",y", "1,\"say \"hi\" now\",x"})
    void text_behind_a_closing_quote_rejects_its_record_and_names_the_cell(String record) {
        Run run = run(told(), "id,name,note\n0,Zoe,z\n" + record + "\n9,Ian,i\n");
        assertThat(loaded()).containsExactlyInAnyOrder("0|Zoe|z", "9|Ian|i");
        assertThat(issue(run, "TEXT_BEHIND_QUOTE").message()).contains("cell 2", "must be doubled");
        assertThat(issue(run, "TEXT_BEHIND_QUOTE").examples().get(0).line()).isEqualTo(3);
        assertThat(run.rejects()).isPresent();
    }

    @Test
    void text_behind_a_closing_quote_is_kept_with_a_warning_where_the_format_is_lenient() {
        Run run = run(told("textBehindQuote", "lenient"), "id,name,note\n1,\"Ann\" Lee,x\n");
        assertThat(loaded()).containsExactly("1|Ann Lee|x");
        assertThat(warnings(run)).containsExactly("TEXT_BEHIND_QUOTE");
        assertThat(issue(run, "TEXT_BEHIND_QUOTE").warning()).isTrue();
    }

    @Test
    void typographic_quotes_around_cells_reject_their_records_unless_the_format_keeps_them() {
        String text = "id,name,note\n1,“Lamp”,x\n2,„Stuhl“,y\n3,“Lamp, big”,z\n4,say “hi”,w\n5,“a” or “b”,v\n";
        Run run = run(told(), text);
        assertThat(loaded()).containsExactlyInAnyOrder("4|say “hi”|w", "5|“a” or “b”|v");
        assertThat(issue(run, "TYPOGRAPHIC_QUOTES").message()).contains("not plain quotes", "cell 2");
        assertThat(issue(run, "TYPOGRAPHIC_QUOTES").count()).isEqualTo(3);
        run(told("typographicQuotes", "keep"), "id,name,note\n7,“Lamp”,x\n");
        assertThat(loaded()).contains("7|“Lamp”|x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sep=;\n", "SEP=;\r\n", "\uFEFFsep=;\n"})
    void a_first_line_that_says_the_separator_is_no_record(String first) {
        Run run = run(first + "id;name;note\n1;Ann, Lee;x\n");
        assertThat(loaded()).containsExactly("1|Ann, Lee|x");
        assertThat(found(run, "delimiter")).isEqualTo(";");
        assertThat(run.counts().read()).isEqualTo(1);
    }

    @Test
    void an_escape_takes_the_meaning_from_the_next_character_whatever_that_is() {
        run(told("escape", "\\"), "id,name,note\n1,a\\nb\\$\\\\,\"x\\\"y\"\n");
        assertThat(loaded()).containsExactly("1|anb$\\|x\"y");
    }

    @Test
    void a_mapped_column_that_is_there_twice_fails_and_can_be_read_by_position() {
        String text = "id,name,note,name\n1,Ann,x,Lee\n";
        Run run = run(text);
        assertThat(errorCode(run)).isEqualTo("DUPLICATE_HEADER");
        assertThat(run.error().orElseThrow().message()).contains("'name'", "2 and 4");
        run(
                FileFormat.csv(),
                mapping -> mapping.column("id")
                        .to("id")
                        .position(4)
                        .to("name")
                        .column("note")
                        .to("note"),
                text.getBytes(StandardCharsets.UTF_8));
        assertThat(loaded()).containsExactly("1|Lee|x");
    }

    @Test
    void repeated_and_blank_names_that_are_not_mapped_are_findings_with_their_places() {
        Run run = run("id,,name,extra,note,extra\n1,?,Ann,a,x,b\n");
        assertThat(loaded()).containsExactly("1|Ann|x");
        assertThat(run.report().drift())
                .extracting(DriftFinding::kind, DriftFinding::position)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(DriftFinding.Kind.UNNAMED, 2),
                        org.assertj.core.groups.Tuple.tuple(DriftFinding.Kind.DUPLICATED, 4),
                        org.assertj.core.groups.Tuple.tuple(DriftFinding.Kind.DUPLICATED, 6));
        assertThat(io.gantry.validation.ValidationReport.fromJson(run.report().toJson()))
                .isEqualTo(run.report());
    }

    @Test
    void missing_cells_at_the_end_are_empty_unless_a_field_needs_them_or_the_format_rejects() {
        Run run = run("id,name,note\n1,Ann\n2\n");
        assertThat(loaded()).containsExactlyInAnyOrder("1|Ann|", "2||");
        assertThat(run.report().warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.count()).isEqualTo(2));
        Run needed = run(
                FileFormat.csv(),
                mapping -> mapping.column("name").to("name").column("id").to("id"),
                "name,id\nCid,3\nDan\n".getBytes(StandardCharsets.UTF_8));
        assertThat(needed.counts().rejected()).isEqualTo(1);
        assertThat(codes(needed)).contains("REQUIRED");
        Run strict = run(FileFormat.csv().with("shortRows", "reject"), "id,name,note\n4,Eve\n5,Fay,x\n");
        assertThat(issue(strict, "MISSING_CELLS").warning()).isFalse();
        assertThat(strict.counts().rejected()).isEqualTo(1);
    }

    @Test
    void surplus_cells_that_are_empty_are_dropped_and_others_are_an_error_that_says_where() {
        Run run = run("id,name,note,\n1,Ann,x,\n2,Bob,y,,\n3,Cid,z,, \n4,Lamp, big,w\n");
        assertThat(loaded()).containsExactlyInAnyOrder("1|Ann|x", "2|Bob|y", "3|Cid|z");
        assertThat(issue(run, "EXTRA_CELLS").message()).contains("cell 4", "delimiter in a cell without quotes");
        assertThat(run.report().drift()).isEmpty();
    }

    @Test
    void lines_without_content_and_a_ctrl_z_are_no_records() {
        Run run = run("id,name,note\n1,Ann,x\n,,\n   \n2,Bob,y\n,,,\n , ,\n\u001A");
        assertThat(loaded()).containsExactlyInAnyOrder("1|Ann|x", "2|Bob|y");
        assertThat(run.counts().read()).isEqualTo(2);
        assertThat(run.report().warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("BLANK_RECORDS_SKIPPED");
            assertThat(warning.count()).isEqualTo(4);
        });
        run("id,name,note\n3,Cid,z\u001A");
        assertThat(loaded()).contains("3|Cid|z");
        Run quoted = run(told(), "id,name,note\n\"\",\"\",\"\"\n");
        assertThat(quoted.counts().rejected()).as("quoted cells are cells").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1, \"Lamp, big\", x\n", "1 , \"Lamp, big\" ,x\n"})
    void blanks_outside_of_quotes_are_found_out(String record) {
        Run run = run("id, name, note\n" + record + "2, \"Sofa\", \"y\"\n3, plain, z\n");
        assertThat(items.records()).extracting(Item::name).contains("Lamp, big", "Sofa");
        assertThat(found(run, "spaceBeforeQuote")).isEqualTo("skip");
        Run kept = run(told("spaceBeforeQuote", "text"), "id,name,note\n7, \"Sofa\",x\n");
        assertThat(items.records()).extracting(Item::name).contains(" \"Sofa\"");
        assertThat(found(kept, "spaceBeforeQuote")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id\nSmith, John\nDoe, Jane\n",
                "id\nSmith,John\nDoe,Jane\nPlato\n",
                "id\nPlato\nKant\nDoe, Jane\n"
            })
    void a_header_of_one_word_makes_one_column_whatever_marks_the_values_have(String text) {
        Run run = run(FileFormat.csv(), mapping -> mapping.columns("id"), text.getBytes(StandardCharsets.UTF_8));
        assertThat(items.records()).extracting(Item::id).contains(text.contains(", J") ? "Doe, Jane" : "Doe,Jane");
        assertThat(found(run, "delimiter")).isEqualTo("none");
    }

    @Test
    void a_title_above_the_header_does_not_make_one_column() {
        Run run = run(
                FileFormat.csv().headerRow(2),
                mapping -> mapping.columns("id", "name", "note"),
                "Report\nid,name,note\n1,Ann,2\n2,Bob,3\n".getBytes(StandardCharsets.UTF_8));
        assertThat(run.counts().inserted()).as(run.toString()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "[{\"id\": 1}]~JSON",
                "{\"id\": 1, \"name\": \"x\"}~JSON",
                "<!DOCTYPE html><html><table><tr><td>1</td></tr></table></html>~HTML",
                "<table><tr><td>1</td></tr></table>~HTML",
                "<?xml version=\"1.0\"?><a/>~XML",
                "{\\rtf1 x}~RTF",
                "%PDF-1.7~PDF",
                "SQLite format 3~SQLite",
            })
    void another_format_named_csv_fails_saying_what_it_is(String text, String what) {
        Run run = run(text.replace("format 3", "format 3\0") + "\n");
        assertThat(errorCode(run)).isEqualTo("WRONG_FORMAT");
        assertThat(run.error().orElseThrow().message()).contains(what);
    }

    @Test
    void a_header_with_a_name_too_few_fails_with_one_finding_and_one_too_many_is_warned_of() {
        Run few = run("id,name,note\n1,Ann,x,a\n2,Bob,y,b\n3,Cid,z,c\n");
        assertThat(errorCode(few)).isEqualTo("SCHEMA_DRIFT");
        assertThat(few.error().orElseThrow().message()).contains("record 1", "3 names", "4 cells", "missing");
        Run many = run("id,name,note,more\n1,Ann,x\n2,Bob,y\n3,Cid,z\n");
        assertThat(many.report().drift()).extracting(DriftFinding::kind).contains(DriftFinding.Kind.HEADER_WIDTH);
    }

    @Test
    void rejects_can_be_written_without_quotes_and_loaded_once_mended() throws IOException {
        FileFormat format = FileFormat.csv().with("quote", "none").with("delimiter", ";");
        Run run = run(format, "id;name;note\n1;Ann;x;y\n2;\"Bob;z\n");
        assertThat(run.status()).isEqualTo(RunStatus.PARTIAL);
        assertThat(warnings(run)).containsExactly("REJECTS_MESSAGES_CHANGED");
        Path rejects = folder.resolve("rejects.csv");
        try (var in = run.rejects().orElseThrow().open()) {
            Files.write(rejects, in.readAllBytes());
        }
        assertThat(Files.readString(rejects)).contains(";1;Ann;x;y\n").doesNotContain("\"");
        Files.writeString(rejects, Files.readString(rejects).replace("x;y", "x y"));
        Run mended = workspace
                .runs()
                .submit(RunRequest.of("items0", rejects).correctionOf(run.id()))
                .await();
        assertThat(mended.counts().inserted()).isEqualTo(1);
        assertThat(loaded()).containsExactlyInAnyOrder("2|\"Bob|z", "1|Ann|x y");
    }

    @Test
    void a_bad_byte_early_in_utf8_is_a_bad_cell() {
        byte[] text = ("id,name,note\n0,b?d,x\n" + "1,Zoë Müller,x\n".repeat(3)).getBytes(StandardCharsets.UTF_8);
        text["id,name,note\n0,b".length()] = (byte) 0xE9;
        Run run = run(FileFormat.csv(), mapping -> mapping.columns("id", "name", "note"), text);
        assertThat(found(run, "encoding")).isEqualTo("UTF-8");
        assertThat(codes(run)).contains("INVALID_ENCODING");
    }

    @Test
    void utf8_cut_within_its_last_character_is_utf8() {
        byte[] text = "id,name,note\n1,Zoë,x\n2,Zoë".getBytes(StandardCharsets.UTF_8);
        Run run = run(
                FileFormat.csv(),
                mapping -> mapping.columns("id", "name", "note"),
                java.util.Arrays.copyOf(text, text.length - 1));
        assertThat(found(run, "encoding")).isEqualTo("UTF-8");
        assertThat(loaded()).containsExactly("1|Zoë|x");
        assertThat(codes(run)).contains("INVALID_ENCODING");
    }

    @Test
    void an_encoding_that_is_not_clear_fails_with_candidates_unless_it_is_told_or_may_be_guessed() {
        byte[] text = "id,name,note\n1,è,x\n".getBytes(Charset.forName("windows-1252"));
        UnaryOperator<ImportMappingBuilder> mapping = builder -> builder.columns("id", "name", "note");
        Run unsure = run(FileFormat.csv(), mapping, text);
        assertThat(errorCode(unsure)).isEqualTo("ENCODING_UNSURE");
        assertThat(unsure.error().orElseThrow().message())
                .contains("windows-1252 (\"1,è,x\")", "windows-1250 (\"1,č,x\")");
        Run guess = run(FileFormat.csv().with("encoding", "guess"), mapping, text);
        assertThat(guess.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(warnings(guess)).containsExactly("ENCODING_GUESSED");
        Run told = run(FileFormat.csv().with("encoding", "windows-1252"), mapping, text);
        assertThat(told.report().warnings()).isEmpty();
        assertThat(loaded()).containsExactly("1|è|x");
    }
}
