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
import io.gantry.run.RunSettings;
import io.gantry.run.RunStatus;
import io.gantry.spi.records.Limits;
import io.gantry.validation.Counts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workbooks that nobody should have sent, through a whole run: it fails with one code, and nothing is loaded. */
@Timeout(60)
class BadWorkbookRunTest {

    record Person(String id, String name) {}

    private static final String HEADER = text("id", "name");

    private final RecordDataset<Person> people =
            Datasets.of(Person.class).named("people").key("id").inMemory();
    private Gantry gantry;
    private Workspace workspace;

    @BeforeEach
    void open() {
        gantry = Gantry.builder().dataset(people).build();
        workspace = gantry.workspace(Principal.owner("acme", "ada"));
        workspace
                .pipelines()
                .createActive(NewPipeline.importing(
                        "people",
                        "people",
                        FileFormat.xlsx(),
                        mapping -> mapping.columns("id", "name").skipInvalidRows()));
        assertThat(run(Books.sheet(HEADER + text("p0", "Ada"))).counts().inserted())
                .isEqualTo(1);
    }

    @AfterEach
    void close() {
        gantry.close();
    }

    private static String text(String... cells) {
        StringBuilder row = new StringBuilder("<row>");
        for (String cell : cells) {
            row.append("<c t='inlineStr'><is><t>").append(cell).append("</t></is></c>");
        }
        return row.append("</row>").toString();
    }

    private Run run(byte[] book) {
        return run(book, Limits.DEFAULT);
    }

    private Run run(byte[] book, Limits limits) {
        RunRequest request = RunRequest.of("people", new Books.Memory("bad.xlsx", book));
        return workspace
                .runs()
                .submit(request.settings(RunSettings.DEFAULT.limits(limits)))
                .await();
    }

    private void fails(byte[] book, String code, String words) {
        Run run = run(book);
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error()).get().satisfies(error -> {
            assertThat(error.code()).isEqualTo(code);
            assertThat(error.message()).contains(words);
        });
        assertThat(run.counts().loaded()).isZero();
        assertThat(people.records()).containsExactly(new Person("p0", "Ada"));
    }

    @Test
    void a_table_with_the_name_of_a_workbook() {
        fails("id,name\np1,Eve\n".getBytes(StandardCharsets.UTF_8), "FILE_UNREADABLE", "looks like plain text");
        fails(new byte[0], "FILE_UNREADABLE", "is empty");
    }

    @Test
    void an_encrypted_workbook() throws Exception {
        fails(Books.encrypted(Books.sheet(HEADER)), "FILE_ENCRYPTED", "is encrypted");
    }

    @Test
    void a_workbook_that_is_cut_off() {
        StringBuilder rows = new StringBuilder(HEADER);
        Random random = new Random(1);
        for (int i = 0; i < 3_000; i++) {
            rows.append(text("p" + random.nextInt(), "Eve"));
        }
        byte[] whole = Books.sheet(rows.toString());
        fails(Arrays.copyOf(whole, whole.length / 2), "FILE_UNREADABLE", "its end is missing");
        String sheet = Books.worksheet(rows.toString());
        Map<String, String> parts = Books.parts("");
        parts.put("xl/worksheets/sheet1.xml", sheet.substring(0, sheet.length() - 50));
        fails(Books.zip(parts), "FILE_UNREADABLE", "it ends in the middle");
    }

    @Test
    void a_zip_bomb() throws Exception {
        String head = "<worksheet><sheetData>" + HEADER;
        fails(Books.bomb("xl/worksheets/sheet1.xml", head, ' ', 100L << 20), "LIMIT_EXCEEDED", "inflateRatio");
        String cell = head + "<row><c t='str'><v>";
        fails(Books.bomb("xl/worksheets/sheet1.xml", cell, 'x', 100L << 20), "LIMIT_EXCEEDED", "cellBytes");
        Run run = run(
                Books.bomb("xl/worksheets/sheet1.xml", head, ' ', 100L << 20), Limits.DEFAULT.inflated(5 << 20, 5_000));
        assertThat(run.error()).get().satisfies(error -> {
            assertThat(error.code()).isEqualTo("LIMIT_EXCEEDED");
            assertThat(error.message()).contains("inflatedBytes");
        });
    }

    @Test
    void an_entity_bomb() {
        String bomb = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]>";
        Map<String, String> parts = Books.parts("");
        parts.put("xl/worksheets/sheet1.xml", bomb + Books.worksheet(HEADER + text("&b;", "Eve")));
        fails(Books.zip(parts), "FILE_UNREADABLE", "document type declaration");
    }

    @Test
    void a_million_columns() {
        byte[] book = Books.sheet(HEADER + "<row>" + "<c><v>1</v></c>".repeat(1_000_000) + "</row>");
        Run run = run(book, Limits.DEFAULT.inflated(1L << 30, 5_000));
        assertThat(run.error()).get().satisfies(error -> {
            assertThat(error.code()).isEqualTo("LIMIT_EXCEEDED");
            assertThat(error.message()).contains("columns");
        });
        assertThat(people.records()).hasSize(1);
    }

    @Test
    void a_dimension_of_a_billion_rows_around_three_of_them() {
        Map<String, String> parts = Books.parts("");
        parts.put(
                "xl/worksheets/sheet1.xml",
                "<worksheet xmlns='" + Books.MAIN + "'><dimension ref='A1:XFD1000000000'/><sheetData>" + HEADER
                        + text("p1", "Eve").replace("<row>", "<row r='500000000'>")
                        + text("p2", "Bob", "?").replace("<row>", "<row r='1000000000'>") + "</sheetData></worksheet>");
        Run run = run(Books.zip(parts));
        assertThat(run.counts()).as("%s", run.report()).isEqualTo(new Counts(2, 1, 0, 0, 1, 0, 0));
        assertThat(run.report().issues()).singleElement().satisfies(issue -> {
            assertThat(issue.code()).isEqualTo("EXTRA_CELLS");
            assertThat(issue.examples().get(0).line()).isEqualTo(1_000_000_000L);
        });
        assertThat(people.records()).hasSize(2);
    }

    @Test
    void rows_end_with_their_last_cell_that_has_content() {
        Run run = run(Books.sheet(HEADER + text("p1") + text("p2", "Bob")));
        assertThat(run.counts()).as("%s", run.report()).isEqualTo(new Counts(2, 2, 0, 0, 0, 0, 0));
        assertThat(people.records()).contains(new Person("p1", null), new Person("p2", "Bob"));
    }
}
