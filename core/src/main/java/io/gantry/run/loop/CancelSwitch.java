// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.spi.Cancellation;
import java.util.ArrayList;
import java.util.List;

/** The cancellation of one run. Safe for use by several threads. */
public final class CancelSwitch implements Cancellation {

    private final List<Runnable> actions = new ArrayList<>();
    private volatile boolean requested;

    /** Makes a switch that is off. */
    public CancelSwitch() {
        // off
    }

    /** Asks for the stop. */
    public void request() {
        List<Runnable> due;
        synchronized (actions) {
            requested = true;
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }

    @Override
    public boolean requested() {
        return requested;
    }

    @Override
    public Registration onRequest(Runnable action) {
        synchronized (actions) {
            if (!requested) {
                actions.add(action);
                return () -> {
                    synchronized (actions) {
                        actions.remove(action);
                    }
                };
            }
        }
        action.run();
        return () -> {};
    }
}
