// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A PostgreSQL that was started for the contest, listens on loopback only, and is gone after it. */
interface Server extends AutoCloseable {

    /**
     * What differs from the server's own defaults: nothing works in the background when it pleases, and what is said to be
     * written is written.
     */
    Map<String, String> SETTINGS = Map.of(
            "autovacuum", "off", "synchronous_commit", "on", "fsync", "on", "timezone", "UTC", "max_connections", "20");

    int port();

    Path data();

    @Override
    void close() throws IOException;

    static Server start(String which, Path folder) throws Exception {
        return switch (which) {
            case "embedded" -> EmbeddedServer.start(folder);
            case "installed" -> InstalledServer.start(folder);
            default -> throw new IllegalArgumentException("There is no server '" + which + "'");
        };
    }

    default String url() {
        return "jdbc:postgresql://localhost:" + port() + "/postgres?user=postgres";
    }

    /** The process id of its first process. */
    default long postmaster() throws IOException {
        return Long.parseLong(
                Files.readAllLines(data().resolve("postmaster.pid")).get(0).strip());
    }
}
