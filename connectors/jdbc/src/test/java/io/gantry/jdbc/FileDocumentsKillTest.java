// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentQuery.Operator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a file of documents outlives processes which are killed while they write. */
class FileDocumentsKillTest {

    private static final int KILLS = Integer.getInteger("gantry.kills", 3);

    @TempDir
    private Path folder;

    @Test
    void what_was_committed_is_there_after_the_process_was_killed_and_nothing_by_halves() throws Exception {
        Path file = folder.resolve("documents.db");
        Random random = new Random(5);
        long next = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            long told = killed(file, next, 1 + random.nextInt(150));
            try (JdbcDocuments store = JdbcDocuments.file(file)) {
                store.open(List.of(CommitForever.LEFT, CommitForever.RIGHT));
                long lefts = count(store, "left_half", told);
                assertThat(lefts).isEqualTo(told + 1);
                assertThat(count(store, "right_half", told)).isEqualTo(told + 1);
                long whole = store.count(DocumentQuery.of("acme", "left_half"));
                assertThat(store.count(DocumentQuery.of("acme", "right_half"))).isEqualTo(whole);
                next = whole;
            }
            assertThat(integrity(file)).isEqualTo("ok");
        }
    }

    private static long count(JdbcDocuments store, String kind, long upTo) {
        return store.count(DocumentQuery.of("acme", kind).where("number", Operator.LESS, upTo + 1));
    }

    /** Kills a process some time after it has made some commits; gives the last that it told of. */
    private static long killed(Path file, long first, int commits) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommitForever.class.getName(),
                        file.toString(),
                        Long.toString(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long last = first - 1;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                last = Math.max(last, Long.parseLong(line)); // the last line may be cut
                if (last == first + commits) {
                    process.toHandle().destroyForcibly();
                }
            }
        }
        process.waitFor();
        assertThat(last).isGreaterThanOrEqualTo(first + commits);
        return last;
    }

    private static String integrity(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
            row.next();
            return row.getString(1);
        }
    }
}
