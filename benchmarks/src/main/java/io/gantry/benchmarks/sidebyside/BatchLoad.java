// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * Plain JDBC with a fast CSV reader: batches of a thousand rows in one transaction, which the driver makes into inserts of
 * many rows. Values are converted, but not checked.
 */
final class BatchLoad implements Contestant {

    static final String INSERT = "INSERT INTO " + PersonTable.NAME + " (" + PersonTable.COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    static final int ROWS = 1_000;

    @Override
    public void run(Job job, Meter meter) throws Exception {
        meter.measure("load", () -> load(job));
        try (PersonTable table = new PersonTable(job.url())) {
            table.fingerprint().mustBe(job.expected(), "the table after the load");
        }
    }

    /** With what makes the driver's batches fast. */
    static String url(Job job) {
        return job.url() + "&reWriteBatchedInserts=true";
    }

    private static boolean load(Job job) throws Exception {
        try (Connection connection = DriverManager.getConnection(url(job));
                PreparedStatement statement = connection.prepareStatement(INSERT);
                CsvReader<CsvRecord> records = CsvReader.builder().ofCsvRecord(Path.of(job.file()))) {
            connection.setAutoCommit(false);
            int waiting = 0;
            boolean header = true;
            for (CsvRecord csv : records) {
                if (header) {
                    header = false;
                    continue;
                }
                set(statement, csv);
                statement.addBatch();
                if (++waiting == ROWS) {
                    statement.executeBatch();
                    waiting = 0;
                }
            }
            statement.executeBatch();
            connection.commit();
            return true;
        }
    }

    private static void set(PreparedStatement statement, CsvRecord csv) throws Exception {
        statement.setLong(1, Long.parseLong(csv.getField(0)));
        statement.setString(2, csv.getField(1));
        statement.setString(3, csv.getField(2));
        statement.setString(4, csv.getField(3));
        statement.setObject(5, LocalDate.parse(csv.getField(4)));
        statement.setBigDecimal(6, new BigDecimal(csv.getField(5)));
        statement.setString(7, csv.getField(6));
        statement.setString(8, csv.getField(7));
        statement.setString(9, csv.getField(8));
        statement.setLong(10, Long.parseLong(csv.getField(9)));
        statement.setObject(11, OffsetDateTime.parse(csv.getField(10)));
        statement.setString(12, csv.getField(11));
    }
}
