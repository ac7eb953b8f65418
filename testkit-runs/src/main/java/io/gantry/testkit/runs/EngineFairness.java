// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.local.LocalRunEngine;
import io.gantry.run.CrashPoint;
import io.gantry.run.Run;
import io.gantry.run.RunRequest;
import io.gantry.run.RunStatus;
import io.gantry.spi.file.StoredFile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That tenants take turns, however many runs each has waiting. */
interface EngineFairness {

    /** Submits runs of the same file. */
    private static List<Run> submit(EngineSite site, String tenant, int count) {
        StoredFile file = site.store(tenant, tenant);
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            runs.add(site.workspace(tenant).runs().submit(RunRequest.ofStored(EngineSite.LOAD, file.ref())));
        }
        return runs;
    }

    private static EngineSite pipelines(EngineSite site, String... tenants) {
        for (String tenant : tenants) {
            site.pipeline(tenant, EngineSite.LOAD);
            site.workspace(tenant).settings().change(settings -> settings.limits(settings.runs(), 10));
        }
        return site;
    }

    private static long over(List<Run> runs) {
        return runs.stream().filter(run -> run.refresh().status().hasEnded()).count();
    }

    @Test
    default void a_thousand_runs_that_wait_delay_another_tenant_by_none_of_them() throws InterruptedException {
        try (EngineRig rig = EngineRig.of(this);
                Hold hold = new Hold(CrashPoint.CLAIMED)) {
            EngineSite site = pipelines(
                    rig.alone(builder -> builder.runs(new LocalRunEngine(2)).crashPoints(hold)), "big", "small");
            submit(site, "big", 1_002);
            hold.awaitArrivals(2);
            Run run = submit(site, "small", 1).get(0);
            assertThat(run.status()).isEqualTo(RunStatus.QUEUED);
            hold.letOneGo(); // of those two who hold the slots
            hold.awaitArrivals(1);
            assertThat(run.refresh().status()).isEqualTo(RunStatus.RUNNING);
        }
    }

    @Test
    default void tenants_with_many_runs_take_turns() {
        try (EngineRig rig = EngineRig.of(this)) {
            EngineSite site = pipelines(rig.still(), "red", "green", "blue");
            List<Run> red = submit(site, "red", 9);
            List<Run> green = submit(site, "green", 9);
            for (int i = 0; i < 6; i++) {
                site.runs().carryOutNext();
            }
            List<Run> blue = submit(site, "blue", 9);
            for (int round = 1; round <= 3; round++) {
                for (int i = 0; i < 3; i++) {
                    site.runs().carryOutNext();
                }
                assertThat(over(red)).as("runs of red").isBetween(2L + round, 4L + round);
                assertThat(over(green)).as("runs of green").isBetween(2L + round, 4L + round);
                assertThat(over(blue)).as("runs of blue").isBetween(round - 1L, round + 1L);
            }
        }
    }

    @Test
    default void a_tenant_that_submits_one_run_when_the_last_has_begun_gets_no_more_turns_than_one_with_many() {
        try (EngineRig rig = EngineRig.of(this)) {
            EngineSite site = pipelines(rig.still(), "many", "single");
            List<Run> many = submit(site, "many", 12);
            List<Run> single = new ArrayList<>(submit(site, "single", 1));
            for (int i = 0; i < 12; i++) {
                site.runs().carryOutNext();
                if (over(single) == single.size()) {
                    single.addAll(submit(site, "single", 1));
                }
                assertThat(over(single) - over(many)).isBetween(-1L, 1L);
            }
        }
    }

    @Test
    default void a_tenant_that_its_limit_holds_up_gives_those_who_come_later_no_turns_that_are_over()
            throws InterruptedException {
        try (EngineRig rig = EngineRig.of(this);
                Hold hold = new Hold(CrashPoint.CLAIMED)) {
            EngineSite busy = pipelines(
                    rig.alone(builder -> builder.runs(new LocalRunEngine(1)).crashPoints(hold)),
                    "limited",
                    "early",
                    "late");
            busy.workspace("limited").settings().change(settings -> settings.limits(1, 1));
            submit(busy, "limited", 3);
            hold.awaitArrivals(1);
            EngineSite site = rig.still();
            List<Run> early = submit(site, "early", 14);
            for (int i = 0; i < 8; i++) {
                site.runs().carryOutNext();
            }
            assertThat(over(early)).isEqualTo(8);
            List<Run> late = submit(site, "late", 14);
            for (int i = 0; i < 6; i++) {
                site.runs().carryOutNext();
            }
            assertThat(over(early)).isBetween(10L, 12L);
            assertThat(over(late)).isBetween(2L, 4L);
        }
    }

    @Test
    default void a_tenant_that_had_many_runs_when_nobody_else_had_is_not_made_to_wait_for_it() {
        try (EngineRig rig = EngineRig.of(this)) {
            EngineSite site = pipelines(rig.still(), "old", "young");
            submit(site, "old", 10);
            site.runs().carryOutAll();
            List<Run> young = submit(site, "young", 10);
            List<Run> old = submit(site, "old", 1);
            for (int i = 0; i < 3; i++) {
                site.runs().carryOutNext();
            }
            assertThat(over(old)).isEqualTo(1);
            assertThat(over(young)).isEqualTo(2);
        }
    }
}
