// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.Reason;
import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import io.gantry.spi.dataset.RollbackOutcome;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** That a load does what the model says, and that a rollback leaves nothing of it. */
interface RunLoads {

    @TestFactory
    default Stream<DynamicTest> a_load_does_what_the_model_does_and_a_rollback_leaves_nothing_of_it() {
        return Worlds.each(this, RunLoads::check);
    }

    private static void check(World world) throws Exception {
        world.checkContent(world.model(), "before");
        SampleFile file = world.file();
        Expected expected = Expected.of(world, file);
        Run run = world.run(World.LOAD, file.content());
        expected.check(world, run);
        world.checkContent(expected.after(world), "after the load");

        RollbackOutcome whole =
                new RollbackOutcome(expected.loads() ? expected.loaded().real().size() : 0, 0, 0, List.of());
        assertThat(run.previewRollback()).isEqualTo(whole);
        world.checkContent(expected.after(world), "after the preview of the rollback");
        assertThat(run.rollBack(Reason.of("WRONG_FILE"))).isEqualTo(whole);
        world.checkContent(world.model(), "after the rollback");
        assertThat(run.rollBack(Reason.of("WRONG_FILE"))).as("once more").isEqualTo(whole);
        world.checkContent(world.model(), "after the second rollback");
        assertThat(run.refresh().status()).isEqualTo(expected.loads() ? RunStatus.ROLLED_BACK : RunStatus.FAILED);
    }
}
