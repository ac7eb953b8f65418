// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gantry.spi.records.FormatOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The delimited files of the test data, with what is known of them. */
final class Manifest {

    private static final Path FOLDER = Path.of("../testdata");

    private Manifest() {}

    static Stream<Entry> entries() throws IOException {
        JsonNode all =
                new ObjectMapper().readTree(FOLDER.resolve("manifest.json").toFile());
        return StreamSupport.stream(all.get("entries").spliterator(), false)
                .filter(entry -> entry.get("file").asText().endsWith(".csv"))
                .map(Entry::new);
    }

    record Entry(JsonNode json) {

        MemoryFile file() {
            String name = json.get("file").asText();
            try {
                return new MemoryFile(name, Files.readAllBytes(FOLDER.resolve(name)), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        JsonNode expected() {
            return json.get("expected");
        }

        FormatOptions options() {
            FormatOptions options = FormatOptions.NONE;
            for (String name : List.of("delimiter", "quote", "escape", "comment", "encoding")) {
                JsonNode value = json.get("options").get(name);
                if (value != null) {
                    options = options.with(name, value.asText().replace("latin-1", "ISO-8859-1"));
                }
            }
            return options;
        }

        @Override
        public String toString() {
            return json.get("file").asText();
        }
    }

    /** The SHA-256 of records in the canonical form that the manifest describes. */
    static String canonicalSha256(List<List<String>> records) {
        StringBuilder text = new StringBuilder();
        for (List<String> cells : records) {
            text.append(String.join(
                            "\t", cells.stream().map(Manifest::canonical).toList()))
                    .append('\n');
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String canonical(String cell) {
        return cell.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
