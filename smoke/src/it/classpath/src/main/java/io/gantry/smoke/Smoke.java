// SPDX-License-Identifier: Apache-2.0
package io.gantry.smoke;

import io.gantry.Gantry;
import java.nio.file.Files;
import java.nio.file.Path;

/** Uses each Gantry artifact once, the way an application does that has nothing but their jars. */
public final class Smoke {

    private Smoke() {}

    /**
     * Fails when anything is not as it should be.
     *
     * @param arguments {@code modules} or {@code classpath}: how the application is expected to run
     * @throws Exception when a file or a database cannot be used
     */
    public static void main(String[] arguments) throws Exception {
        boolean modular = arguments[0].equals("modules");
        require(Smoke.class.getModule().isNamed() == modular, "the application runs as expected: " + arguments[0]);
        require(Gantry.class.getModule().isNamed() == modular, "Gantry runs as expected: " + arguments[0]);
        Path folder = Files.createTempDirectory("gantry-smoke");
        InMemory.run(folder);
        InMemory.refuseClosedRecord();
        InDatabase.run(folder);
        WithClient.run(folder);
        WithTestKits.run();
        System.out.println("smoke: all is well with " + arguments[0]);
    }

    static void require(boolean condition, String expectation) {
        if (!condition) {
            throw new AssertionError("Expected: " + expectation);
        }
    }
}
