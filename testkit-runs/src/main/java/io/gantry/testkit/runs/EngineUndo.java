// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.Reason;
import io.gantry.run.CrashPoint;
import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import io.gantry.spi.dataset.AppliedRun;
import io.gantry.spi.dataset.RollbackOutcome;
import io.gantry.spi.dataset.UndoableDataset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** That runs can be rolled back for as long as their tenant wants, and that what it takes is forgotten then. */
interface EngineUndo {

    Reason WRONG_FILE = Reason.of("WRONG_FILE");

    private static Run load(EngineSite site, String... ids) {
        Run run = site.submit(ids);
        site.runs().carryOutAll();
        return run.refresh();
    }

    private static AppliedRun.Undo undo(EngineRig rig, Run run) {
        return ((UndoableDataset) rig.dataset()).applied(run.id()).orElseThrow().undo();
    }

    private static EngineSite site(EngineRig rig) {
        EngineSite site = rig.still().pipeline();
        site.workspace().settings().change(settings -> settings.undoDays(30));
        return site;
    }

    @Test
    default void a_run_can_be_rolled_back_for_as_long_as_the_tenant_wants_and_not_a_moment_longer() {
        try (EngineRig rig = EngineRig.of(this)) {
            EngineSite site = site(rig);
            Run early = load(site, "a");
            Run late = load(site, "b");
            Instant until = rig.clock().instant().plus(Duration.ofDays(30));
            assertThat(early.undoableUntil()).contains(until);
            rig.clock().advance(Duration.ofDays(30).minusMillis(1));
            assertThat(late.previewRollback().reversed()).isOne();
            assertThat(late.rollBack(WRONG_FILE).reversed()).isOne();
            assertThat(late.refresh().undoableUntil()).isEmpty();
            rig.clock().advance(Duration.ofMillis(1));
            for (var call : List.<ThrowingCallable>of(early::previewRollback, () -> early.rollBack(WRONG_FILE))) {
                assertThatThrownBy(call)
                        .hasMessageContaining("could be rolled back until " + until)
                        .extracting("code")
                        .isEqualTo("UNDO_EXPIRED");
            }
            rig.assertIds("a");
        }
    }

    @Test
    default void what_it_takes_to_undo_a_run_is_forgotten_when_its_time_is_over() {
        try (EngineRig rig = EngineRig.of(this)) {
            EngineSite site = site(rig);
            Run early = load(site, "a");
            rig.clock().advance(Duration.ofDays(20));
            Run late = load(site, "b");
            rig.clock().advance(Duration.ofDays(10));
            rig.passLease();
            site.runs().carryOutAll();
            assertThat(undo(rig, early)).isEqualTo(AppliedRun.Undo.EXPIRED);
            assertThat(undo(rig, late)).isEqualTo(AppliedRun.Undo.POSSIBLE);
            assertThat(EngineRig.events(site.workspace()))
                    .filteredOn(event -> event.action().equals("RUN_UNDO_FORGET"))
                    .extracting("subject")
                    .containsExactly("run:" + early.id());
            assertThat(early.refresh().status()).isEqualTo(RunStatus.SUCCEEDED);
            rig.assertIds("a", "b");
        }
    }

    @Test
    default void a_change_of_the_setting_concerns_runs_that_end_after_it() {
        try (EngineRig rig = EngineRig.of(this)) {
            EngineSite site = site(rig);
            Run early = load(site, "a");
            site.workspace().settings().change(settings -> settings.undoDays(1));
            Run late = load(site, "b");
            rig.clock().advance(Duration.ofDays(2));
            assertThat(early.previewRollback().reversed()).isOne();
            assertThatThrownBy(late::previewRollback).extracting("code").isEqualTo("UNDO_EXPIRED");
        }
    }

    @Test
    default void nothing_is_kept_for_a_run_that_changed_nothing_or_was_taken_back() {
        try (EngineRig rig = EngineRig.of(this)) {
            EngineSite site = site(rig);
            Run first = load(site, "a");
            assertThat(load(site, "a").undoableUntil()).isEmpty();
            first.rollBack(WRONG_FILE);
            rig.clock().advance(Duration.ofDays(31));
            site.runs().carryOutAll();
            assertThat(undo(rig, first)).isEqualTo(AppliedRun.Undo.DONE);
            assertThat(EngineRig.count(site.workspace(), "RUN_UNDO_FORGET")).isZero();
        }
    }

    @Test
    default void nothing_is_forgotten_of_a_run_that_is_being_taken_back() {
        try (EngineRig rig = EngineRig.of(this)) {
            EngineSite other = site(rig);
            AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
            EngineSite site = rig.still(builder -> builder.crashPoints(point -> {
                if (point == CrashPoint.ROLLBACK_BEGUN) {
                    Objects.requireNonNull(meanwhile.get()).run();
                }
            }));
            Run run = load(other, "a");
            rig.clock().advance(Duration.ofDays(30).minusSeconds(1));
            meanwhile.set(() -> {
                rig.clock().advance(EngineRig.LEASE.minusSeconds(1));
                site.pulse().beat();
                rig.clock().advance(Duration.ofSeconds(3));
                other.runs().carryOutAll();
            });
            assertThat(site.seen(run).rollBack(WRONG_FILE)).isEqualTo(new RollbackOutcome(1, 0, 0, List.of()));
            rig.assertIds();
        }
    }
}
