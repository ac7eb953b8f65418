// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.Reason;
import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import io.gantry.spi.dataset.RollbackOutcome;
import io.gantry.testkit.Together;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That a run is taken back once, however many want it. */
interface EngineRollbacks {

    Reason WRONG = Reason.of("WRONG_FILE");

    @Test
    default void eight_rollbacks_of_a_run_at_once_take_it_back_once_and_all_that_are_answered_get_one_answer() {
        try (EngineRig rig = EngineRig.of(this)) {
            List<EngineSite> sites = List.of(rig.still().pipeline(), rig.still());
            EngineSite site = sites.get(0);
            site.submit("a");
            Run run = site.submit("b", "c");
            site.runs().carryOutAll();
            rig.assertIds("a", "b", "c");
            Tally<RollbackOutcome> tally = new Tally<>();
            Together.run(
                    EngineMoves.THREADS,
                    thread -> tally.call(() -> sites.get(thread % 2).seen(run).rollBack(WRONG)));
            assertThat(tally.failedOnlyWith("ILLEGAL_STATE").successes())
                    .isNotEmpty()
                    .containsOnly(new RollbackOutcome(2, 0, 0, List.of()));
            assertThat(run.refresh().status()).isEqualTo(RunStatus.ROLLED_BACK);
            rig.assertIds("a");
            assertThat(EngineRig.count(site.workspace(), "RUN_ROLLBACK")).isEqualTo(tally.count());
            assertThat(EngineRig.count(site.workspace(), "RUN_ROLLBACK_END")).isEqualTo(tally.count());
        }
    }

    @Test
    default void a_rollback_of_a_run_that_is_not_over_names_its_state() {
        try (EngineRig rig = EngineRig.of(this)) {
            EngineSite site = rig.still().pipeline();
            Run run = site.submit("a");
            Tally<RollbackOutcome> tally = new Tally<>();
            Together.run(EngineMoves.THREADS, thread -> tally.call(() -> run.rollBack(WRONG)));
            tally.succeeded(0, EngineMoves.THREADS, "ILLEGAL_STATE");
        }
    }
}
