// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableColumn;
import io.gantry.spi.dataset.LoadMode;
import java.sql.SQLException;

/**
 * Moves the sequences of a table of PostgreSQL beyond the values that a load brought, so that the next value that a sequence
 * gives is free. Sequences only ever move up, and keep what they were moved by when the load is rolled back.
 */
final class Sequences {

    /** Up to here values are drawn one by one, which no other session can undo. */
    private static final long DRAWN = 100_000;

    private Sequences() {}

    /** Moves each sequence beyond the greatest value of its column. */
    static void advance(Session session, LoadPlan plan) throws SQLException {
        if (plan.mode() == LoadMode.UPDATE) {
            return;
        }
        for (String field : plan.fields()) {
            TableColumn column = plan.layout().column(field);
            if (!column.sequence().isEmpty()) {
                advance(session, column, session.names().quote(plan.layout().table()));
            }
        }
    }

    private static void advance(Session session, TableColumn column, String table) throws SQLException {
        String sequence = column.sequence();
        long[] state = new long[2];
        session.query(
                "SELECT COALESCE(pg_sequence_last_value(s.seqrelid), s.seqstart - s.seqincrement), s.seqincrement"
                        + " FROM pg_sequence s WHERE s.seqrelid = CAST(? AS regclass)",
                row -> {
                    state[0] = row.getLong(1);
                    state[1] = row.getLong(2);
                },
                sequence);
        long last = state[0];
        long step = state[1];
        long greatest = session.number("SELECT MAX(" + session.names().quote(column.name()) + ") FROM " + table);
        if (step < 1 || greatest <= last) {
            return; // one that counts down is beyond all that is above it
        }
        long steps = (greatest - last + step - 1) / step;
        if (steps <= DRAWN) {
            session.number(
                    "SELECT MAX(nextval(CAST(? AS regclass))) FROM generate_series(1, ?)", sequence, (int) steps);
        } else {
            session.number(
                    "SELECT setval(CAST(? AS regclass), GREATEST(?, pg_sequence_last_value(CAST(? AS regclass))))",
                    sequence,
                    greatest,
                    sequence);
        }
    }
}
