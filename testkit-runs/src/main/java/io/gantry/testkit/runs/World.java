// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.mapping.ImportMapping;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.run.Run;
import io.gantry.run.RunRequest;
import io.gantry.run.RunSettings;
import io.gantry.run.RunStatus;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.DatasetReader;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.Selection;
import io.gantry.spi.dataset.WritableDataset;
import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.Reference;
import io.gantry.spi.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One dataset with some rows, what is known of it, and the pipelines into it: {@code load} by the mode and policy of the
 * world, and {@code other}, by which someone else changes rows.
 */
final class World implements AutoCloseable {

    static final String LOAD = "load";
    static final String OTHER = "other";

    private static final String FILL = "fill";
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final RunContract suite;
    private final Place place;
    private final Random random;
    private final Rules rules;
    private final Reference team;
    private final Dataset dataset;
    private final RunModel model;
    private final RowMaker maker;
    private final Gantry gantry;
    private final Workspace workspace;

    World(RunContract suite, Place place) throws IOException {
        this.suite = suite;
        this.place = place;
        random = place.random();
        rules = Rules.of(random);
        String name = "w" + NAMES.incrementAndGet();
        team = People.reference(name + "_teams");
        Dataset teams = suite.create(team.dataset(), People.TEAM_SCHEMA);
        dataset = suite.create(name, rules.schema(team.dataset()));
        model = emptyModel();
        maker = new RowMaker(random, model);
        gantry = Gantry.builder().dataset(teams).dataset(dataset).build();
        workspace = gantry.workspace(Principal.owner("acme", "ada"));
        pipeline(FILL, FileFormat.csv(), fill(People.SCHEMA.names()));
        pipeline(NewPipeline.importing("teams", teams.name(), FileFormat.csv(), fill(List.of(People.ID))));
        pipeline(LOAD, format(), mapping(place.mode(), place.policy()));
        pipeline(OTHER, format(), mapping(LoadMode.UPSERT, Policy.SKIP_ROWS));
        fill();
    }

    private RunModel emptyModel() {
        Schema schema = dataset.schema();
        boolean unique =
                rules.unique() == Rules.Told.MAPPING || !schema.uniques().isEmpty();
        boolean referring =
                rules.reference() == Rules.Told.MAPPING || !schema.references().isEmpty();
        return new RunModel(rules, unique, referring, !((WritableDataset) dataset).resolves(team));
    }

    private static ImportMapping fill(List<String> fields) {
        return ImportMapping.of(mapping -> mapping.columns(fields.toArray(String[]::new)));
    }

    ImportMapping mapping(LoadMode mode, Policy policy) {
        return rules.mapping(mode, policy, team);
    }

    /** Whether it is the dataset itself that wants the code to be unique, whoever changes it. */
    boolean uniqueInDataset() {
        return !dataset.schema().uniques().isEmpty();
    }

    private FileFormat format() {
        return rules.sheet()
                ? FileFormat.xlsx()
                : FileFormat.csv()
                        .with("delimiter", ",")
                        .with("encoding", "UTF-8")
                        .with("spaceBeforeQuote", "text")
                        .with("shortRows", "reject");
    }

    private void pipeline(String code, FileFormat format, ImportMapping mapping) {
        pipeline(NewPipeline.importing(code, dataset.name(), format, mapping));
    }

    /** Makes a pipeline that can be run at once. */
    void pipeline(NewPipeline pipeline) {
        workspace.pipelines().createActive(pipeline);
    }

    private void fill() throws IOException {
        List<List<String>> teams = new ArrayList<>(List.of(List.of(People.ID)));
        People.TEAMS.forEach(name -> teams.add(List.of(name)));
        List<List<String>> rows = new ArrayList<>(List.of(People.SCHEMA.names()));
        int count = random.nextInt(30);
        for (int i = 0; i < count; i++) {
            rows.add(maker.row("old" + i));
        }
        List<FileRow> good = rows.stream().skip(1).map(FileRow::good).toList();
        for (FileRow row : good) {
            model.put(row.id(), values(row.cells()));
        }
        for (Run run : List.of(
                run("teams", Format.csv().texts("teams.csv", teams)),
                run(FILL, Format.csv().texts("fill.csv", rows)))) {
            assertThat(run.status()).as(run.toString()).isEqualTo(RunStatus.SUCCEEDED);
        }
    }

    private static List<@Nullable Object> values(List<String> cells) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            values.add(People.value(People.SCHEMA.fields().get(i), cells.get(i)));
        }
        return values;
    }

    Place place() {
        return place;
    }

    Random random() {
        return random;
    }

    Rules rules() {
        return rules;
    }

    RunModel model() {
        return model;
    }

    Dataset dataset() {
        return dataset;
    }

    Workspace workspace() {
        return workspace;
    }

    /** A file for the pipeline of the world. */
    SampleFile file() throws IOException {
        List<List<String>> perfect = maker.rows(place.mode(), rules.fields(), 60, "new");
        return SampleFile.of("people", this, perfect, new Spoiler(random, place.mode(), rules, model, perfect).spoil());
    }

    /** A file by which someone else changes some rows, among them such as the file of the world brings. */
    SampleFile filesOfOthers(RunModel now) throws IOException {
        List<List<String>> rows = new RowMaker(random, now).rows(LoadMode.UPSERT, rules.fields(), 12, "else");
        return SampleFile.of(
                "others", this, rows, rows.stream().map(FileRow::good).toList());
    }

    List<Field> columns() {
        return rules.fields().stream()
                .map(name -> People.SCHEMA.field(name).orElseThrow())
                .toList();
    }

    /** Some settings: they make no difference. */
    RunSettings settings() {
        int batchRows = random.nextInt(8) == 0 ? 4_096 : 1 + random.nextInt(50);
        return new RunSettings(Limits.DEFAULT, batchRows, 1 + random.nextInt(4));
    }

    Run run(String pipeline, FileContent file) {
        return run(pipeline, file, settings());
    }

    Run run(String pipeline, FileContent file, RunSettings settings) {
        return workspace
                .runs()
                .submit(RunRequest.of(pipeline, file).settings(settings))
                .await();
    }

    Run preview(FileContent file) {
        return preview(file, settings());
    }

    Run preview(FileContent file, RunSettings settings) {
        return workspace
                .runs()
                .preview(RunRequest.of(LOAD, file).settings(settings))
                .await();
    }

    Run correct(Run run, FileContent file) {
        return workspace
                .runs()
                .submit(RunRequest.of(LOAD, file).correctionOf(run.id()).settings(settings()))
                .await();
    }

    /** What the dataset holds. */
    Map<String, List<@Nullable Object>> content() {
        Map<String, List<@Nullable Object>> rows = new TreeMap<>();
        RowBatch batch = new RowBatch(People.SCHEMA.fields(), 64);
        int count = 0;
        try (DatasetReader reader = ((ReadableDataset) dataset).read(Selection.of(People.SCHEMA.names()))) {
            while (reader.read(batch)) {
                for (int row = 0; row < batch.size(); row++) {
                    List<@Nullable Object> values = new ArrayList<>();
                    for (int i = 0; i < People.SCHEMA.fields().size(); i++) {
                        values.add(batch.column(i).object(row));
                    }
                    rows.put(String.valueOf(values.get(0)), People.plain(values));
                    count++;
                }
            }
        }
        assertThat(rows).as("keys are different").hasSize(count);
        return rows;
    }

    /** That the dataset holds what the model says. */
    void checkContent(RunModel expected, String when) {
        Map<String, List<@Nullable Object>> found = content();
        Map<String, List<@Nullable Object>> missing = new TreeMap<>(expected.rows());
        missing.entrySet().removeAll(found.entrySet());
        found.entrySet().removeAll(expected.rows().entrySet());
        assertThat(found)
                .as("rows there should not be %s; missing are %s", when, missing)
                .isEmpty();
        assertThat(missing).as("rows missing %s", when).isEmpty();
    }

    @Override
    public void close() {
        gantry.close();
        suite.clear();
    }
}
