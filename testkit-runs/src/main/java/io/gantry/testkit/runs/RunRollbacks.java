// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.GantryException;
import io.gantry.Reason;
import io.gantry.run.Run;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.RollbackOutcome;
import io.gantry.spi.dataset.RollbackOutcome.Bucket;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** That a rollback keeps what someone else has changed since, says so beforehand, and gives the same answer again. */
interface RunRollbacks {

    Reason WRONG_FILE = Reason.of("WRONG_FILE");

    @TestFactory
    default Stream<DynamicTest> a_rollback_keeps_rows_that_someone_else_has_changed_since() {
        return Worlds.each(this, RunRollbacks::check);
    }

    private static void check(World world) throws Exception {
        SampleFile file = world.file();
        Expected expected = Expected.of(world, file);
        Run run = world.run(World.LOAD, file.content());
        RunModel now = expected.after(world);
        SampleFile others = world.filesOfOthers(now);
        RunModel.Loaded theirs = now.load(LoadMode.UPSERT, others.rows());
        Run other = world.run(World.OTHER, others.content());
        assertThat(other.counts().rejected()).as("%s", other.report()).isEqualTo(theirs.rejected());
        now.apply(theirs);
        world.checkContent(now, "after the load of someone else");

        RunModel before = now.copy();
        List<String> kept = expected.loads() ? now.takeBack(expected.loaded()) : List.of();
        int changes = expected.loads() ? expected.loaded().real().size() : 0;
        RollbackOutcome preview = run.previewRollback();
        world.checkContent(before, "after the preview of the rollback");
        if (preview.kept() > 0) {
            assertThatThrownBy(() -> run.rollBack(WRONG_FILE, true))
                    .isInstanceOf(GantryException.class)
                    .satisfies(e -> assertThat(((GantryException) e).code()).isEqualTo("ROLLBACK_REFUSED"));
            world.checkContent(before, "after the rollback that was refused");
        }
        RollbackOutcome outcome = run.rollBack(WRONG_FILE);
        assertThat(outcome).as("as the preview said").isEqualTo(preview);
        assertThat(outcome.kept()).isEqualTo(kept.size());
        assertThat(outcome.reversed() + outcome.kept() + outcome.failed()).isEqualTo(changes);
        checkSamples(outcome, kept);
        if (world.uniqueInDataset() && hasRepeatedCode(now.rows())) {
            checkUnique(world, expected.loaded(), before, outcome);
            return;
        }
        assertThat(outcome.failed()).isZero();
        world.checkContent(now, "after the rollback");
        assertThat(run.rollBack(WRONG_FILE)).as("once more").isEqualTo(outcome);
        world.checkContent(now, "after the second rollback");

        long theirsKept = now.takeBack(theirs).size();
        if (!world.uniqueInDataset() || !hasRepeatedCode(now.rows())) {
            assertThat(other.rollBack(WRONG_FILE).kept()).isEqualTo(theirsKept);
            world.checkContent(now, "after both rollbacks");
        }
    }

    private static void checkSamples(RollbackOutcome outcome, List<String> kept) {
        List<String> named = outcome.samples().stream()
                .filter(sample -> sample.bucket() == Bucket.KEPT)
                .map(sample -> String.valueOf(sample.key().get(0)))
                .toList();
        assertThat(named).doesNotHaveDuplicates().isSubsetOf(kept).hasSize(Math.min(20, kept.size()));
        assertThat(outcome.samples()).hasSize(named.size() + (int) Math.min(20, outcome.failed()));
    }

    private static boolean hasRepeatedCode(Map<String, List<@Nullable Object>> rows) {
        Set<Object> codes = new HashSet<>();
        return rows.values().stream()
                .map(row -> row.get(People.place(People.CODE)))
                .filter(Objects::nonNull)
                .anyMatch(code -> !codes.add(code));
    }

    /** A row whose code has been given to another since cannot come back: it is left alone, and the rest is as before. */
    private static void checkUnique(World world, RunModel.Loaded loaded, RunModel before, RollbackOutcome outcome) {
        Map<String, List<@Nullable Object>> content = world.content();
        assertThat(hasRepeatedCode(content)).as("codes are unique still").isFalse();
        assertThat(outcome.failed()).isPositive();
        long back = 0;
        for (RunModel.Change change : loaded.real()) {
            List<@Nullable Object> row = content.remove(change.id());
            boolean isBack = Objects.equals(row, change.before());
            assertThat(isBack || Objects.equals(row, before.rows().get(change.id())))
                    .as("row %s is as before the run, or was left alone", change.id())
                    .isTrue();
            back += isBack ? 1 : 0;
            before.put(change.id(), null);
        }
        assertThat(back).isEqualTo(outcome.reversed());
        assertThat(content).as("rows that the run did not touch").isEqualTo(before.rows());
    }
}
