// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

/** Signals to processes that a test has started. */
final class Signals {

    private Signals() {}

    /** Stops a process or has it go on, and waits until it does. */
    static void send(String name, long process) throws Exception {
        String pid = Long.toString(process);
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor())
                .isZero();
        boolean stopped;
        do {
            Process look = new ProcessBuilder("ps", "-o", "state=", "-p", pid).start();
            stopped = new String(look.getInputStream().readAllBytes(), StandardCharsets.UTF_8).startsWith("T");
        } while (stopped != name.equals("STOP"));
    }
}
