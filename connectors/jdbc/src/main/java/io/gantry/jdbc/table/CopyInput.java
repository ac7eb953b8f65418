// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.PostgresConnection;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableColumn;
import io.gantry.spi.records.RowBatch;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/** Sends rows to PostgreSQL by binary COPY. Opens the COPY with the first row, and again after each {@link #end}. */
final class CopyInput {

    /** The driver passes larger pieces on without a copy of its own. */
    private static final int PIECE = 1 << 16;

    private final Session session;
    private final String sql;
    private final CopyEncoder encoder;
    private @Nullable CopyIn copy;

    /**
     * Prepares a COPY.
     *
     * @param target quoted name of a table
     * @param names quoted names of its columns, in order
     * @param columns how to write the values of a batch
     * @param made whether the transaction has made the table: then rows are written as everybody's at once, which spares the
     *     first who reads them to look up whether they are, and to write that down on every page
     */
    CopyInput(Session session, String target, String names, List<TableColumn> columns, boolean made) {
        this.session = session;
        this.sql = "COPY " + target + " (" + names + ") FROM STDIN (FORMAT BINARY" + (made ? ", FREEZE)" : ")");
        this.encoder = new CopyEncoder(columns);
    }

    void row(RowBatch rows, int row) throws SQLException {
        begin();
        encoder.row(rows, row);
        flush(PIECE);
    }

    void numbered(long number, RowBatch rows, int row, boolean[] kept) throws SQLException {
        begin();
        encoder.numbered(number, rows, row, kept);
        flush(PIECE);
    }

    /** What wrote the last row; its values stay in the encoder's buffer until the next one. */
    CopyEncoder encoder() {
        return encoder;
    }

    private void begin() throws SQLException {
        if (copy == null) {
            copy = PostgresConnection.of(session.connection()).getCopyAPI().copyIn(sql);
            encoder.clear();
            encoder.header();
        }
    }

    private void flush(int from) throws SQLException {
        if (copy != null && encoder.size() >= from) {
            copy.writeToCopy(encoder.buffer(), 0, encoder.size());
            encoder.clear();
        }
    }

    /** Ends the COPY: afterwards the database has taken all rows, or has refused one of them. */
    void end() throws SQLException {
        if (copy != null) {
            CopyIn ending = copy;
            encoder.trailer();
            flush(0);
            copy = null;
            ending.endCopy();
        }
    }

    /** Gives the COPY up; the transaction can only be rolled back then. */
    void abandon() throws SQLException {
        if (copy != null && copy.isActive()) {
            CopyIn ending = copy;
            copy = null;
            ending.cancelCopy();
        }
    }
}
