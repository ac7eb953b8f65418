// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import io.gantry.spi.dataset.LoadMode;
import java.util.Random;

/** Where to find a world again: a load mode, an error policy, and which of the endlessly many worlds of these. */
record Place(LoadMode mode, Policy policy, int seed) {

    /** The chance of this world: the same each time. */
    Random random() {
        long mixed = (seed * 31L + mode.ordinal() * 7L + policy.ordinal()) * 0x9E3779B97F4A7C15L;
        return new Random(mixed ^ mixed >>> 32);
    }

    @Override
    public String toString() {
        return mode + "/" + policy + "/" + seed;
    }
}
