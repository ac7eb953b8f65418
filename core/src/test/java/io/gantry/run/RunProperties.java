// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Reason;
import io.gantry.Workspace;
import io.gantry.mapping.ErrorPolicy;
import io.gantry.mapping.ImportMapping;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.DatasetReader;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.Selection;
import io.gantry.spi.file.StoredFile;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Schema;
import io.gantry.validation.Counts;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What must hold of every run, whatever the file, the load mode, the error policy and the dataset: random files, some rows of
 * which are spoilt in ways that are known, against a model of the dataset. Each provider's tests extend it.
 */
public abstract class RunProperties {

    protected static final Schema SCHEMA = Schema.of(
                    Field.of("id", FieldType.STRING).required().length(40),
                    Field.of("count", FieldType.INTEGER).required(),
                    Field.of("amount", FieldType.DECIMAL).decimal(12, 2),
                    Field.of("born", FieldType.DATE),
                    Field.of("note", FieldType.STRING).length(60))
            .key("id");

    private static final List<String> HEADER = List.of("id", "count", "amount", "born", "note");

    @TempDir
    private Path folder;

    /** An empty dataset of {@link #SCHEMA} under the name. */
    protected abstract Dataset dataset(String name);

    /** How many random worlds to try for each mode and policy. */
    protected int worlds() {
        return 12;
    }

    enum Policy {
        ALL_OR_NOTHING,
        SKIP_ROWS,
        UP_TO_3_ROWS,
        UP_TO_20_PERCENT;

        ErrorPolicy rule() {
            return switch (this) {
                case ALL_OR_NOTHING -> ErrorPolicy.ALL_OR_NOTHING;
                case SKIP_ROWS -> ErrorPolicy.SKIP_ROWS;
                case UP_TO_3_ROWS -> ErrorPolicy.upTo(3);
                case UP_TO_20_PERCENT -> ErrorPolicy.upToPercent(20);
            };
        }

        boolean allows(int bad, int all) {
            return switch (this) {
                case ALL_OR_NOTHING -> bad == 0;
                case SKIP_ROWS -> true;
                case UP_TO_3_ROWS -> bad <= 3;
                case UP_TO_20_PERCENT -> bad * 5 <= all;
            };
        }
    }

    static Stream<Arguments> modesAndPolicies() {
        return Stream.of(LoadMode.values())
                .flatMap(mode -> Stream.of(Policy.values()).map(policy -> Arguments.of(mode, policy)));
    }

    @ParameterizedTest
    @MethodSource("modesAndPolicies")
    void what_a_run_does_is_what_the_model_does(LoadMode mode, Policy policy) throws IOException {
        for (int seed = 1; seed <= worlds(); seed++) {
            try {
                new World(mode, policy, new Random(seed * 31L + mode.ordinal() * 7L + policy.ordinal())).check();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** One dataset, one file, one truth. */
    private final class World {

        private final LoadMode mode;
        private final Policy policy;
        private final Random random;
        private final String name;
        private final ReadableDataset dataset;
        private final Map<String, List<Object>> model = new TreeMap<>();
        private final List<List<String>> perfect = new ArrayList<>();
        private final Map<Integer, List<String>> spoilt = new HashMap<>();

        World(LoadMode mode, Policy policy, Random random) {
            this.mode = mode;
            this.policy = policy;
            this.random = random;
            this.name = "world_" + Math.abs(random.nextLong());
            this.dataset = (ReadableDataset) dataset(name);
        }

        void check() throws IOException {
            try (Gantry gantry = Gantry.builder().dataset(dataset).build()) {
                Workspace workspace = gantry.workspace(Principal.owner("acme", "ada"));
                pipeline(workspace, "fill", LoadMode.INSERT, ErrorPolicy.ALL_OR_NOTHING);
                pipeline(workspace, "load", mode, policy.rule());
                fill(workspace);
                makePerfect();
                spoil();
                Path file = write("file.csv", spoiltRows());
                List<List<Object>> before = content();
                assertThat(before).isEqualTo(List.copyOf(model.values()));

                Run preview = workspace.runs().preview(request(file, 7, 2)).await();
                assertThat(content()).isEqualTo(before);
                Run run = workspace
                        .runs()
                        .submit(request(file, 1 + random.nextInt(50), 1 + random.nextInt(3)))
                        .await();
                String report = run.report().toJson();
                boolean loads = policy.allows(spoilt.size(), perfect.size());
                checkCounts(run, preview, loads);
                if (loads) {
                    checkLoaded(workspace, run);
                } else {
                    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
                    assertThat(content()).isEqualTo(before);
                }
                run.rollBack(Reason.of("WRONG_FILE"));
                assertThat(content()).isEqualTo(before);
                Run again = workspace.runs().submit(request(file, 4_096, 1)).await();
                assertThat(again.report().toJson()).isEqualTo(report);
                again.rollBack(Reason.of("WRONG_FILE"));
                assertThat(content()).isEqualTo(before);
            }
        }

        private void checkCounts(Run run, Run preview, boolean loads) {
            Counts counts = run.counts();
            assertThat(counts.read()).isEqualTo(perfect.size());
            assertThat(counts.rejected()).isEqualTo(spoilt.size());
            assertThat(run.status())
                    .isEqualTo(!loads ? RunStatus.FAILED : spoilt.isEmpty() ? RunStatus.SUCCEEDED : RunStatus.PARTIAL);
            if (loads) {
                assertThat(preview.counts()).isEqualTo(counts);
            } else {
                assertThat(counts.skipped()).isEqualTo(counts.read() - counts.rejected());
            }
        }

        private void checkLoaded(Workspace workspace, Run run) throws IOException {
            Map<String, List<Object>> expected = mode == LoadMode.REPLACE ? new TreeMap<>() : new TreeMap<>(model);
            long inserted = 0;
            long updated = 0;
            for (int i = 0; i < perfect.size(); i++) {
                if (!spoilt.containsKey(i)) {
                    List<Object> row = values(perfect.get(i));
                    inserted += model.containsKey(perfect.get(i).get(0)) ? 0 : 1;
                    List<Object> old = model.get(perfect.get(i).get(0));
                    updated += old != null && !old.equals(row) ? 1 : 0;
                    expected.put(perfect.get(i).get(0), row);
                }
            }
            assertThat(content()).isEqualTo(List.copyOf(expected.values()));
            assertThat(run.counts().inserted()).isEqualTo(inserted);
            assertThat(run.counts().updated()).isEqualTo(updated);
            if (!spoilt.isEmpty()) {
                mend(workspace, run);
            }
        }

        /** The rejected rows, mended, must bring the dataset to where the perfect file would have. */
        private void mend(Workspace workspace, Run run) throws IOException {
            Path mended = mendedFile(run.rejects().orElseThrow());
            Run correction = workspace
                    .runs()
                    .submit(request(mended, 1 + random.nextInt(20), 2).correctionOf(run.id()))
                    .await();
            assertThat(correction.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(correction.counts().read()).isEqualTo(spoilt.size());
            Map<String, List<Object>> expected = mode == LoadMode.REPLACE ? new TreeMap<>() : new TreeMap<>(model);
            perfect.forEach(row -> expected.put(row.get(0), values(row)));
            assertThat(content()).isEqualTo(List.copyOf(expected.values()));
            assertThat(correction.rollBack(Reason.of("WRONG_FILE")).kept()).isZero();
        }

        private Path mendedFile(StoredFile rejects) throws IOException {
            List<List<String>> rows = new ArrayList<>();
            try (InputStream in = rejects.open()) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                for (CSVRecord record : CSVFormat.RFC4180.parse(new java.io.StringReader(text))) {
                    List<String> row = new ArrayList<>(record.toList());
                    if (!row.get(0).equals("__row")) {
                        int place = Integer.parseInt(row.get(0)) - 2;
                        assertThat(row.subList(3, row.size())).isEqualTo(spoilt.get(place));
                        row = new ArrayList<>(row.subList(0, 3));
                        row.addAll(perfect.get(place));
                    }
                    rows.add(row);
                }
            }
            assertThat(rows).hasSize(spoilt.size() + 1);
            return write("mended.csv", rows);
        }

        private RunRequest request(Path file, int batchRows, int threads) {
            return RunRequest.of("load", file).settings(new RunSettings(Limits.DEFAULT, batchRows, threads));
        }

        private void pipeline(Workspace workspace, String code, LoadMode mode, ErrorPolicy errors) {
            workspace
                    .pipelines()
                    .create(NewPipeline.importing(
                            code,
                            name,
                            FileFormat.csv().with("delimiter", ",").with("encoding", "UTF-8"),
                            ImportMapping.of(mapping -> mapping.columns(HEADER.toArray(String[]::new))
                                    .load(mode)
                                    .errors(errors))));
            workspace.pipelines().activate(code);
        }

        private void fill(Workspace workspace) throws IOException {
            List<List<String>> rows = new ArrayList<>();
            rows.add(HEADER);
            int count = random.nextInt(30);
            for (int i = 0; i < count; i++) {
                List<String> row = row("old" + i);
                rows.add(row);
                model.put(row.get(0), values(row));
            }
            Run run = workspace.runs().submit("fill", write("fill.csv", rows)).await();
            assertThat(run.status()).as(run.toString()).isEqualTo(RunStatus.SUCCEEDED);
        }

        private void makePerfect() {
            List<String> old = new ArrayList<>(model.keySet());
            int count = random.nextInt(60);
            Map<String, List<String>> rows = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                boolean existing = mode == LoadMode.UPDATE || (mode != LoadMode.INSERT && random.nextBoolean());
                if (existing && old.isEmpty()) {
                    continue;
                }
                String id = existing ? old.get(random.nextInt(old.size())) : "new" + random.nextInt(1_000);
                List<String> row = row(id);
                if (existing && random.nextInt(3) == 0) {
                    row = text(model.get(id));
                }
                rows.put(id, row);
            }
            perfect.addAll(rows.values());
        }

        private void spoil() {
            int share = random.nextInt(4);
            for (int i = 0; i < perfect.size(); i++) {
                if (share > 0 && random.nextInt(12) < share) {
                    spoilt.put(i, spoil(i, perfect.get(i)));
                }
            }
        }

        private List<String> spoil(int place, List<String> good) {
            List<String> row = new ArrayList<>(good);
            switch (random.nextInt(8)) {
                case 0 -> row.set(1, "many");
                case 1 -> row.set(1, "");
                case 2 -> row.set(2, "12345678901.5");
                case 3 -> row.set(3, "2023-02-29");
                case 4 -> row.set(4, "x".repeat(61));
                case 5 -> row.set(0, "");
                case 6 -> row.add("surplus");
                default -> {
                    int other = place == 0 ? 0 : random.nextInt(place);
                    if (place > 0 && !spoilt.containsKey(other)) {
                        row.set(0, perfect.get(other).get(0)); // a key that came before
                    } else if (mode == LoadMode.INSERT && !model.isEmpty()) {
                        row.set(0, model.keySet().iterator().next());
                    } else if (mode == LoadMode.UPDATE) {
                        row.set(0, "nobody" + place);
                    } else {
                        row.set(1, "9223372036854775808");
                    }
                }
            }
            return row;
        }

        private List<List<String>> spoiltRows() {
            List<List<String>> rows = new ArrayList<>();
            rows.add(HEADER);
            for (int i = 0; i < perfect.size(); i++) {
                rows.add(spoilt.getOrDefault(i, perfect.get(i)));
            }
            return rows;
        }

        private List<String> row(String id) {
            return List.of(
                    id,
                    Integer.toString(random.nextInt(1_000) - 500),
                    random.nextInt(5) == 0
                            ? ""
                            : BigDecimal.valueOf(random.nextInt(), 2).toPlainString(),
                    random.nextInt(5) == 0
                            ? ""
                            : LocalDate.ofEpochDay(random.nextInt(30_000) - 5_000)
                                    .toString(),
                    NOTES.get(random.nextInt(NOTES.size())));
        }

        private List<Object> values(List<String> row) {
            List<Object> values = new ArrayList<>();
            values.add(row.get(0));
            values.add(Long.valueOf(row.get(1)));
            values.add(row.get(2).isEmpty() ? null : new BigDecimal(row.get(2)).stripTrailingZeros());
            values.add(row.get(3).isEmpty() ? null : LocalDate.parse(row.get(3)));
            values.add(row.get(4).isEmpty() ? null : row.get(4));
            return values;
        }

        private List<String> text(List<Object> values) {
            return values.stream()
                    .map(value -> value == null
                            ? ""
                            : value instanceof BigDecimal number ? number.toPlainString() : value.toString())
                    .toList();
        }

        private Path write(String file, List<List<String>> rows) throws IOException {
            boolean crlf = random.nextBoolean();
            StringBuilder text = new StringBuilder();
            for (List<String> row : rows) {
                for (int i = 0; i < row.size(); i++) {
                    String cell = row.get(i);
                    boolean must = cell.contains(",") || cell.contains("\"") || cell.contains("\n");
                    boolean quote = must || random.nextInt(4) == 0;
                    text.append(i == 0 ? "" : ",").append(quote ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
                }
                text.append(crlf ? "\r\n" : "\n");
            }
            return Files.writeString(folder.resolve(file), text);
        }

        private List<List<Object>> content() {
            List<List<Object>> rows = new ArrayList<>();
            RowBatch batch = new RowBatch(SCHEMA.fields(), 64);
            try (DatasetReader reader = dataset.read(Selection.of(SCHEMA.names()))) {
                while (reader.read(batch)) {
                    for (int row = 0; row < batch.size(); row++) {
                        List<Object> values = new ArrayList<>();
                        for (int i = 0; i < SCHEMA.fields().size(); i++) {
                            Object value = batch.column(i).object(row);
                            values.add(value instanceof BigDecimal number ? number.stripTrailingZeros() : value);
                        }
                        rows.add(values);
                    }
                }
            }
            Map<String, List<Object>> sorted = new TreeMap<>();
            rows.forEach(row -> sorted.put((String) row.get(0), row));
            assertThat(sorted).hasSize(rows.size());
            return List.copyOf(sorted.values());
        }
    }

    private static final List<String> NOTES = List.of(
            "",
            "plain",
            "with, comma",
            "with \"quotes\"",
            "two\nlines",
            "Ünïcödé 漢字 🙂",
            "=SUM(A1)",
            "-5",
            "'quoted",
            " blanks ",
            "tab\tinside");
}
