// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * What one would write by hand for an upsert that can be undone: COPY into a temporary table, keep the rows as they were
 * before, then {@code INSERT … ON CONFLICT}, in one transaction. Nothing is checked or reported.
 */
final class HandwrittenUpsert implements Contestant {

    private static final String STAGE = "CREATE TEMPORARY TABLE stage (LIKE " + PersonTable.NAME + ") ON COMMIT DROP";

    private static final String UNDO = "CREATE TABLE handwritten_undo (run bigint, LIKE " + PersonTable.NAME + ")";

    private static final String KEEP =
            "INSERT INTO handwritten_undo SELECT 1, t.* FROM " + PersonTable.NAME + " t JOIN stage s USING (id)";

    private static final String MERGE = "INSERT INTO " + PersonTable.NAME + " (" + PersonTable.COLUMNS + ") SELECT "
            + PersonTable.COLUMNS + " FROM stage ON CONFLICT (id) DO UPDATE SET "
            + Arrays.stream(PersonTable.COLUMNS.split(", "))
                    .skip(1)
                    .map(column -> column + " = excluded." + column)
                    .collect(Collectors.joining(", "));

    @Override
    public void run(Job job, Meter meter) throws Exception {
        meter.measure("load", () -> load(job));
        try (PersonTable table = new PersonTable(job.url())) {
            table.fingerprint().mustBe(job.expected(), "the table after the load");
        }
    }

    private static boolean load(Job job) throws Exception {
        try (Connection connection = DriverManager.getConnection(job.url());
                Statement statement = connection.createStatement();
                InputStream in = Files.newInputStream(Path.of(job.file()))) {
            connection.setAutoCommit(false);
            statement.execute(UNDO);
            statement.execute(STAGE);
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY stage FROM STDIN (FORMAT csv, HEADER)", in, 1 << 16);
            statement.execute("ANALYZE stage");
            statement.execute(KEEP);
            statement.execute(MERGE);
            connection.commit();
            return true;
        }
    }
}
