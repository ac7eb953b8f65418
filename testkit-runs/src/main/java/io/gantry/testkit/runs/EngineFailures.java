// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.GantryException;
import io.gantry.Reason;
import io.gantry.run.Run;
import io.gantry.run.RunQuery;
import io.gantry.run.RunRequest;
import io.gantry.run.RunStatus;
import io.gantry.testkit.runs.FailingDocuments.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * That nothing is lost, double or stuck whichever call of the document store fails, and however: a run is submitted, carried out
 * and taken back with the first call failing, then with the second, and so on until no call is left.
 */
interface EngineFailures {

    Reason WRONG = Reason.of("WRONG_FILE");

    @TestFactory
    default Stream<DynamicTest> whichever_call_of_the_store_fails_nothing_is_lost_or_double_or_stuck() {
        return Arrays.stream(Failure.values())
                .map(failure -> DynamicTest.dynamicTest(failure.name(), () -> failEachCall(failure)));
    }

    private void failEachCall(Failure failure) {
        try (EngineRig rig = EngineRig.of(this)) {
            FailingDocuments store = new FailingDocuments(rig.store());
            EngineSite site = rig.still(builder -> builder.documents(store)).pipeline();
            site.submit("old");
            site.runs().carryOutAll();
            int call = 1;
            while (failOneCall(rig, site, store, failure, call)) {
                call += rig.suite().failureStep();
            }
            assertThat(call).as("calls that were made to fail").isGreaterThan(failure == Failure.TRANSIENT ? 20 : 5);
            EngineRig.events(site.workspace());
        }
    }

    /** False when there are fewer calls. */
    private static boolean failOneCall(
            EngineRig rig, EngineSite site, FailingDocuments store, Failure failure, int call) {
        String name = failure + " in call " + call;
        String id = "c" + call;
        RunRequest request = RunRequest.of(EngineSite.LOAD, EngineRig.file(id)).idempotencyKey(name);
        long audited = EngineRig.events(site.workspace()).size();
        store.fail(call, failure);
        Tally<Run> submitted = new Tally<>();
        submitted.call(() -> site.workspace().runs().submit(request));
        site.runs().carryOutAll();
        Tally<Object> rolledBack = new Tally<>();
        submitted.successes().forEach(run -> rolledBack.call(() -> run.rollBack(WRONG)));
        boolean more = !store.isUnused();

        for (int beat = 0; beat < 3; beat++) {
            rig.passLease();
            site.pulse().beat();
            site.runs().carryOutAll();
        }
        if (failure == Failure.TRANSIENT) {
            submitted.failedOnlyWith("STORE_AWAY");
            rolledBack.failedOnlyWith("STORE_AWAY", "ILLEGAL_STATE");
        } else {
            // the store can be asked what became of the commit, and so nobody hears of it
            submitted.failedOnlyWith();
            rolledBack.failedOnlyWith();
        }
        Run run = site.workspace().runs().submit(request); // sent again, as callers do
        site.runs().carryOutAll();
        submitted.successes().forEach(first -> assertThat(run.id()).isEqualTo(first.id()));
        checkEnd(rig, run.refresh(), id, name);
        assertThat(site.workspace()
                        .runs()
                        .list(RunQuery.ALL.status(RunStatus.QUEUED, RunStatus.RUNNING))
                        .items())
                .as(name)
                .isEmpty();
        assertThat(EngineRig.events(site.workspace()).stream()
                        .skip(audited)
                        .filter(event -> event.subject().equals("run:" + run.id()))
                        .filter(event -> List.of("RUN_SUBMIT", "RUN_END").contains(event.action()))
                        .map(event -> event.action()))
                .as(name)
                .containsExactly("RUN_SUBMIT", "RUN_END");
        takeBack(rig, run, id, name);
        return more;
    }

    /** That the run says what the dataset holds. */
    private static void checkEnd(EngineRig rig, Run run, String id, String name) {
        boolean there = rig.content().containsKey(id);
        switch (run.status()) {
            case SUCCEEDED -> assertThat(there).as(name).isTrue();
            case ROLLED_BACK -> assertThat(there).as(name).isFalse();
            case FAILED -> {
                assertThat(there).as("%s: %s", name, run.error()).isFalse();
                assertThat(run.error())
                        .get()
                        .satisfies(error -> assertThat(error.code()).as(name).isEqualTo("STORE_AWAY"));
            }
            default -> throw new AssertionError(name + ": " + run);
        }
        rig.content().keySet().forEach(key -> assertThat(key).as(name).isIn("old", id));
    }

    /** That a rollback can be asked for once more, whatever became of the first. */
    private static void takeBack(EngineRig rig, Run run, String id, String name) {
        try {
            run.rollBack(WRONG);
        } catch (GantryException e) {
            throw new AssertionError(name + ": " + e.getMessage(), e);
        }
        assertThat(rig.content()).as(name).doesNotContainKey(id).containsKey("old");
        assertThat(run.refresh().status()).as(name).isIn(RunStatus.ROLLED_BACK, RunStatus.FAILED);
    }
}
