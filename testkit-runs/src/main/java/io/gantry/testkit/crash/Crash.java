// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.crash;

import io.gantry.run.CrashPoint;

/**
 * One crash to be tried.
 *
 * @param deed what the engine is about
 * @param point where it crashes
 */
public record Crash(Deed deed, CrashPoint point) {

    public Crash {
        if (!deed.points().contains(point)) {
            throw new IllegalArgumentException(deed + " does not come to " + point + ", only to " + deed.points());
        }
    }

    @Override
    public String toString() {
        return deed + " at " + point;
    }
}
