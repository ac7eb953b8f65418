// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.local.Datasets;
import io.gantry.local.RecordDataset;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random tables, written in the ways in which people and programs write them, and damaged: what is loaded without a word is
 * what the table or the text of the file says. {@code -Dgantry.damages=5000} tries more.
 */
class DamagedCsvTest {

    record Row(String id, String name, String city) {}

    private static final int TRIES = Integer.getInteger("gantry.damages", 300);

    private static final List<String> WORDS = List.of(
            "Lamp",
            "Sofa, red",
            "say \"hi\"",
            "Zoë",
            "Müller",
            "",
            "two\nlines",
            "#5",
            "a;b",
            "5\" pipe",
            "Łódź",
            "x y");

    @TempDir
    Path folder;

    private final Random random = new Random();
    private String delimiter = ",";

    private String write(List<List<String>> rows) {
        delimiter = List.of(",", ";", "\t").get(random.nextInt(3));
        String end = random.nextBoolean() ? "\n" : "\r\n";
        boolean shortened = random.nextInt(4) == 0;
        boolean blanks = random.nextInt(6) == 0;
        String last = random.nextInt(6) == 0 ? delimiter : "";
        StringBuilder text = new StringBuilder();
        text.append(random.nextInt(6) == 0 ? "sep=" + delimiter + end : "");
        text.append(random.nextInt(8) == 0 ? "# made by a program" + end : "");
        text.append(String.join(delimiter, "id", "name", "city")).append(last).append(end);
        for (List<String> row : rows) {
            int size = row.size();
            while (shortened && row.get(size - 1).isEmpty()) {
                size--;
            }
            for (int i = 0; i < size; i++) {
                String cell = row.get(i);
                boolean quoted = cell.contains(delimiter)
                        || cell.contains("\"")
                        || cell.contains("\n")
                        || random.nextInt(4) == 0;
                text.append(i > 0 ? delimiter : "")
                        .append(blanks && i > 0 && quoted ? " " : "")
                        .append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
            }
            text.append(last).append(end);
        }
        return text.append(random.nextInt(6) == 0 ? delimiter + delimiter + end + "\u001A" : "")
                .toString();
    }

    private String damage(String text) {
        int header = text.indexOf("city") + 6;
        int at = Math.min(text.length(), header + random.nextInt(text.length() - header + 1));
        return switch (random.nextInt(7)) {
            case 0 -> text.replaceFirst("\"\"", "\"");
            case 1 -> text.substring(0, at) + '"' + text.substring(at);
            case 2 -> text.substring(0, at);
            // an empty cell in quotes has none to escape
            case 3 -> text.replace(" ", "").contains(delimiter + "\"\"") ? text : text.replace("\"\"", "\\\"");
            case 4 -> text.substring(0, at) + delimiter + text.substring(at);
            default -> text;
        };
    }

    /** The records of a text by the letter: those with text behind a closing quote are left out. */
    private static Set<List<String>> strictly(String text, String delimiter) {
        Set<List<String>> records = new HashSet<>();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean bad = false;
        boolean quoted = false;
        boolean closed = false;
        for (int i = 0; i <= text.length(); i++) {
            String c = i == text.length() ? "\n" : text.substring(i, i + 1);
            if (quoted && i < text.length()) {
                if (c.equals("\"") && text.startsWith("\"\"", i)) {
                    cell.append(c);
                    i++;
                } else if (c.equals("\"")) {
                    quoted = false;
                    closed = true;
                } else {
                    cell.append(c);
                }
            } else if (c.equals(delimiter) || c.equals("\n") || c.equals("\r")) {
                cells.add(cell.toString());
                cell.setLength(0);
                closed = false;
                if (!c.equals(delimiter)) {
                    while (cells.size() > 3 && cells.get(cells.size() - 1).isBlank()) {
                        cells.remove(cells.size() - 1);
                    }
                    if (!bad) {
                        records.add(List.copyOf(cells));
                    }
                    cells.clear();
                    bad = false;
                }
            } else if (closed) {
                bad = true;
            } else if (c.equals("\"") && cell.isEmpty()) {
                quoted = true;
            } else if (!c.equals("\u001A")) {
                cell.append(c);
            }
        }
        return records;
    }

    @Test
    void what_is_loaded_without_a_word_is_what_the_file_says() throws IOException {
        int silent = 0;
        for (int seed = 1; seed <= TRIES; seed++) {
            random.setSeed(seed);
            List<List<String>> rows = new ArrayList<>();
            for (int i = 0; i < 3 + random.nextInt(12); i++) {
                rows.add(List.of(
                        "r" + i, WORDS.get(random.nextInt(WORDS.size())), WORDS.get(random.nextInt(WORDS.size()))));
            }
            String text = damage(write(rows));
            Charset charset = random.nextInt(3) == 0 ? Charset.forName("windows-1250") : StandardCharsets.UTF_8;
            RecordDataset<Row> loaded =
                    Datasets.of(Row.class).named("rows").key("id").inMemory();
            try (Gantry gantry = Gantry.builder().dataset(loaded).build()) {
                Run run = run(gantry, seed, text.getBytes(charset));
                if (run.status() == RunStatus.SUCCEEDED
                        && run.report().warnings().isEmpty()) {
                    silent++;
                    Set<List<String>> right = new HashSet<>(rows);
                    right.addAll(strictly(text, delimiter));
                    // blanks before quotes, and escapes, are found out: the report has the evidence
                    String without = text.replace(delimiter + " \"", delimiter + "\"");
                    right.addAll(strictly(without, delimiter));
                    right.addAll(strictly(without.replace("\\\"", "\"\""), delimiter));
                    for (Row row : loaded.records()) {
                        assertThat(right)
                                .as(
                                        "seed %d, %s: <%s>%n%s",
                                        seed, charset, text, run.report().toJson())
                                .contains(List.of(row.id(), orEmpty(row.name()), orEmpty(row.city())));
                    }
                }
            }
        }
        assertThat(silent).as("runs without a word").isGreaterThan(TRIES / 10);
    }

    private static String orEmpty(String cell) {
        return cell == null ? "" : cell;
    }

    private Run run(Gantry gantry, int seed, byte[] bytes) throws IOException {
        Workspace workspace = gantry.workspace(Principal.owner("acme", "ada"));
        workspace
                .pipelines()
                .createActive(NewPipeline.importing(
                        "rows",
                        "rows",
                        FileFormat.csv(),
                        mapping -> mapping.columns("id", "name", "city").skipInvalidRows()));
        Path file = Files.write(folder.resolve(seed + ".csv"), bytes);
        return workspace.runs().submit(RunRequest.of("rows", file)).await();
    }
}
