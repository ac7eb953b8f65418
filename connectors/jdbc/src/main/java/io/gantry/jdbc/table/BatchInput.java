// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Cells;
import io.gantry.jdbc.sql.Failures;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableColumn;
import io.gantry.spi.records.RowBatch;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** Sends rows to a staging table by batches of one prepared insert. */
final class BatchInput implements AutoCloseable {

    private static final int ROWS = 1_000;

    private final Session session;
    private final List<TableColumn> columns;
    private final Cells cells;
    private final PreparedStatement insert;
    private final LongConsumer refused;

    /**
     * Prepares the insert.
     *
     * @param target quoted name of a table
     * @param names quoted names of its columns, the row's number first
     * @param columns what the batches hold
     * @param refused is told the number of each row that the database does not take
     */
    BatchInput(Session session, String target, String names, List<TableColumn> columns, LongConsumer refused)
            throws SQLException {
        this.session = session;
        this.columns = columns;
        this.refused = refused;
        cells = new Cells(session.dialect());
        String marks = columns.stream().map(column -> ", ?").collect(Collectors.joining());
        insert = session.watch(session.connection()
                .prepareStatement("INSERT INTO " + target + " (" + names + ") VALUES (?" + marks + ")"));
    }

    /**
     * Inserts the rows of a batch.
     *
     * @param states from {@link Fit}
     * @param naming whether rows that do not fit are inserted too, with their key only and their number made negative
     * @param key which columns belong to the key
     */
    void add(RowBatch rows, byte[] states, boolean naming, boolean[] key) throws SQLException {
        for (int from = 0; from < rows.size(); from += ROWS) {
            int to = Math.min(rows.size(), from + ROWS);
            Savepoint before = session.savepoint();
            try {
                for (int row = from; row < to; row++) {
                    if (bind(rows, row, states[row], naming, key)) {
                        insert.addBatch();
                    }
                }
                insert.executeBatch();
            } catch (SQLException e) {
                if (!Failures.blamesRows(e)) {
                    throw e;
                }
                session.connection().rollback(before);
                insert.clearBatch();
                oneByOne(rows, from, to, states, naming, key);
            }
            session.connection().releaseSavepoint(before);
        }
    }

    private void oneByOne(RowBatch rows, int from, int to, byte[] states, boolean naming, boolean[] key)
            throws SQLException {
        for (int row = from; row < to; row++) {
            try {
                if (bind(rows, row, states[row], naming, key)) {
                    insert.executeUpdate();
                }
            } catch (SQLException e) {
                if (!Failures.blamesRows(e)) {
                    throw e;
                }
                refused.accept(rows.number(row));
            }
        }
    }

    private boolean bind(RowBatch rows, int row, byte state, boolean naming, boolean[] key) throws SQLException {
        if (state == Fit.KEYLESS || (state == Fit.MISFIT && !naming)) {
            return false;
        }
        insert.setLong(1, state == Fit.FITS ? rows.number(row) : -rows.number(row));
        for (int i = 0; i < key.length; i++) {
            if (state == Fit.FITS || key[i]) {
                cells.bind(insert, i + 2, columns.get(i), rows.column(i), row);
            } else {
                insert.setObject(i + 2, null);
            }
        }
        return true;
    }

    @Override
    public void close() throws SQLException {
        insert.close();
    }
}
