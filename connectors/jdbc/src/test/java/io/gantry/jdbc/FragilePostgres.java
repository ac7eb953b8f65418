// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real PostgreSQL of a test's own, which can be killed and started again. */
final class FragilePostgres implements AutoCloseable {

    private final Path program;
    private final Path data;
    private final int port;

    private FragilePostgres(Path program, Path data, int port) {
        this.program = program;
        this.data = data;
        this.port = port;
    }

    /** Makes a server in a folder, and starts it. */
    static FragilePostgres start(Path folder) throws Exception {
        Path data = folder.resolve("postgres");
        FragilePostgres server;
        try (EmbeddedPostgres first = EmbeddedPostgres.builder()
                .setDataDirectory(data.toFile())
                .setCleanDataDirectory(false)
                .setPGStartupWait(PostgresServer.LONGEST_START)
                .setServerConfig("fsync", "off")
                .start()) {
            long pid = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0));
            Path postgres =
                    Path.of(ProcessHandle.of(pid).orElseThrow().info().command().orElseThrow());
            server = new FragilePostgres(postgres.resolveSibling("pg_ctl"), data, first.getPort());
        }
        server.start();
        return server;
    }

    String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
    }

    void start() throws Exception {
        control("start", "-l", data.resolveSibling("postgres.log").toString(), "-o", "-p " + port + " -F");
    }

    /** Ends all its processes without more ado: what was not committed is lost, and it has to recover when it starts. */
    void kill() throws Exception {
        control("stop", "-m", "immediate");
    }

    private void control(String command, String... more) throws Exception {
        List<String> words = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            words.addAll(List.of("unshare", "-U")); // it refuses to run as root
        }
        words.addAll(List.of(program.toString(), "-D", data.toString(), "-w", "-s"));
        words.addAll(List.of(more));
        words.add(command);
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(data.resolveSibling("control.log").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(words + ": " + Files.readString(data.resolveSibling("control.log")));
        }
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (Exception e) {
            throw new IllegalStateException("The database cannot be ended", e);
        }
    }
}
