// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps the program from rotting; its figures for so few rows say nothing. */
class SideBySideTest {

    @TempDir
    Path folder;

    @Test
    void holdsASmallContestAndWritesItsFigures() throws Exception {
        Path json = folder.resolve("figures.json");
        SideBySide.main(new String[] {
            "--suites", "insert",
            "--contestants", "gantry,copy,batch",
            "--rows", "2000",
            "--rounds", "1",
            "--heap", "256m",
            "--folder", folder.toString(),
            "--json", json.toString()
        });

        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(figures.at("/machine/server").asText()).startsWith("PostgreSQL 18.");
        List<JsonNode> medians = list(figures.get("medians"));
        assertThat(medians)
                .extracting(line -> line.at("/entry/contestant").asText() + " "
                        + line.get("phase").asText())
                .containsExactly("gantry load", "gantry rollback", "copy load", "batch load");
        assertThat(medians).allSatisfy(line -> {
            assertThat(line.get("wall").asDouble()).isPositive();
            assertThat(line.get("client").asDouble()).isPositive();
            assertThat(line.get("wallRatio").asDouble()).isPositive();
            assertThat(line.at("/entry/rows").asInt()).isEqualTo(2_000);
        });
        assertThat(figures.at("/rounds/0/outcomes/0/remarks/counts").asText()).startsWith("2,000 read: 2,000 inserted");
        assertThat(figures.at("/rounds/0/outcomes/0/remarks/rollback").asText()).isEqualTo("2000 reversed, 0 kept");
        assertThat(leftBehind()).containsExactlyInAnyOrder("figures.json", "sample-2000.csv");
    }

    private List<String> leftBehind() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
