// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.GantryException;
import io.gantry.Reason;
import io.gantry.run.Plan;
import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import io.gantry.spi.dataset.LoadMode;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** That a preview tells what applying its plan then does, and that a plan is only applied to what it was made for. */
interface RunPlans {

    @TestFactory
    default Stream<DynamicTest> applying_a_plan_does_what_its_preview_said() {
        return Worlds.each(this, RunPlans::apply);
    }

    @TestFactory
    default Stream<DynamicTest> a_plan_is_refused_once_the_file_the_dataset_or_the_pipeline_has_moved() {
        return Worlds.eachMode(this, RunPlans::move);
    }

    private static void apply(World world) throws Exception {
        SampleFile file = world.file();
        Expected expected = Expected.of(world, file);
        Run preview = world.preview(file.content());
        world.checkContent(world.model(), "after the preview");
        assertThat(preview.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(preview.counts()).isEqualTo(expected.counts());
        assertThat(preview.rejects()).isEmpty();
        assertThat(Changes.of(world, preview.report().changes()))
                .as("changes")
                .isEqualTo(expected.loads() ? Changes.of(expected.loaded(), world.rules()) : Changes.NONE);

        Run applied = world.workspace().runs().apply(preview.plan()).await();
        expected.check(world, applied);
        assertThat(applied.report().issues()).isEqualTo(preview.report().issues());
        world.checkContent(expected.after(world), "after the plan was applied");
        if (expected.loads() && !expected.loaded().real().isEmpty()) {
            checkStale(world, preview.plan(), "Dataset");
        }
        applied.rollBack(Reason.of("WRONG_FILE"));
        world.checkContent(world.model(), "after the rollback");
    }

    private static void move(World world) throws Exception {
        Run preview = world.preview(world.file().content());
        Plan plan = preview.plan();
        Plan other = world.preview(world.file().content()).plan();
        if (!other.fileSha256().equals(plan.fileSha256())) {
            checkStale(
                    world,
                    new Plan(
                            plan.preview(),
                            plan.pipeline(),
                            plan.version(),
                            plan.contentHash(),
                            other.fileRef(),
                            plan.fileSha256(),
                            plan.datasetMark(),
                            plan.counts()),
                    "file");
        }
        SampleFile theirs = world.filesOfOthers(world.model());
        RunModel now = world.model().copy();
        now.apply(now.load(LoadMode.UPSERT, theirs.rows()));
        Run change = world.run(World.OTHER, theirs.content());
        if (change.counts().loaded() > 0) {
            checkStale(world, plan, "Dataset");
        }
        Plan fresh = world.preview(world.file().content()).plan();
        world.workspace()
                .pipelines()
                .changeMapping(
                        World.LOAD,
                        world.mapping(
                                world.place().mode(),
                                Policy.values()[(world.place().policy().ordinal() + 1) % 4]));
        world.workspace().pipelines().activate(World.LOAD);
        checkStale(world, fresh, "Pipeline");
        world.checkContent(now, "in the end");
    }

    private static void checkStale(World world, Plan plan, String what) {
        assertThatThrownBy(() -> {
                    Run run = world.workspace().runs().apply(plan).await();
                    throw new AssertionError("The plan was not refused: " + run);
                })
                .isInstanceOf(GantryException.class)
                .hasMessageContaining(what)
                .satisfies(e -> assertThat(((GantryException) e).code()).isEqualTo("PLAN_STALE"));
    }
}
