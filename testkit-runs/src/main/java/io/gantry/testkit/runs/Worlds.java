// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import io.gantry.spi.dataset.LoadMode;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Checks a property in many worlds: some for each load mode and error policy. */
final class Worlds {

    private static final String HOW_MANY = "gantry.worlds";
    private static final String ONLY = "gantry.world";

    private Worlds() {}

    /** What must hold of a world. */
    @FunctionalInterface
    interface Property {
        void check(World world) throws Exception;
    }

    /** One test for each load mode and error policy. */
    static Stream<DynamicTest> each(Object contract, Property property) {
        return Arrays.stream(LoadMode.values())
                .flatMap(mode -> Arrays.stream(Policy.values())
                        .map(policy -> test((RunContract) contract, mode, policy, mode + ", " + policy, property)));
    }

    /** One test for each load mode, of a property that has nothing to do with bad rows. */
    static Stream<DynamicTest> eachMode(Object contract, Property property) {
        return Arrays.stream(LoadMode.values())
                .map(mode -> test((RunContract) contract, mode, Policy.SKIP_ROWS, mode.name(), property));
    }

    private static DynamicTest test(RunContract suite, LoadMode mode, Policy policy, String name, Property property) {
        return DynamicTest.dynamicTest(
                name,
                () -> seeds(suite)
                        .mapToObj(seed -> new Place(mode, policy, seed))
                        .filter(Worlds::isWanted)
                        .forEach(place -> check(suite, place, property)));
    }

    private static IntStream seeds(RunContract suite) {
        String only = System.getProperty(ONLY);
        if (only != null) {
            return IntStream.of(Integer.parseInt(only.substring(only.lastIndexOf('/') + 1)));
        }
        return IntStream.rangeClosed(1, Integer.getInteger(HOW_MANY, suite.worlds()));
    }

    private static boolean isWanted(Place place) {
        String only = System.getProperty(ONLY);
        return only == null || only.equals(place.toString());
    }

    private static void check(RunContract suite, Place place, Property property) {
        try (World world = new World(suite, place)) {
            property.check(world);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(
                    "In world " + place + " (to see only this one: -D" + ONLY + "=" + place + "): " + e.getMessage(),
                    e);
        }
    }
}
