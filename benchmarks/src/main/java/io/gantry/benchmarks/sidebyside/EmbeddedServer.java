// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The server whose programs come from Maven. */
record EmbeddedServer(EmbeddedPostgres server, Path data) implements Server {

    static EmbeddedServer start(Path folder) throws IOException {
        Path data = Files.createTempDirectory(folder, "postgres");
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(true);
        SETTINGS.forEach(builder::setServerConfig);
        return new EmbeddedServer(builder.start(), data);
    }

    @Override
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
