// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.pipeline.VersionDiff;
import java.util.Comparator;

/** The number of a version. */
record Semver(int major, int minor, int patch) implements Comparable<Semver> {

    static final Semver FIRST = new Semver(1, 0, 0);

    private static final Comparator<Semver> ORDER = Comparator.comparingInt(Semver::major)
            .thenComparingInt(Semver::minor)
            .thenComparingInt(Semver::patch);

    /** Reads a number that the engine wrote. */
    static Semver of(String text) {
        String[] parts = text.split("\\.", -1);
        return new Semver(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    /** The number after this one for a change of some weight. */
    Semver next(VersionDiff.Weight weight) {
        return switch (weight) {
            case BREAKING -> new Semver(major + 1, 0, 0);
            case ADDITION -> new Semver(major, minor + 1, 0);
            case DETAIL -> new Semver(major, minor, patch + 1);
        };
    }

    @Override
    public int compareTo(Semver other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
