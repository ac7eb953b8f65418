// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Cells;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableColumn;
import io.gantry.spi.dataset.DatasetReader;
import io.gantry.spi.records.RowBatch;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Reads rows through a cursor that the driver fills piece by piece. */
final class CursorReader implements DatasetReader {

    private static final String READING = "reading rows";
    private static final int ROWS = 1_000;

    private final Session session;
    private final List<TableColumn> columns;
    private final Cells cells;
    private final PreparedStatement statement;
    private final ResultSet answer;
    private long number;
    private boolean ended;

    private CursorReader(Session session, List<TableColumn> columns, PreparedStatement statement) throws SQLException {
        this.session = session;
        this.columns = columns;
        this.statement = statement;
        cells = new Cells(session.dialect());
        answer = statement.executeQuery();
    }

    /**
     * Opens a cursor.
     *
     * @param session closed with the reader
     * @param columns what the query selects
     * @param parameters columns and values that the query's marks stand for
     */
    static DatasetReader open(
            Session session, String query, List<TableColumn> columns, List<TableColumn> types, List<Object> parameters)
            throws SQLException {
        PreparedStatement statement = session.watch(
                session.connection().prepareStatement(query, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY));
        boolean rowByRow = session.connection().getMetaData().getDriverName().startsWith("MySQL");
        statement.setFetchSize(rowByRow ? Integer.MIN_VALUE : ROWS); // MySQL's own driver streams only so
        Cells cells = new Cells(session.dialect());
        for (int i = 0; i < parameters.size(); i++) {
            cells.bind(statement, i + 1, types.get(i), parameters.get(i));
        }
        return new CursorReader(session, columns, statement);
    }

    @Override
    public boolean read(RowBatch into) {
        into.clear();
        return session.attempt(READING, () -> {
            while (!ended && !into.isFull()) {
                if (!answer.next()) {
                    ended = true;
                    break;
                }
                int row = into.add(++number);
                for (int i = 0; i < columns.size(); i++) {
                    cells.read(answer, i + 1, columns.get(i), into.column(i), row);
                }
            }
            return into.size() > 0;
        });
    }

    @Override
    public void close() {
        try (session;
                statement) {
            answer.close();
        } catch (SQLException e) {
            // The connection is broken: nothing is left to be closed.
        }
    }
}
