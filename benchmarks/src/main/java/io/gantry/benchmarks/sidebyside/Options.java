// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import io.gantry.benchmarks.SampleFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What a contest is about.
 *
 * @param suites what is done, see {@link Suite}
 * @param contestants who takes part; empty for all
 * @param rows of the file
 * @param rounds how often each contestant does each work
 * @param warmUps how often it does it in the same process before that is measured
 * @param heap the heap of each process, where the suite does not set it
 * @param server {@code embedded} or {@code installed}
 * @param folder where the sample files lie, and stay
 * @param json where the figures go
 * @param jvmOptions of the processes, beside the heap
 */
public record Options(
        List<Suite> suites,
        Set<String> contestants,
        int rows,
        int rounds,
        int warmUps,
        String heap,
        String server,
        Path folder,
        Path json,
        List<String> jvmOptions) {

    /** What the options mean. */
    public static final String HELP = """
            --suites a,b       of insert, upsert, export, memory, growth (insert,upsert,export)
            --contestants a,b  of gantry, psql, copy, batch, spring, handwritten (all)
            --rows n           rows of the file (200000)
            --rounds n         times that each contestant does each work (3)
            --warm-ups n       times that it does it before, in the same process, unmeasured (0)
            --heap size        of each process, unless the suite sets it (1g)
            --server which     embedded, or installed: the one whose programs are in /usr/lib/postgresql (embedded)
            --folder path      for the sample files (gantry-benchmarks in the folder for temporary files)
            --json path        for the figures (side-by-side.json in that folder)
            --jvm-options "…"  for the processes of the contestants
            """;

    /**
     * Reads the arguments of the program.
     *
     * @param arguments pairs of name and value
     * @return the options
     * @throws IllegalArgumentException when one is unknown or has no value
     */
    public static Options parse(String... arguments) {
        Path folder = SampleFile.FOLDER;
        Options options = new Options(
                List.of(Suite.INSERT, Suite.UPSERT, Suite.EXPORT),
                Set.of(),
                200_000,
                3,
                0,
                "1g",
                "embedded",
                folder,
                folder.resolve("side-by-side.json"),
                List.of());
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value\n" + HELP);
            }
            options = options.with(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private Options with(String name, String value) {
        List<Suite> newSuites = suites;
        Set<String> newContestants = contestants;
        int newRows = rows;
        int newRounds = rounds;
        int newWarmUps = warmUps;
        String newHeap = heap;
        String newServer = server;
        Path newFolder = folder;
        Path newJson = json;
        List<String> newJvmOptions = jvmOptions;
        switch (name) {
            case "--suites" -> newSuites = list(value).stream().map(Suite::of).toList();
            case "--contestants" -> newContestants = Set.copyOf(list(value));
            case "--rows" -> newRows = Integer.parseInt(value);
            case "--rounds" -> newRounds = Integer.parseInt(value);
            case "--warm-ups" -> newWarmUps = Integer.parseInt(value);
            case "--heap" -> newHeap = value;
            case "--server" -> newServer = value;
            case "--folder" -> newFolder = Path.of(value);
            case "--json" -> newJson = Path.of(value);
            case "--jvm-options" -> newJvmOptions = List.of(value.strip().split(" +"));
            default -> throw new IllegalArgumentException("There is no option " + name + "\n" + HELP);
        }
        return new Options(
                newSuites,
                newContestants,
                newRows,
                newRounds,
                newWarmUps,
                newHeap,
                newServer,
                newFolder,
                newJson,
                newJvmOptions);
    }

    private static List<String> list(String value) {
        return List.of(value.split(","));
    }
}
