// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.local.Datasets;
import io.gantry.local.RecordDataset;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.run.Run;
import io.gantry.run.RunRequest;
import io.gantry.validation.IssueSummary;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the cells of workbooks become in a dataset, through whole runs. */
class WorkbookValuesRunTest {

    record Thing(
            String id,
            @Nullable String text,
            @Nullable BigDecimal decimal,
            @Nullable Long whole,
            @Nullable Double real) {}

    private static final String HEADER =
            "<row>" + text("id") + text("text") + text("decimal") + text("whole") + text("real") + "</row>";
    private static final String STYLES = "<styleSheet xmlns='" + Books.MAIN + "'><numFmts>"
            + "<numFmt numFmtId='170' formatCode='00000'/><numFmt numFmtId='171' formatCode='000\\-000\\-0000'/>"
            + "<numFmt numFmtId='172' formatCode='&quot;ID-&quot;0000'/></numFmts>"
            + "<cellXfs><xf/><xf numFmtId='170'/><xf numFmtId='171'/><xf numFmtId='172'/></cellXfs></styleSheet>";

    private final RecordDataset<Thing> things =
            Datasets.of(Thing.class).named("things").key("id").inMemory();
    private Gantry gantry;
    private Workspace workspace;

    @BeforeEach
    void open() {
        gantry = Gantry.builder().dataset(things).build();
        workspace = gantry.workspace(Principal.owner("acme", "ada"));
        workspace
                .pipelines()
                .createActive(NewPipeline.importing(
                        "things",
                        "things",
                        FileFormat.xlsx(),
                        mapping -> mapping.columns("id", "text", "decimal", "whole", "real")
                                .skipInvalidRows()));
    }

    @AfterEach
    void close() {
        gantry.close();
    }

    private static String text(String value) {
        return "<c t='inlineStr'><is><t>" + value + "</t></is></c>";
    }

    /** A row whose cells are given as XML, behind its id. */
    private static String row(String id, String... cells) {
        return "<row>" + text(id) + String.join("", cells) + "</row>";
    }

    private static String number(String value) {
        return "<c><v>" + value + "</v></c>";
    }

    private Run run(String... rows) {
        return runOf("things", rows);
    }

    private Run runOf(String pipeline, String... rows) {
        Map<String, String> parts = Books.parts(HEADER + String.join("", rows));
        parts.put("xl/styles.xml", STYLES);
        return workspace
                .runs()
                .submit(RunRequest.of(pipeline, new Books.Memory("things.xlsx", Books.zip(parts))))
                .await();
    }

    private List<IssueSummary> issues(Run run) {
        return run.report().issues();
    }

    @Test
    void a_text_field_has_what_the_cell_shows_and_a_number_field_the_number() {
        Run run = run(
                row("1", "<c s='1'><v>4101</v></c>", "<c s='1'><v>4101</v></c>", "<c s='1'><v>4101</v></c>"),
                row("2", "<c s='2'><v>5551234567</v></c>", "<c s='2'><v>5551234567</v></c>"),
                row("3", "<c s='3'><v>7</v></c>", "", "<c/><c s='3'><v>7</v></c>", "<c s='3'><v>7</v></c>"),
                row("4", number("1E3"), number("1.50")));
        assertThat(issues(run)).isEmpty();
        assertThat(things.records())
                .containsExactlyInAnyOrder(
                        new Thing("1", "04101", new BigDecimal("4101"), 4101L, null),
                        new Thing("2", "555-123-4567", new BigDecimal("5551234567"), null, null),
                        new Thing("3", "ID-0007", null, 7L, 7.0),
                        new Thing("4", "1000", new BigDecimal("1.5"), null, null));
    }

    @Test
    void whole_numbers_of_more_digits_than_a_spreadsheet_keeps_are_refused_whatever_the_field() {
        String empty = "<c/>";
        Run run = run(
                row("1", number("4111111111111111")),
                row("2", empty, number("4111111111111110")),
                row("3", empty, empty, number("-4111111111111111")),
                row("4", empty, empty, empty, number("4.111111111111111E15")),
                row("5", number("41111111111111112222")),
                row("6", empty, number("1234567890123456.5")),
                row("7", empty, empty, empty, number("1E20")),
                row("8", text("4111111111111111"), text("4111111111111111"), text("4111111111111111")));
        assertThat(issues(run)).allSatisfy(issue -> {
            assertThat(issue.code()).isEqualTo("PRECISION_RISK");
            assertThat(issue.warning()).isFalse();
        });
        assertThat(issues(run).stream().mapToLong(IssueSummary::count).sum()).isEqualTo(6);
        assertThat(things.records())
                .containsExactlyInAnyOrder(
                        new Thing("7", null, null, null, 1e20),
                        new Thing(
                                "8", "4111111111111111", new BigDecimal("4111111111111111"), 4111111111111111L, null));
    }

    @Test
    void fractions_are_rounded_with_a_warning_unless_only_the_noise_of_arithmetic_goes() {
        String noise = number("0.30000000000000004");
        String digits = number("0.1234567890123456");
        Run run = run(row("1", noise, noise, "<c/>", noise), row("2", digits, digits, "<c/>", digits));
        assertThat(run.counts().loaded()).isEqualTo(2);
        assertThat(issues(run)).hasSize(2).allSatisfy(issue -> {
            assertThat(issue.code()).isEqualTo("PRECISION_RISK");
            assertThat(issue.warning()).isTrue();
            assertThat(issue.examples()).extracting(IssueSummary.Example::row).containsExactly(3L);
        });
        assertThat(things.records())
                .containsExactlyInAnyOrder(
                        new Thing("1", "0.3", new BigDecimal("0.3"), null, 0.30000000000000004),
                        new Thing(
                                "2",
                                "0.123456789012346",
                                new BigDecimal("0.123456789012346"),
                                null,
                                0.1234567890123456));
    }

    @Test
    void a_formula_without_a_result_is_an_error_that_names_its_cell() {
        Run run = run(
                row("1", "<c><f>NOW()</f></c>"),
                row("2", "<c/>", "<c><f>A1</f><v/></c>"),
                row("3", "<c t='str'><f>A1</f><v></v></c>", "<c><f>A1</f><v>5</v></c>"),
                row("4", "<c t='str'><f>A1</f></c>"));
        assertThat(issues(run)).extracting(IssueSummary::code).containsOnly("FORMULA_NOT_CALCULATED");
        assertThat(issues(run).stream().flatMap(issue -> issue.examples().stream()))
                .extracting(IssueSummary.Example::cell)
                .containsExactlyInAnyOrder("B2", "B5", "C3");
        assertThat(run.report().summary()).contains("cell C3");
        assertThat(run.report().toHtml()).contains("C3");
        assertThat(things.records()).containsExactly(new Thing("3", null, new BigDecimal("5"), null, null));
    }

    @Test
    void templates_take_what_cells_show_and_stumble_over_what_is_no_value() {
        workspace
                .pipelines()
                .createActive(NewPipeline.importing(
                        "joined",
                        "things",
                        FileFormat.xlsx(),
                        mapping -> mapping.columns("id")
                                .template("{text}/{decimal}")
                                .to("text")
                                .skipInvalidRows()));
        Run run = runOf(
                "joined",
                row("1", "<c s='1'><v>4101</v></c>", number("5")),
                row("2", "<c t='e'><v>#N/A</v></c>", number("5")),
                row("3", "<c><f>A1</f></c>", number("5")),
                row("4", text("x"), number("4111111111111111")));
        assertThat(issues(run))
                .extracting(IssueSummary::code)
                .contains("CELL_ERROR", "FORMULA_NOT_CALCULATED", "PRECISION_RISK");
        assertThat(things.records()).containsExactly(new Thing("1", "04101/5", null, null, null));
    }
}
