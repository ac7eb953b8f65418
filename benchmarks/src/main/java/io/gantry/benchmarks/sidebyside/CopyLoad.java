// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.postgresql.PGConnection;

/** The driver's COPY of the bytes of the file: nothing is checked, reported or undoable. */
final class CopyLoad implements Contestant {

    @Override
    public void run(Job job, Meter meter) throws Exception {
        meter.measure("load", () -> {
            try (Connection connection = DriverManager.getConnection(job.url());
                    InputStream in = Files.newInputStream(Path.of(job.file()))) {
                return connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("COPY " + PersonTable.NAME + " FROM STDIN (FORMAT csv, HEADER)", in, 1 << 16);
            }
        });
        try (PersonTable table = new PersonTable(job.url())) {
            table.fingerprint().mustBe(job.expected(), "the table after the load");
        }
    }
}
