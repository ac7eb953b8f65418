// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.local.LocalRunEngine;
import io.gantry.run.CrashPoint;
import io.gantry.run.Run;
import io.gantry.run.RunRequest;
import io.gantry.run.RunStatus;
import io.gantry.testkit.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That limits are kept by all engines together, and that a run tells the truth about why it waits, and nothing of others. */
interface EngineLimits {

    private static Run submit(EngineSite site, String tenant, String pipeline) {
        return site.workspace(tenant).runs().submit(RunRequest.of(pipeline, EngineRig.file(tenant)));
    }

    @Test
    default void two_engines_together_carry_out_no_more_runs_of_a_tenant_and_a_pipeline_than_they_may()
            throws InterruptedException {
        try (EngineRig rig = EngineRig.of(this);
                Hold hold = new Hold(CrashPoint.CLAIMED)) {
            List<EngineSite> sites = List.of(
                    rig.still(builder -> builder.crashPoints(hold)), rig.still(builder -> builder.crashPoints(hold)));
            EngineSite site = sites.get(0);
            site.workspace().settings().change(settings -> settings.limits(3, 2));
            List<Run> runs = new ArrayList<>();
            for (String code : List.of("p", "q")) {
                site.pipeline(EngineRig.TENANT, code);
                for (int i = 0; i < 5; i++) {
                    runs.add(submit(site, EngineRig.TENANT, code));
                }
            }
            AtomicInteger idle = new AtomicInteger();
            Thread letGo = new Thread(() -> {
                // once all but those who got a run have found that there is none for them
                while (idle.get() < EngineMoves.THREADS - 3) {
                    Thread.onSpinWait();
                }
            });
            Thread check = new Thread(() -> Together.run(EngineMoves.THREADS, thread -> {
                if (!sites.get(thread % 2).runs().carryOutNext()) {
                    idle.incrementAndGet();
                }
            }));
            check.start();
            letGo.start();
            hold.awaitArrivals(3);
            letGo.join();
            assertThat(underWay(runs)).as("runs of the tenant").isEqualTo(3);
            for (String code : List.of("p", "q")) {
                assertThat(underWay(runs.stream()
                                .filter(run -> run.pipeline().equals(code))
                                .toList()))
                        .as("runs of pipeline %s", code)
                        .isBetween(1L, 2L);
            }
            hold.letGo();
            check.join();
            assertThat(sites.get(1).runs().carryOutAll()).isEqualTo(7);
            EngineRig.events(site.workspace());
        }
    }

    @Test
    default void an_engine_that_has_decided_before_others_took_what_may_be_taken_decides_anew()
            throws InterruptedException {
        try (EngineRig rig = EngineRig.of(this);
                Hold before = new Hold(CrashPoint.CLAIMED);
                Hold after = new Hold(CrashPoint.CLAIMED)) {
            EngineSite first = rig.still(builder -> builder.crashPoints(before));
            first.workspace().settings().change(settings -> settings.limits(3, 1));
            List<Run> runs = new ArrayList<>();
            for (String code : List.of("p", "q", "r")) {
                first.pipeline(EngineRig.TENANT, code);
            }
            List<String> codes = List.of("p", "q", "p", "q", "r");
            codes.forEach(code -> runs.add(submit(first, EngineRig.TENANT, code)));
            List<Thread> threads = new ArrayList<>(List.of(first.begin(), first.begin()));
            before.awaitArrivals(2);
            // the second engine passes over p and q, which are full, and decides to take r; before it says so, the
            // limit is
            // lowered, the first runs of p and q end, and the third engine takes the second ones
            FailingDocuments store = new FailingDocuments(rig.store());
            EngineSite second = rig.still(builder -> builder.documents(store));
            EngineSite third = rig.still(builder -> builder.crashPoints(after));
            store.beforeNextCommit(() -> {
                first.workspace().settings().change(settings -> settings.limits(2, 1));
                before.letGo();
                runs.get(0).await(EngineLeases.PATIENCE);
                runs.get(1).await(EngineLeases.PATIENCE);
                threads.add(third.begin());
                threads.add(third.begin());
                awaitTwo(after);
            });
            assertThat(second.runs().carryOutNext()).isFalse();
            assertThat(underWay(runs)).isEqualTo(4);
            after.letGo();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(third.runs().carryOutAll()).isEqualTo(1);
        }
    }

    private static void awaitTwo(Hold hold) {
        try {
            hold.awaitArrivals(2);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static long underWay(List<Run> runs) {
        return runs.stream().filter(run -> run.refresh().attempt() > 0).count();
    }

    @Test
    default void a_run_says_why_it_waits_and_nothing_of_other_tenants() throws InterruptedException {
        List<String> alone = reasons(0);
        assertThat(alone)
                .containsExactly(
                        "Pipeline 'p' has 1 of at most 1 runs under way",
                        "It is the next of the tenant's runs; it waits for its turn and for a free slot of the engine",
                        "2 runs of the tenant have their turns before it",
                        "The tenant has 1 of at most 1 runs under way",
                        "");
        assertThat(reasons(7)).isEqualTo(alone);
    }

    /** Why runs wait, with as many runs of another tenant waiting before them. */
    private List<String> reasons(int others) throws InterruptedException {
        try (EngineRig rig = EngineRig.of(this);
                Hold hold = new Hold(CrashPoint.CLAIMED)) {
            EngineSite site =
                    rig.alone(builder -> builder.runs(new LocalRunEngine(1)).crashPoints(hold));
            for (String code : List.of("p", "q", "r", "s")) {
                site.pipeline(EngineRig.TENANT, code);
            }
            site.pipeline("others", "p");
            Run first = submit(site, EngineRig.TENANT, "p");
            hold.awaitArrivals(1);
            for (int i = 0; i < others; i++) {
                submit(site, "others", "p");
            }
            Run next = submit(site, EngineRig.TENANT, "q");
            submit(site, EngineRig.TENANT, "r");
            Run last = submit(site, EngineRig.TENANT, "s");
            Run same = submit(site, EngineRig.TENANT, "p");
            List<String> reasons = new ArrayList<>(
                    Stream.of(same, next, last).map(Run::whyWaiting).toList());
            site.workspace().settings().change(settings -> settings.limits(1, 1));
            reasons.add(last.whyWaiting());
            reasons.add(first.whyWaiting());
            return reasons;
        }
    }

    @Test
    default void a_run_that_takes_longer_than_its_tenant_permits_fails_and_loads_nothing() {
        try (EngineRig rig = EngineRig.of(this)) {
            List<EngineSite> sites = new ArrayList<>();
            sites.add(rig.still(builder -> builder.crashPoints(point -> {
                if (point == CrashPoint.FIRST_BATCH_STAGED) {
                    rig.clock().advance(Duration.ofSeconds(10)); // with that, it has taken eleven
                    sites.get(0).pulse().beat();
                } else if (point == CrashPoint.CLAIMED) {
                    rig.clock().advance(Duration.ofSeconds(1));
                    sites.get(0).pulse().beat();
                }
            })));
            EngineSite site = sites.get(0).pipeline();
            site.workspace().settings().change(settings -> settings.timeoutSeconds(10));
            Run late = site.submit("a");
            rig.clock().advance(Duration.ofHours(1)); // waiting does not count
            site.runs().carryOutAll();
            assertThat(late.refresh().status()).isEqualTo(RunStatus.FAILED);
            assertThat(late.refresh().error().orElseThrow().code()).isEqualTo("RUN_TIMED_OUT");
            assertThat(late.refresh().error().orElseThrow().message()).contains("longer than 10 seconds");
            rig.assertIds();
            site.workspace().settings().change(settings -> settings.timeoutSeconds(12));
            Run quick = site.submit("b");
            site.runs().carryOutAll();
            assertThat(quick.refresh().status()).isEqualTo(RunStatus.SUCCEEDED);
            rig.assertIds("b");
        }
    }
}
