// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {

    private interface Example {
        void main(String[] arguments) throws Exception;
    }

    private static String output(Example example, String... arguments) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            example.main(arguments);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void the_quickstart_does_the_main_job_on_real_files(@TempDir Path folder) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Quickstart.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), folder, false);
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("12 read: 12 inserted")
                .contains("37 read: 37 inserted")
                .contains("12,489 read: 11,219 inserted, 0 updated, 0 unchanged, 1,270 rejected")
                .contains("36,184 read: 36,166 inserted, 0 updated, 0 unchanged, 18 rejected")
                .contains(
                        "18,PATTERN,\"imd_band does not match the pattern ([0-9]{1,2}-[0-9]{1,3}%)\",AAA,2013J,74372,")
                .contains("1,270 read: 1,270 inserted")
                .contains("1,607 rows:")
                .contains("reversed: 36,166   run is ROLLED_BACK");
        assertThat(folder.resolve("students.html")).content().startsWith("<!doctype html>");
        assertThat(Files.readAllLines(folder.resolve("distinctions.csv"))).hasSize(1 + 1607);
    }

    @Test
    void the_embedding_example_prints_what_the_readme_shows() throws Exception {
        String output = output(Embed::main);
        String readme = Files.readString(School.data("").resolve("../../README.md"));
        String shown = readme.substring(readme.indexOf("It prints\n\n```\n") + 15);
        assertThat(output).startsWith(shown.substring(0, shown.indexOf("```")));
        assertThat(output)
                .contains("__row,__codes,__messages,Student ID,E-mail,Born\n")
                .contains(",s2,grace at example.org,09/12/1906\n");
    }

    @Test
    void the_readme_shows_the_embedding_example_as_it_is_in_at_most_fifteen_lines() throws Exception {
        String source =
                Files.readString(School.data("").resolve("../../examples/src/main/java/io/gantry/examples/Embed.java"));
        String readme = Files.readString(School.data("").resolve("../../README.md"));
        List<String> example = source.substring(
                        source.indexOf("// [embed]\n") + "// [embed]\n".length(), source.indexOf("    // [/embed]"))
                .stripTrailing()
                .stripIndent()
                .lines()
                .toList();
        assertThat(example).hasSizeLessThanOrEqualTo(15);
        assertThat(readme).contains("```java\n" + String.join("\n", example) + "\n```");
    }

    @Test
    void a_plan_is_applied_once() throws Exception {
        assertThat(output(PreviewAndApply::main))
                .contains("kind=INSERTED, number=2, key=[a1]")
                .contains("SUCCEEDED, 2 read: 2 inserted")
                .contains("PLAN_STALE: Dataset 'prices' was changed since the plan was made; preview again");
    }

    @Test
    void a_mapping_is_proposed_from_a_sample() throws Exception {
        assertThat(output(ProposeMapping::main))
                .contains("field=show, column=Show, similarity=1.0, readable=0.0, note=]")
                .contains("Show: the years have two digits: give a format (M/d/uu) and 'pivot'")
                .contains("not used: [GoogleKnowlege_Occupation]")
                .contains("\"to\":\"rawGuestList\",\"from\":\"Raw_Guest_List\"");
    }

    @Test
    void errors_are_explained_and_mended() throws Exception {
        assertThat(output(ExplainErrors::main))
                .contains("2,693  TWO_DIGIT_YEAR")
                .contains("TWO_DIGIT_YEAR: has a year of two digits (give a format such as d.M.uu, and a pivot")
                .contains("2,693 read: 2,693 inserted");
    }

    @Test
    void a_wrong_mapping_is_refused_with_all_its_faults() throws Exception {
        assertThat(output(JsonMapping::main))
                .contains("There is no field 'emial'")
                .contains("did you mean 'email'?")
                .contains("columns[1].formats[0]: 'dd.mm.uuuu' does not give year, month and day")
                .contains("columns[1].pattern");
    }

    @Test
    void own_records_are_loaded_and_taken_back() throws Exception {
        assertThat(output(OwnRecords::main)).isEqualToNormalizingNewlines("""
                        2 read: 1 inserted, 1 updated, 0 unchanged, 0 rejected, 0 skipped [Article[code=a1, stock=5], Article[code=a2, stock=7]]
                        [Article[code=a1, stock=3]]
                        """);
    }

    @Test
    void a_change_takes_three_people() throws Exception {
        assertThat(output(ReviewByThree::main))
                .startsWith("ACTIVE")
                .contains("1.0.0 → 2.0.0")
                .contains("+ mapping.columns[name].minLength: 3")
                .contains("would newly reject 2 of 3 rows, newly accept 0, change 0 values")
                .contains("ILLEGAL_STATE: Version 2.0.0 of pipeline 'members' is DRAFT and must be reviewed");
    }

    @Test
    void two_tenants_see_nothing_of_each_other() throws Exception {
        assertThat(output(TwoTenants::main)).isEqualToNormalizingNewlines("""
                        red:  2 orders, 4 audit events
                        blue: 0 orders, 0 audit events
                        blue: RUN_NOT_FOUND
                        blue: RUN_NOT_FOUND
                        """);
    }

    @Test
    void a_run_survives_the_process_that_carried_it_out() throws Exception {
        assertThat(output(SurviveKill::main)).isEqualToNormalizingNewlines("""
                        killed at FIRST_BATCH_STAGED: 0 rows are loaded
                          SUCCEEDED in attempt 2, 17,195 read: 17,195 inserted, 0 updated, 0 unchanged, 0 rejected, 0 skipped
                          17195 rows are loaded, audit: 5 events, whole
                        killed at APPLIED: 17195 rows are loaded
                          SUCCEEDED in attempt 2, 17,195 read: 17,195 inserted, 0 updated, 0 unchanged, 0 rejected, 0 skipped
                          17195 rows are loaded, audit: 5 events, whole
                        """);
    }
}
