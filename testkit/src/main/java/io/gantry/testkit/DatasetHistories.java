// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.Duplicates;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.RollbackOutcome;
import io.gantry.spi.schema.FieldType;
import io.gantry.testkit.DatasetContract.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** That a random history of loads, edits and rollbacks goes as the model says. */
interface DatasetHistories {

    /** Ids from a small range, so that loads meet often. */
    long IDS = 12;

    @TestFactory
    default Stream<DynamicTest> a_random_history_goes_as_the_model_says() {
        Rig.of(this).needs(Capability.WRITE, Capability.UNDO);
        return seeds().mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> history(seed, false)));
    }

    @TestFactory
    default Stream<DynamicTest> runs_of_a_random_history_taken_back_last_first_leave_nothing() {
        Rig.of(this).needs(Capability.WRITE, Capability.UNDO);
        return seeds().mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> history(seed, true)));
    }

    private static IntStream seeds() {
        return IntStream.range(0, 12);
    }

    private void history(int seed, boolean stack) {
        Random random = new Random(seed);
        Rig rig = Rig.of(this);
        Dataset dataset = rig.dataset(Values.everyType(rig.contract().decimalDigits()));
        DatasetModel model = new DatasetModel();
        List<String> runs = new ArrayList<>();
        for (int step = 0; step < 12; step++) {
            int choice = stack ? 0 : random.nextInt(10);
            if (choice < 6) {
                runs.add(load(rig, dataset, model, random, step));
            } else if (choice < 8) {
                edit(rig, dataset, model, random);
            } else if (!runs.isEmpty()) {
                rollBack(rig, dataset, model, runs.get(random.nextInt(runs.size())));
            }
            assertThat(rig.rows(dataset)).as("after step %d", step).containsExactlyInAnyOrderElementsOf(model.rows());
        }
        for (int i = runs.size() - 1; stack && i >= 0; i--) {
            RollbackOutcome outcome = rollBack(rig, dataset, model, runs.get(i));
            assertThat(outcome.kept() + outcome.failed()).isZero();
        }
        assertThat(rig.rows(dataset)).containsExactlyInAnyOrderElementsOf(model.rows());
        if (stack) {
            assertThat(rig.rows(dataset)).isEmpty();
        }
    }

    private static String load(Rig rig, Dataset dataset, DatasetModel model, Random random, int step) {
        LoadMode mode = LoadMode.values()[random.nextInt(LoadMode.values().length)];
        Duplicates duplicates = Duplicates.values()[random.nextInt(Duplicates.values().length)];
        List<List<@Nullable Object>> rows = new ArrayList<>();
        int count = random.nextInt(10);
        for (int i = 0; i < count; i++) {
            long id = random.nextLong(IDS);
            List<@Nullable Object> now = model.row(id);
            rows.add(now != null && random.nextInt(3) == 0 ? now : fresh(rig, id, step * 100L + i, random));
        }
        LoadScript.Loaded loaded = rig.load(dataset)
                .mode(mode)
                .duplicates(duplicates)
                .batch(1 + random.nextInt(5))
                .rows(rows)
                .apply();
        DatasetModel.Loaded expected = model.load(loaded.run(), mode, duplicates, rows);
        assertThat(loaded.codes()).isEqualTo(expected.codes());
        assertThat(loaded.outcome()).isEqualTo(expected.outcome());
        return loaded.run();
    }

    /** Values that no row has had before, so that a change never leads back to an earlier state by chance. */
    private static List<@Nullable Object> fresh(Rig rig, long id, long serial, Random random) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(id);
        for (FieldType type : FieldType.values()) {
            List<Object> values = random.nextInt(4) == 0
                    ? Values.extremes(type, rig.contract().decimalDigits())
                    : Values.ascending(type);
            row.add(random.nextInt(5) == 0 ? null : values.get(random.nextInt(values.size())));
        }
        row.set(1, "fresh " + serial);
        return row;
    }

    private static void edit(Rig rig, Dataset dataset, DatasetModel model, Random random) {
        long id = random.nextLong(IDS);
        List<@Nullable Object> now = model.row(id);
        if (now == null) {
            List<@Nullable Object> row = fresh(rig, id, random.nextLong(), random);
            rig.insertBySomeoneElse(dataset, row.toArray());
            model.put(id, row);
        } else if (random.nextBoolean()) {
            String text = "edited " + random.nextLong();
            rig.updateBySomeoneElse(dataset, id, Values.name(FieldType.STRING), text);
            List<@Nullable Object> row = new ArrayList<>(now);
            row.set(1, text);
            model.put(id, row);
        } else {
            rig.deleteBySomeoneElse(dataset, id);
            model.put(id, null);
        }
    }

    private static RollbackOutcome rollBack(Rig rig, Dataset dataset, DatasetModel model, String run) {
        RollbackOutcome expected = model.rollBack(run);
        RollbackOutcome outcome = rig.rollBack(dataset, run);
        assertThat(List.of(outcome.reversed(), outcome.kept(), outcome.failed()))
                .as("rollback of %s", run)
                .isEqualTo(List.of(expected.reversed(), expected.kept(), 0L));
        assertThat(outcome.samples()).hasSize((int) outcome.kept());
        return outcome;
    }
}
