// SPDX-License-Identifier: Apache-2.0
package io.gantry.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.local.Datasets;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.run.Run;
import io.gantry.run.RunRequest;
import io.gantry.run.RunStatus;
import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.DetectingFormat;
import io.gantry.spi.records.FileWarning;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a format warns of comes to the report of the run, and is shown wherever the report is. */
class WarningTest {

    record Item(String id) {}

    /** One record for each call, and a warning of how many there were. */
    private static final class WarningFormat implements DetectingFormat {

        @Override
        public String name() {
            return "warning";
        }

        @Override
        public Set<String> optionNames() {
            return Set.of();
        }

        @Override
        public void check(FormatOptions options) {}

        @Override
        public Detection detect(FileContent file, FormatOptions given, Limits limits) {
            return new Detection(
                    given, 1, List.of(), List.of(new FileWarning("WEAK_LOOK", "Seen <b>badly</b> \u001B[31m", null)));
        }

        @Override
        public RecordReader reader(FileContent file, FormatOptions options, Limits limits) {
            return new RecordReader() {
                private long number;

                @Override
                public boolean read(TextBatch into) {
                    into.clear();
                    if (number == 3) {
                        return false;
                    }
                    into.firstNumber(++number);
                    byte[] cell = (number == 1 ? "id" : "i" + number).getBytes(StandardCharsets.UTF_8);
                    System.arraycopy(cell, 0, into.ensure(cell.length), 0, cell.length);
                    into.cell(0, cell.length);
                    into.endRecord(number, 0, 0);
                    return true;
                }

                @Override
                public long consumed() {
                    return 1;
                }

                @Override
                public List<FileWarning> warnings() {
                    return List.of(new FileWarning("RECORDS_SEEN", "Records were seen", number));
                }

                @Override
                public void close() {}
            };
        }
    }

    private static FileContent file() {
        return new FileContent() {
            @Override
            public String name() {
                return "items.csv";
            }

            @Override
            public long length() {
                return 1;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(new byte[1]);
            }
        };
    }

    private static ValidationReport report() {
        try (Gantry gantry = Gantry.builder()
                .format(new WarningFormat())
                .dataset(Datasets.of(Item.class).named("items").key("id").inMemory())
                .build()) {
            Workspace workspace = gantry.workspace(Principal.owner("acme", "ada"));
            workspace
                    .pipelines()
                    .createActive(NewPipeline.importing(
                            "items",
                            "items",
                            new FileFormat("warning", 1, FormatOptions.NONE),
                            mapping -> mapping.columns("id")));
            Run run = workspace.runs().submit(RunRequest.of("items", file())).await();
            assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
            return run.report();
        }
    }

    @Test
    void a_report_has_the_warnings_of_the_look_at_the_file_and_of_its_reading() {
        assertThat(report().warnings())
                .containsExactly(
                        new Warning("WEAK_LOOK", "Seen <b>badly</b> \u001B[31m", null),
                        new Warning("RECORDS_SEEN", "Records were seen", 3L));
    }

    @Test
    void warnings_are_shown_in_text_and_html_and_survive_json() {
        ValidationReport report = report();
        assertThat(report.summary())
                .contains("! ", "WEAK_LOOK", "3  RECORDS_SEEN", "Seen <b>badly</b> ·[31m")
                .doesNotContain("\u001B");
        assertThat(report.toHtml())
                .contains("All rows are good, with warnings", "WEAK_LOOK", "Seen &lt;b&gt;badly&lt;/b&gt;", ">3</td>")
                .doesNotContain("<b>badly", "\u001B");
        assertThat(ValidationReport.fromJson(report.toJson())).isEqualTo(report);
    }

    @Test
    void a_report_stored_before_there_were_warnings_has_none() {
        String json = report().toJson().replace("\"warnings\"", "\"other\"");
        assertThat(ValidationReport.fromJson(json).warnings()).isEmpty();
    }

    @Test
    void a_warning_without_a_code_or_with_a_negative_count_is_refused() {
        assertThatThrownBy(() -> new Warning(" ", "text", null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FileWarning("CODE", "text", -1L)).isInstanceOf(IllegalArgumentException.class);
    }
}
