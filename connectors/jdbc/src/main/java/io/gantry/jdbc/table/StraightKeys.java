// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Layout;
import io.gantry.jdbc.sql.Names;
import io.gantry.jdbc.sql.PostgresConnection;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableColumn;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.postgresql.copy.CopyIn;

/**
 * The keys of rows that a run copied straight into a table, unpacked into a temporary table like that of the images for as
 * long as a rollback takes.
 */
final class StraightKeys implements AutoCloseable {

    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final int PIECE = 1 << 16;

    private final Session session;
    private final String table;

    private StraightKeys(Session session, String table) {
        this.session = session;
        this.table = table;
    }

    /** Unpacks the keys, if there are any. */
    static StraightKeys open(Session session, Layout layout, Ledger ledger, RunMarker marker) throws SQLException {
        boolean any = session.dialect().copies()
                && session.number("SELECT COUNT(*) FROM " + ledger.keys() + " WHERE run = ?", marker.number()) > 0;
        if (!any) {
            return new StraightKeys(session, "");
        }
        Names names = session.names();
        String table = names.quote(Names.helper("gantry_stage_", "keys", Long.toString(marker.number(), 36)));
        StringBuilder columns = new StringBuilder("CAST(0 AS BIGINT) AS ").append(ledger.row());
        for (String name : layout.key()) {
            TableColumn column = layout.column(name);
            String type = column.cast().isEmpty() ? column.storage() : column.cast();
            columns.append(", CAST(NULL AS ").append(type).append(") AS ").append(names.quote(name));
        }
        session.define("CREATE TEMPORARY TABLE " + table + " AS SELECT " + columns + " WHERE false");
        session.connection().commit();
        StraightKeys keys = new StraightKeys(session, table);
        keys.unpack(layout.key().size(), ledger, marker);
        session.define("CREATE INDEX ON " + table + " USING brin (" + ledger.row() + ")");
        session.define("ANALYZE " + table);
        session.connection().commit();
        return keys;
    }

    /** The name of the table; empty when no keys were kept so. */
    String table() {
        return table;
    }

    private void unpack(int width, Ledger ledger, RunMarker marker) throws SQLException {
        int parts =
                (int) session.number("SELECT MAX(part) + 1 FROM " + ledger.keys() + " WHERE run = ?", marker.number());
        for (int part = 0; part < parts; part++) {
            try (PreparedStatement statement = session.connection()
                    .prepareStatement("SELECT first, data FROM " + ledger.keys() + " WHERE run = ? AND part = ?")) {
                statement.setLong(1, marker.number());
                statement.setInt(2, part);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    copy(row.getLong(1), ByteBuffer.wrap(row.getBytes(2)), width);
                }
            }
        }
    }

    private void copy(long first, ByteBuffer data, int width) throws SQLException {
        CopyIn copy = PostgresConnection.of(session.connection())
                .getCopyAPI()
                .copyIn("COPY " + table + " FROM STDIN (FORMAT BINARY)");
        ByteBuffer rows = ByteBuffer.allocate(2 * PIECE); // a key is bounded by an index's page, far less than that
        rows.put(HEADER);
        for (long number = first; data.hasRemaining(); number++) {
            rows.putShort((short) (width + 1)).putInt(8).putLong(number);
            for (int i = 0; i < width; i++) {
                int length = data.getInt();
                if (rows.remaining() < length + 64) {
                    flush(copy, rows);
                }
                rows.putInt(length).put(data.array(), data.position(), length);
                data.position(data.position() + length);
            }
            if (rows.position() > PIECE) {
                flush(copy, rows);
            }
        }
        rows.putShort((short) -1);
        flush(copy, rows);
        copy.endCopy();
    }

    private static void flush(CopyIn copy, ByteBuffer rows) throws SQLException {
        copy.writeToCopy(rows.array(), 0, rows.position());
        rows.clear();
    }

    @Override
    public void close() throws SQLException {
        if (!table.isEmpty()) {
            session.connection().rollback();
            session.define("DROP TABLE IF EXISTS " + table);
            session.connection().commit();
        }
    }
}
