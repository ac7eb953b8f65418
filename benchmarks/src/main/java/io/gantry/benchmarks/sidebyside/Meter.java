// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures the phases of a work in a contestant's process. */
final class Meter {

    private final long postmaster;
    private final List<Figures> phases = new ArrayList<>();
    private final Map<String, String> remarks = new LinkedHashMap<>();
    private boolean elsewhere;

    Meter(long postmaster) {
        this.postmaster = postmaster;
    }

    /** A phase. */
    @FunctionalInterface
    interface Phase<T> {
        T run() throws Exception;
    }

    /** Measures what this process does. */
    <T> T measure(String name, Phase<T> phase) throws Exception {
        return measure(name, phase, Cpu::own);
    }

    /** Measures what a process does that this one starts, and whose end it waits for. */
    <T> T measureChild(String name, Phase<T> phase) throws Exception {
        elsewhere = true;
        return measure(name, phase, Cpu::endedChildren);
    }

    void remark(String name, String text) {
        remarks.put(name, text);
    }

    @FunctionalInterface
    private interface Clock {
        double seconds() throws IOException;
    }

    private <T> T measure(String name, Phase<T> phase, Clock client) throws Exception {
        double server = Cpu.tree(postmaster);
        double cpu = client.seconds();
        long begin = System.nanoTime();
        T result = phase.run();
        double wall = (System.nanoTime() - begin) / 1e9;
        phases.add(new Figures(name, wall, client.seconds() - cpu, Cpu.tree(postmaster) - server));
        return result;
    }

    Outcome outcome() throws IOException {
        return new Outcome(List.copyOf(phases), elsewhere ? 0 : Cpu.peakResidentMegabytes(), remarks);
    }
}
