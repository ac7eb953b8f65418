// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.Cancellation;
import io.gantry.spi.dataset.DatasetWriter;
import io.gantry.spi.dataset.DatasetWriter.Outcome;
import io.gantry.spi.dataset.DatasetWriter.Previewing;
import io.gantry.spi.dataset.Duplicates;
import io.gantry.spi.dataset.Load;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.RowChange;
import io.gantry.spi.dataset.WritableDataset;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.Reference;
import io.gantry.spi.schema.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One load, told row by row, then carried out as the engine would. Rows are numbered from 2, as behind a header. */
final class LoadScript {

    /** A row that was rejected. */
    record Rejection(long number, String code, List<String> fields) {}

    /** What came of a load. */
    record Loaded(String run, Outcome outcome, List<Rejection> rejections, List<RowChange> changes) {
        /** The rejections as {@code 3 DUPLICATE_KEY}, in order of row numbers. */
        List<String> codes() {
            return rejections.stream()
                    .map(rejection -> rejection.number + " " + rejection.code)
                    .toList();
        }

        Set<Long> rejected() {
            return rejections.stream().map(Rejection::number).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private final WritableDataset dataset;
    private final Schema schema;
    private final List<@Nullable Object[]> rows = new ArrayList<>();
    private final List<@Nullable Object[]> named = new ArrayList<>();
    private final List<List<String>> uniques = new ArrayList<>();
    private final List<Reference> references = new ArrayList<>();
    private String run;
    private int attempt = 1;
    private LoadMode mode = LoadMode.INSERT;
    private Duplicates duplicates = Duplicates.KEEP_FIRST;
    private Cancellation cancellation = Cancellation.NEVER;
    private @Nullable String expectedMark;
    private List<String> fields;
    private List<String> key;
    private int batch = 4;

    LoadScript(WritableDataset dataset, String run) {
        this.dataset = dataset;
        this.run = run;
        this.schema = dataset.schema();
        this.fields = schema.names();
        this.key = schema.key();
    }

    LoadScript run(String run) {
        this.run = run;
        return this;
    }

    String run() {
        return run;
    }

    LoadScript attempt(int attempt) {
        this.attempt = attempt;
        return this;
    }

    int attempt() {
        return attempt;
    }

    LoadScript mode(LoadMode mode) {
        this.mode = mode;
        return this;
    }

    LoadScript duplicates(Duplicates duplicates) {
        this.duplicates = duplicates;
        return this;
    }

    LoadScript fields(String... fields) {
        this.fields = List.of(fields);
        return this;
    }

    LoadScript key(String... key) {
        this.key = List.of(key);
        return this;
    }

    LoadScript unique(String... fields) {
        uniques.add(List.of(fields));
        return this;
    }

    LoadScript reference(Reference reference) {
        references.add(reference);
        return this;
    }

    LoadScript batch(int rows) {
        this.batch = rows;
        return this;
    }

    LoadScript cancellation(Cancellation cancellation) {
        this.cancellation = cancellation;
        return this;
    }

    LoadScript expecting(String mark) {
        this.expectedMark = mark;
        return this;
    }

    LoadScript row(@Nullable Object... values) {
        rows.add(values);
        return this;
    }

    /** A row that failed the engine's checks, with values in the fields of its key only. */
    LoadScript named(@Nullable Object... values) {
        named.add(values);
        return this;
    }

    LoadScript rows(List<? extends List<? extends @Nullable Object>> more) {
        more.forEach(row -> rows.add(row.toArray()));
        return this;
    }

    Load toLoad() {
        List<Field> columns =
                fields.stream().map(name -> schema.field(name).orElseThrow()).toList();
        Load.Rules rules = new Load.Rules(key, duplicates, uniques, references);
        return new Load(run, attempt, mode, columns, rules, Rig.NOW, cancellation, expectedMark);
    }

    /** Loads, checks and applies. */
    Loaded apply() {
        return carryOut(true);
    }

    /** Loads, applies, and has nothing rejected. */
    Loaded applyAll() {
        Loaded loaded = carryOut(true);
        assertThat(loaded.rejections).isEmpty();
        return loaded;
    }

    /** Loads and checks, and closes without applying. */
    Loaded abandon() {
        return carryOut(false);
    }

    private Loaded carryOut(boolean apply) {
        try (DatasetWriter writer = dataset.write(toLoad())) {
            List<Rejection> rejections = new ArrayList<>();
            Outcome outcome = settle(writer, rejections);
            if (apply) {
                writer.apply();
            }
            return new Loaded(run, outcome, rejections, List.of());
        }
    }

    /** Stages all rows, and leaves the rest to the caller, who closes it. */
    DatasetWriter staged() {
        DatasetWriter writer = dataset.write(toLoad());
        stage(writer);
        return writer;
    }

    /** Stages and checks all rows, and leaves the rest to the caller, who closes it. */
    DatasetWriter checked() {
        DatasetWriter writer = dataset.write(toLoad());
        settle(writer, new ArrayList<>());
        return writer;
    }

    /** Applies a load, and checks it before where that was not done. */
    void goOn(DatasetWriter writer, boolean checked) {
        if (!checked) {
            List<Rejection> rejections = new ArrayList<>();
            if (check(writer, rejections).equals(Outcome.AGAIN)) {
                stage(writer);
                check(writer, rejections);
            }
        }
        writer.apply();
    }

    /** Checks, applies and closes a load that is staged. */
    void finish(DatasetWriter staged) {
        try (staged) {
            goOn(staged, false);
        }
    }

    /** Loads and checks for a preview, and asks for some changes of each kind. */
    Loaded preview(int each) {
        try (Previewing writer = (Previewing) dataset.write(toLoad())) {
            writer.previewOnly();
            List<Rejection> rejections = new ArrayList<>();
            Outcome outcome = settle(writer, rejections);
            List<RowChange> changes = new ArrayList<>();
            writer.preview(each, changes::add);
            return new Loaded(run, outcome, rejections, changes);
        }
    }

    private Outcome settle(DatasetWriter writer, List<Rejection> rejections) {
        stage(writer);
        Outcome outcome = check(writer, rejections);
        if (outcome.equals(Outcome.AGAIN)) {
            assertThat(rejections).as("issues told before AGAIN").isEmpty();
            stage(writer);
            outcome = check(writer, rejections);
            assertThat(outcome).as("asked for the rows a third time").isNotEqualTo(Outcome.AGAIN);
        }
        Set<Long> rejected = new Loaded(run, outcome, rejections, List.of()).rejected();
        assertThat(outcome.inserted() + outcome.updated() + outcome.unchanged())
                .as("rows of %s less %s rejected", rows.size(), rejected)
                .isEqualTo(rows.size() - rejected.size());
        if (mode != LoadMode.REPLACE) {
            assertThat(outcome.deleted()).isZero();
        }
        return outcome;
    }

    private Outcome check(DatasetWriter writer, List<Rejection> rejections) {
        Outcome outcome = writer.check((number, fields, code, message) -> {
            assertThat(message).isNotBlank();
            assertThat(number).isBetween(2L, rows.size() + 1L);
            rejections.add(new Rejection(number, code, fields));
        });
        rejections.sort(Comparator.comparingLong(Rejection::number).thenComparing(Rejection::code));
        return outcome;
    }

    private void stage(DatasetWriter writer) {
        RowBatch reused = new RowBatch(toLoad().fields(), batch);
        for (int i = 0; i < named.size(); i++) {
            reused.add(rows.size() + i + 2L, named.get(i));
            writer.name(reused);
            reused.clear();
        }
        for (int i = 0; i < rows.size(); i++) {
            reused.add(i + 2L, rows.get(i));
            if (reused.isFull() || i == rows.size() - 1) {
                boolean more = writer.stage(reused);
                reused.clear();
                if (!more) {
                    return;
                }
            }
        }
    }
}
