// SPDX-License-Identifier: Apache-2.0
package io.gantry;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.pipeline.Lifecycle;
import io.gantry.pipeline.PipelineStatus;
import io.gantry.run.RunStatus;
import io.gantry.validation.IssueCode;
import io.gantry.validation.WarningCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DocumentsTest {

    private static List<String> tableRows(String document) throws IOException {
        return Files.readAllLines(Path.of("../docs").resolve(document)).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
    }

    @Test
    void every_code_of_a_failure_is_documented_with_its_kind() throws IOException {
        assertThat(tableRows("errors.md").stream()
                        .map(row -> row.substring(0, row.indexOf('|', row.indexOf('|', 1) + 1)))
                        .toList())
                .containsExactlyElementsOf(Arrays.stream(ErrorCode.values())
                        .map(code -> "| `" + code + "` | " + code.kind() + " ")
                        .toList());
    }

    @Test
    void every_code_of_a_bad_row_is_documented_with_its_phrase() throws IOException {
        assertThat(tableRows("issues.md"))
                .hasSameSizeAs(IssueCode.values())
                .zipSatisfy(
                        List.of(IssueCode.values()),
                        (row, code) ->
                                assertThat(row).startsWith("| `" + code + "` |").endsWith("| " + code.phrase() + " |"));
    }

    @Test
    void every_code_of_a_warning_is_documented() throws IOException {
        assertThat(tableRows("warnings.md").stream()
                        .map(row -> row.substring(3, row.indexOf('`', 3)))
                        .toList())
                .containsExactlyElementsOf(
                        Arrays.stream(WarningCode.values()).map(Enum::name).toList());
    }

    @Test
    void the_moves_of_a_pipeline_are_documented_with_all_they_take() throws IOException {
        assertThat(tableRows("lifecycles.md").stream()
                        .limit(Lifecycle.values().length)
                        .toList())
                .containsExactlyElementsOf(Arrays.stream(Lifecycle.values())
                        .map(move -> "| `" + move + "` | "
                                + move.from().stream()
                                        .sorted()
                                        .map(from -> "`" + from + "`")
                                        .collect(Collectors.joining(", "))
                                + " | `" + move.to() + "` | `"
                                + move.permission().text() + "` | "
                                + switch (move.words()) {
                                    case NONE -> "–";
                                    case NOTES -> "notes, or nothing";
                                    case REASON -> "a reason";
                                }
                                + " |")
                        .toList());
    }

    @Test
    void what_each_status_of_a_pipeline_permits_is_documented() throws IOException {
        String text = Files.readString(Path.of("../docs/lifecycles.md"));
        for (PipelineStatus status : PipelineStatus.values()) {
            String byHand = status.runsByHand(false)
                    ? status == PipelineStatus.DEPRECATED ? "yes, with a warning" : "yes"
                    : status.runsByHand(true) ? "by those with `pipelines:admin`" : "no";
            String row = "| `" + status + "` | " + byHand + " | " + (status.runsBySchedule() ? "yes" : "no") + " |";
            if (status.runsByHand(true)) {
                assertThat(text).contains(row);
            } else {
                assertThat(status.runsBySchedule()).isFalse();
            }
        }
    }

    @Test
    void every_permission_is_documented() throws IOException {
        assertThat(tableRows("governance.md").stream()
                        .map(row -> row.substring(0, row.indexOf('|', 1)))
                        .limit(Permission.values().length)
                        .toList())
                .containsExactlyElementsOf(Arrays.stream(Permission.values())
                        .map(permission -> "| `" + permission.text() + "` ")
                        .toList());
    }

    @Test
    void the_states_of_a_run_are_documented_with_their_edges() throws IOException {
        assertThat(tableRows("lifecycles.md").stream()
                        .dropWhile(row -> !row.startsWith("| `QUEUED`"))
                        .toList())
                .containsExactlyElementsOf(Arrays.stream(RunStatus.values())
                        .map(status -> "| `" + status + "` | "
                                + (status.next().isEmpty()
                                        ? "–"
                                        : status.next().stream()
                                                .sorted()
                                                .map(next -> "`" + next + "`")
                                                .collect(Collectors.joining(", ")))
                                + " |")
                        .toList());
    }
}
