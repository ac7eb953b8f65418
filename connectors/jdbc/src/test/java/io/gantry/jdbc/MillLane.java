// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.GantryException;
import io.gantry.Reason;
import io.gantry.Workspace;
import io.gantry.jdbc.MillWork.Lane;
import io.gantry.jdbc.MillWork.Sequel;
import io.gantry.run.Run;
import io.gantry.run.RunRequest;
import io.gantry.run.RunStatus;
import io.gantry.spi.FailureKind;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A thread of a mill: takes the steps of a lane, beginning with the last one that was begun by whatever process. */
final class MillLane {

    private static final Reason REASON = Reason.of("WRONG_FILE");
    private static final long PAUSE_NANOS = 20_000_000;

    private final Workspace workspace;
    private final Lane lane;
    private volatile boolean pausing;
    private volatile boolean paused;

    MillLane(Workspace workspace, Lane lane) {
        this.workspace = workspace;
        this.lane = lane;
    }

    void start() {
        Thread thread = new Thread(this::work, "mill-" + lane);
        thread.setDaemon(true);
        thread.start();
    }

    void pause(boolean pausing) {
        this.pausing = pausing;
    }

    boolean isPaused() {
        return pausing && paused;
    }

    private void work() {
        try {
            int step = persist(this::lastStep);
            while (true) {
                while (pausing) {
                    paused = true;
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                paused = false;
                take(step++);
            }
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            say("BROKEN", lane + " " + e);
            Runtime.getRuntime().halt(1);
        }
    }

    private int lastStep() {
        List<Run> runs = workspace.runs().list(lane.pipeline(), 1);
        return runs.isEmpty() ? 1 : Integer.parseInt(runs.get(0).parameters().get(MillWork.STEP));
    }

    private void take(int step) {
        Run run = carryOut(MillWork.load(lane, step, false), "load-" + step);
        Sequel sequel = MillWork.sequel(lane, step);
        if (sequel == Sequel.ROLLBACK) {
            persist(() -> run.rollBack(REASON));
            say("BACK", run.id());
        } else if (sequel == Sequel.CORRECTION && run.status() == RunStatus.PARTIAL) {
            carryOut(MillWork.load(lane, step, true).correctionOf(run.id()), "mend-" + step);
        } else if (sequel == Sequel.EXPORT) {
            carryOut(MillWork.export(step), "export-" + step);
        }
    }

    /** Submits until a run has succeeded; one that failed for something that was away is followed by another. */
    private Run carryOut(RunRequest request, String key) {
        for (int i = 0; ; i++) {
            RunRequest keyed = request.idempotencyKey(lane + "/" + key + "/" + i);
            Run run = persist(() -> workspace.runs().submit(keyed));
            say("SUBMITTED", run.id());
            Run ended = persist(run::await);
            say(
                    "ENDED",
                    ended.id() + " " + ended.status() + " "
                            + ended.error().map(error -> error.code()).orElse(""));
            if (ended.status() != RunStatus.FAILED) {
                return ended;
            }
        }
    }

    private interface Attempt<T> {
        T make();
    }

    /** Asks again as long as the store is away or someone else is just at it. */
    private static <T> T persist(Attempt<T> attempt) {
        while (true) {
            try {
                return attempt.make();
            } catch (GantryException e) {
                if (e.kind() != FailureKind.TRANSIENT
                        && e.kind() != FailureKind.UNKNOWN_OUTCOME
                        && !String.valueOf(e.getMessage()).contains("is being rolled back already")) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static void say(String word, String about) {
        System.out.println(word + " " + about);
    }
}
