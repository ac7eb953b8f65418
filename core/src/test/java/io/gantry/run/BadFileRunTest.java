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
import io.gantry.spi.file.FileContent;
import io.gantry.validation.Counts;
import io.gantry.validation.IssueSummary;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that nobody should have sent, through a whole run: rows are rejected, or the run fails with one code; nothing is
 * loaded in part. For workbooks see {@code BadWorkbookRunTest}. The heap these tests run in is small: see the build.
 */
@Timeout(60)
class BadFileRunTest {

    record Person(String id, String name, BigDecimal fee) {}

    private static final String GOOD = "id,name,fee\n";

    private final RecordDataset<Person> people =
            Datasets.of(Person.class).named("people").key("id").inMemory();
    private Gantry gantry;
    private Workspace workspace;

    @BeforeEach
    void open() {
        gantry = Gantry.builder().dataset(people).build();
        workspace = gantry.workspace(Principal.owner("acme", "ada"));
        pipeline("careful", mapping -> mapping);
        pipeline("lenient", ImportMappingBuilder::skipInvalidRows);
        assertThat(run("careful", text(GOOD + "p0,Ada,1\n")).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @AfterEach
    void close() {
        gantry.close();
    }

    private void pipeline(String code, UnaryOperator<ImportMappingBuilder> more) {
        workspace
                .pipelines()
                .createActive(NewPipeline.importing(
                        code, "people", FileFormat.csv(), mapping -> more.apply(mapping.columns("id", "name", "fee"))));
    }

    /** What comes first, and then the same again and again until the file has its length. */
    private record Repeating(byte[] head, byte[] piece, long length) implements FileContent {

        @Override
        public String name() {
            return "bad.csv";
        }

        @Override
        public InputStream open() {
            InputStream endless = new InputStream() {
                private long left = length - head.length;

                @Override
                public int read() {
                    return left-- <= 0 ? -1 : piece[(int) (left % piece.length)];
                }

                @Override
                public int read(byte[] into, int offset, int size) {
                    if (left <= 0) {
                        return -1;
                    }
                    int count = (int) Math.min(size, left);
                    for (int i = 0; i < count; i++) {
                        into[offset + i] = piece[i % piece.length];
                    }
                    left -= count;
                    return count;
                }
            };
            return new SequenceInputStream(new ByteArrayInputStream(head), endless);
        }
    }

    private static FileContent text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static FileContent bytes(byte[] bytes) {
        return new Repeating(bytes, new byte[1], bytes.length);
    }

    private Run run(String pipeline, FileContent file) {
        return workspace.runs().submit(RunRequest.of(pipeline, file)).await();
    }

    /** The run fails with the code, whatever the policy, and leaves the dataset alone. */
    private void fails(FileContent file, String code, String words) {
        for (String pipeline : new String[] {"careful", "lenient"}) {
            Run run = run(pipeline, file);
            assertThat(run.status()).as(run.toString()).isEqualTo(RunStatus.FAILED);
            assertThat(run.error()).get().satisfies(error -> {
                assertThat(error.code()).isEqualTo(code);
                assertThat(error.message()).contains(words);
            });
            assertThat(run.counts().loaded()).isZero();
            assertThat(people.records()).extracting(Person::id).containsExactly("p0");
        }
    }

    /** Two rows are rejected with the code and one is good: it is loaded where the policy says so, else nothing is. */
    private void rejectsTwoOfThree(FileContent file, String code) {
        Run careful = run("careful", file);
        assertThat(careful.error()).get().extracting(RunError::code).isEqualTo("TOO_MANY_REJECTED");
        assertThat(careful.counts()).as("%s", careful.report()).isEqualTo(new Counts(3, 0, 0, 0, 2, 1, 0));
        assertThat(careful.report().issues()).extracting(IssueSummary::code).contains(code);
        assertThat(people.records()).extracting(Person::id).containsExactly("p0");
        Run lenient = run("lenient", file);
        assertThat(lenient.counts()).isEqualTo(new Counts(3, 1, 0, 0, 2, 0, 0));
        assertThat(lenient.rejects()).isPresent();
        assertThat(people.records()).extracting(Person::id).containsExactly("p0", "p1");
    }

    @Test
    void these_tests_run_in_the_heap_that_was_promised() {
        assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(256L << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\r\n\n", "\uFEFF"})
    void an_empty_file(String text) {
        fails(text(text), "HEADER_MISSING", "'bad.csv' is empty");
    }

    @Test
    void a_header_only() {
        for (String pipeline : new String[] {"careful", "lenient"}) {
            Run run = run(pipeline, text("id,name,fee"));
            assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(run.counts()).isEqualTo(Counts.NONE);
        }
        assertThat(people.records()).hasSize(1);
    }

    @Test
    void no_header() {
        fails(text("p1,Eve,2\np2,Bob,3\n"), "SCHEMA_DRIFT", "Column 'id' is not in the file");
    }

    @Test
    void ragged_rows() {
        rejectsTwoOfThree(text(GOOD + "p1,Eve,2\np2,Bob,3,x\np3,Joe,4,5\n"), "EXTRA_CELLS");
    }

    @Test
    void an_unclosed_quote() {
        fails(text(GOOD + "p1,Eve,2\np2,\"Bob,3\np3,Joe,4\n"), "QUOTE_UNCLOSED", "line 3 is never closed");
        fails(text("id,name,fee\n\"p1\",\"Eve\",\"2\"\n\"p2\",\"Bob"), "QUOTE_UNCLOSED", "line 3 is never closed");
    }

    @Test
    void nul_bytes() {
        fails(bytes(new byte[5_000]), "WRONG_FORMAT", "NUL");
        rejectsTwoOfThree(text(GOOD + "p1,Eve,2\np2,B\0b,3\np3,Joe,\0004\n"), "INVALID_CHARACTER");
    }

    @Test
    void a_wrong_encoding() {
        workspace
                .pipelines()
                .createActive(NewPipeline.importing(
                        "utf8",
                        "people",
                        FileFormat.csv().with("encoding", "UTF-8"),
                        mapping -> mapping.columns("id", "name", "fee").skipInvalidRows()));
        String text = GOOD + "p1,Eve,2\np2,Zoë,3\np3,Joé,4\n";
        Run run = run("utf8", bytes(text.getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(run.counts()).isEqualTo(new Counts(3, 1, 0, 0, 2, 0, 0));
        assertThat(run.report().issues())
                .singleElement()
                .extracting(IssueSummary::code)
                .isEqualTo("INVALID_ENCODING");

        Run wide = run("utf8", bytes(text.getBytes(StandardCharsets.UTF_16LE)));
        assertThat(wide.error()).get().satisfies(error -> {
            assertThat(error.code()).isEqualTo("ENCODING_CONTRADICTED");
            assertThat(error.message()).contains("UTF-16LE");
        });
        assertThat(people.records()).extracting(Person::id).containsExactly("p0", "p1");
    }

    @Test
    void a_line_of_a_gigabyte() {
        byte[] head = (GOOD + "p1,Eve,2\np2,").getBytes(StandardCharsets.UTF_8);
        Run run = run("lenient", new Repeating(head, new byte[] {'x'}, 1L << 30));
        assertThat(run.error()).get().satisfies(error -> {
            assertThat(error.code()).isEqualTo("LIMIT_EXCEEDED");
            assertThat(error.message()).contains("line 3");
        });
        assertThat(people.records()).hasSize(1);
    }

    @Test
    void a_million_columns() {
        fails(
                new Repeating(new byte[0], "a,".getBytes(StandardCharsets.UTF_8), 2_000_000),
                "LIMIT_EXCEEDED",
                "columns");
        fails(
                new Repeating((GOOD + "p1,Eve,2\n").getBytes(StandardCharsets.UTF_8), new byte[] {','}, 1_000_000),
                "LIMIT_EXCEEDED",
                "columns");
    }

    @Test
    void a_picture_with_the_name_of_a_table() {
        byte[] picture = HexFormat.of().parseHex("89504E470D0A1A0A0000000D49484452000000100000001008060000001FF3FF61");
        fails(bytes(picture), "WRONG_FORMAT", "PNG picture");
    }
}
