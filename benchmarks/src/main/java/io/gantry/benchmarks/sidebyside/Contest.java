// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gantry.benchmarks.SampleFile;
import io.gantry.benchmarks.SampleWorkbook;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Has every entry done in turn, round after round, each in a process of its own. */
public final class Contest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Options options;
    private final PrintStream out;
    private final Server server;

    private Contest(Options options, PrintStream out, Server server) {
        this.options = options;
        this.out = out;
        this.server = server;
    }

    /**
     * Starts a server, holds the contest, prints its table and writes its figures.
     *
     * @param options what it is about
     * @param out where the table goes
     * @throws Exception when a contestant fails, or leaves anything but the right rows
     */
    public static void hold(Options options, PrintStream out) throws Exception {
        Files.createDirectories(options.folder());
        try (Server server = Server.start(options.server(), options.folder())) {
            new Contest(options, out, server).hold();
        }
    }

    private void hold() throws Exception {
        Map<String, String> machine;
        try (PersonTable table = new PersonTable(server.url())) {
            machine = Machine.description(table.serverVersion());
        }
        machine.forEach((name, value) -> out.println(name + ": " + value));
        out.println(options);
        Map<Entry, List<Outcome>> outcomes = new LinkedHashMap<>();
        List<Entry> entries = entries();
        entries.forEach(entry -> outcomes.put(entry, new ArrayList<>()));
        for (int round = 0; round < options.rounds(); round++) {
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.get((i + round) % entries.size()); // nobody is always first
                String load = Machine.load();
                Outcome outcome = run(entry);
                outcomes.computeIfAbsent(entry, key -> new ArrayList<>()).add(outcome);
                out.printf(
                        "round %d, %s, %s (load %s): %s, peak %d MB %s%n",
                        round + 1,
                        entry.contestant(),
                        entry.label(),
                        load,
                        outcome.phases(),
                        outcome.peakResidentMegabytes(),
                        outcome.remarks());
            }
        }
        Summary summary = Summary.of(outcomes);
        out.println();
        summary.print(out);
        summary.write(options.json(), machine, options.toString(), outcomes);
        out.println("\nAll figures: " + options.json());
    }

    private List<Entry> entries() {
        return options.suites().stream()
                .flatMap(suite -> suite.entries(options.rows(), options.heap()).stream())
                .filter(entry ->
                        options.contestants().isEmpty() || options.contestants().contains(entry.contestant()))
                .filter(entry -> !entry.contestant().equals("psql") || Psql.isInstalled())
                .toList();
    }

    private Outcome run(Entry entry) throws Exception {
        Path file = SampleFile.make(options.folder(), entry.rows(), entry.badPercent());
        Path input = entry.work() == Work.IMPORT_XLSX ? SampleWorkbook.make(options.folder(), entry.rows()) : file;
        Path output = options.folder().resolve("output.csv");
        try (PersonTable table = new PersonTable(server.url())) {
            Fingerprint before = table.prepare(entry, file);
            Job job = new Job(
                    entry,
                    server.url(),
                    server.port(),
                    server.postmaster(),
                    input.toString(),
                    output.toString(),
                    table.expected(entry, file),
                    before,
                    options.warmUps());
            return carryOut(job);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private Outcome carryOut(Job job) throws IOException, InterruptedException {
        Path order = Files.createTempFile(options.folder(), "job", ".json");
        Path answer = Files.createTempFile(options.folder(), "outcome", ".json");
        try {
            JSON.writeValue(order.toFile(), job);
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-Xmx" + job.entry().heap(), "-Dorg.jboss.logging.provider=slf4j"));
            command.addAll(options.jvmOptions());
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
            command.addAll(List.of(order.toString(), answer.toString()));
            Process process = new ProcessBuilder(command).inheritIO().start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(job.entry() + " has failed");
            }
            return JSON.readValue(answer.toFile(), Outcome.class);
        } finally {
            Files.deleteIfExists(order);
            Files.deleteIfExists(answer);
        }
    }
}
