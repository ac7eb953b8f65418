// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.documents;

import io.gantry.jdbc.JdbcDocuments;
import io.gantry.spi.ProviderException;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.document.DocumentWrite;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.h2.jdbcx.JdbcDataSource;

/**
 * Kills processes that commit to a file, and counts the commits that were told of and are gone.
 *
 * <p>Arguments: where ({@code sqlite}, {@code h2} or {@code h2-durable}) and how often; default is {@code sqlite 20}.
 */
public final class KilledWriters {

    private KilledWriters() {}

    /**
     * Kills, or is killed.
     *
     * @param args where, how often; a third is a file, and a fourth the first number, for the process that is killed
     * @throws Exception when a process cannot be started
     */
    public static void main(String[] args) throws Exception {
        String where = args.length > 0 ? args[0] : "sqlite";
        int kills = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        if (args.length > 3) {
            write(store(where, Path.of(args[2]), ";DB_CLOSE_DELAY=-1"), Long.parseLong(args[3]));
        }
        Path file = Files.createTempDirectory("gantry-kills").resolve("documents.db");
        Random random = new Random(5);
        long first = 0;
        long lost = 0;
        int broken = 0;
        for (int kill = 0; kill < kills; kill++) {
            long last = killed(where, file, first, 50 + random.nextInt(200));
            try (DocumentStore store = store(where, file, ";DB_CLOSE_DELAY=0")) {
                store.open(List.of(RunDocuments.KEY));
                long kept = store.count(DocumentQuery.of("acme", "idempotency_key"));
                lost += Math.max(0, last + 1 - kept);
                first = kept;
            } catch (ProviderException e) {
                broken++;
                System.out.println("cannot be opened: " + e.getMessage());
                file = file.resolveSibling("after-" + kill + ".db");
                first = 0;
            }
        }
        System.out.println(where + ": " + kills + " kills, " + lost + " commits lost, " + broken + " files broken");
    }

    /** A store; H2 is told whether to stay open between calls, and would remember. */
    private static DocumentStore store(String where, Path file, String option) {
        if (where.equals("sqlite")) {
            return JdbcDocuments.file(file);
        }
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:file:" + file + (where.equals("h2") ? "" : ";WRITE_DELAY=0") + option);
        return JdbcDocuments.in(h2);
    }

    private static void write(DocumentStore store, long first) {
        store.open(List.of(RunDocuments.KEY));
        for (long number = first; ; number++) {
            store.commit(List.of(new DocumentWrite.Insert(RunDocuments.key("acme", "k-" + number))));
            System.out.println(number);
        }
    }

    private static long killed(String where, Path file, long first, int commits)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriters.class.getName(),
                        where,
                        "0",
                        file.toString(),
                        Long.toString(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long last = first - 1;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                last = Math.max(last, Long.parseLong(line));
                if (last == first + commits) {
                    process.toHandle().destroyForcibly();
                }
            }
        }
        process.waitFor();
        return last;
    }
}
