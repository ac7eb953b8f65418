// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Real workbooks of other projects are read as their manifest says. */
class ManifestTest {

    private static final Path FOLDER = Path.of("..", "testdata");

    @Test
    void the_manifest_names_workbooks() throws Exception {
        assertThat(workbooks()).hasSizeGreaterThanOrEqualTo(7);
    }

    @TestFactory
    Stream<DynamicTest> reads_as_the_manifest_says() throws Exception {
        return workbooks().map(entry -> DynamicTest.dynamicTest(entry.get("id").asText(), () -> check(entry)));
    }

    private static Stream<JsonNode> workbooks() throws Exception {
        JsonNode manifest =
                new ObjectMapper().readTree(FOLDER.resolve("manifest.json").toFile());
        return StreamSupport.stream(manifest.get("entries").spliterator(), false)
                .filter(entry -> entry.get("file").asText().endsWith(".xlsx"));
    }

    private static void check(JsonNode entry) throws Exception {
        JsonNode expected = entry.get("expected");
        FormatOptions options =
                FormatOptions.NONE.with("sheet", expected.get("sheet").asText());
        List<Books.Row> rows =
                Books.read(new Books.OnDisk(FOLDER.resolve(entry.get("file").asText())), options, Limits.DEFAULT);

        assertThat(rows).hasSize(expected.get("rows").asInt());
        assertThat(rows.stream().mapToInt(row -> row.cells().size()).max())
                .hasValue(expected.get("columns").asInt());
        List<String> header = new ArrayList<>();
        expected.get("header").forEach(name -> header.add(name.asText()));
        assertThat(rows.get(0).cells()).isEqualTo(header);
        assertThat(canonicalHash(rows))
                .isEqualTo(expected.get("canonical_sha256").asText());
    }

    private static String canonicalHash(List<Books.Row> rows) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Books.Row row : rows) {
            String line = String.join(
                    "\t", row.cells().stream().map(ManifestTest::escaped).toList());
            digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String escaped(String cell) {
        return cell.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
