// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** CPU seconds of processes, from {@code /proc}: in hundredths, as the kernel tells them. */
final class Cpu {

    private static final Path PROC = Path.of("/proc");
    private static final double TICKS = 100;

    // places in /proc/pid/stat behind the name
    private static final int PARENT = 1;
    private static final int USER = 11;
    private static final int CHILDREN_SYSTEM = 14;

    private Cpu() {}

    /** Of this process, with the threads that compile and collect garbage. */
    static double own() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }

    /** Of the processes that this one has started, and that have ended. */
    static double endedChildren() throws IOException {
        String[] stat = stat(PROC.resolve("self"));
        return (Long.parseLong(stat[CHILDREN_SYSTEM - 1]) + Long.parseLong(stat[CHILDREN_SYSTEM])) / TICKS;
    }

    /** Of a server's first process, its children, and those of them that have ended. */
    static double tree(long pid) throws IOException {
        Path first = PROC.resolve(Long.toString(pid));
        while (true) {
            double before = whole(stat(first));
            double children = children(pid);
            if (whole(stat(first)) == before) {
                return before + children;
            } // else a child has ended in the meantime, and may have been counted twice, or not at all
        }
    }

    private static double children(long pid) throws IOException {
        double sum = 0;
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                try {
                    String[] stat = stat(process);
                    sum += Long.parseLong(stat[PARENT]) == pid ? whole(stat) : 0;
                } catch (IOException e) {
                    continue; // it has ended
                }
            }
        }
        return sum;
    }

    /** Of the living threads of this process, those of the same name taken together; the most first. */
    static String byThread() throws IOException {
        Map<String, Double> seconds = new TreeMap<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(PROC.resolve("self/task"))) {
            for (Path thread : threads) {
                try {
                    String[] stat = stat(thread);
                    double cpu = (Long.parseLong(stat[USER]) + Long.parseLong(stat[USER + 1])) / TICKS;
                    String name =
                            Files.readString(thread.resolve("comm")).strip().replaceAll("[-#0-9]+$", "");
                    seconds.merge(name, cpu, Double::sum);
                } catch (IOException e) {
                    continue; // it has ended
                }
            }
        }
        return seconds.entrySet().stream()
                .filter(entry -> entry.getValue() >= 0.05)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(entry -> String.format(Locale.ROOT, "%s %.2f s", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static double whole(String[] stat) {
        long ticks = 0;
        for (int i = USER; i <= CHILDREN_SYSTEM; i++) {
            ticks += Long.parseLong(stat[i]);
        }
        return ticks / TICKS;
    }

    private static String[] stat(Path process) throws IOException {
        String line = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
        return line.substring(line.lastIndexOf(')') + 2).split(" ");
    }

    /** The most memory that this process has had, in megabytes. */
    static long peakResidentMegabytes() throws IOException {
        return Files.readAllLines(PROC.resolve("self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(0);
    }
}
