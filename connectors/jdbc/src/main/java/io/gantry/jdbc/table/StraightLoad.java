// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Failures;
import io.gantry.jdbc.sql.Layout;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableColumn;
import io.gantry.spi.dataset.DatasetWriter.Outcome;
import io.gantry.spi.records.RowBatch;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/**
 * New rows that go by COPY straight into a table of PostgreSQL, which enforces by itself all that is to be checked. When it
 * refuses a row, everything is rolled back, and the load is staged to find out which rows are to blame.
 *
 * <p>Undo costs next to nothing: the rows are known by the transaction that wrote them, and their keys are kept as COPY
 * writes them, some ten thousand in one value.
 */
final class StraightLoad {

    /** Bytes of keys in one row of the ledger; the COPY is interrupted to write it. */
    private static final int PART = 1 << 20;

    private static final String OBSTACLES = """
            SELECT c.relkind <> 'r' OR c.relrowsecurity OR c.relhasrules OR c.relhassubclass
                   OR EXISTS (SELECT FROM pg_trigger t
                               WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled <> 'D')
                   OR EXISTS (SELECT FROM pg_constraint o
                               WHERE o.conrelid = c.oid AND (o.condeferrable OR NOT o.convalidated))
              FROM pg_class c
             WHERE c.oid = ?::regclass""";

    private final Session session;
    private final LoadPlan plan;
    private final Ledger ledger;
    private final CopyInput copy;
    private final int[] key;
    private final long run;
    private final long transaction;
    private byte[] keys = new byte[1 << 12];
    private int keysSize;
    private long firstRow = 1;
    private int parts;
    private long inserted;
    private boolean failed;

    private StraightLoad(Session session, LoadPlan plan, Ledger ledger) throws SQLException {
        this.session = session;
        this.plan = plan;
        this.ledger = ledger;
        Layout layout = plan.layout();
        copy = new CopyInput(
                session,
                session.names().quote(layout.table()),
                session.names().list("", plan.fields()),
                plan.fields().stream().map(layout::column).toList(),
                false);
        key = layout.key().stream().mapToInt(plan.fields()::indexOf).toArray();
        run = Ledger.number(plan.load(), layout.table().fullName());
        transaction = session.number("SELECT txid_current()");
    }

    /** Begins such a load, or gives nothing where the table cannot check everything or the rows could not be found again. */
    static Optional<StraightLoad> begin(Session session, LoadPlan plan, Ledger ledger) throws SQLException {
        Layout layout = plan.layout();
        boolean checked = plan.lacking().isEmpty()
                && (layout.key().isEmpty() || plan.holdsIdentity())
                && (plan.key().isEmpty() || layout.isUnique(plan.key()))
                && plan.uniques().stream().allMatch(layout::isUnique)
                && layout.references().containsAll(plan.references())
                && !layout.deferred()
                && plan.fields().stream().map(layout::column).allMatch(StraightLoad::isCopied);
        if (!checked) {
            return Optional.empty();
        }
        boolean[] obstacle = new boolean[1];
        session.query(
                OBSTACLES,
                row -> obstacle[0] = row.getBoolean(1),
                session.names().quote(layout.table()));
        if (obstacle[0]) {
            return Optional.empty();
        }
        ledger.prepare();
        return Optional.of(new StraightLoad(session, plan, ledger));
    }

    /** Types that are exchanged as text have a binary form of their own, but for the labels of an enum. */
    private static boolean isCopied(TableColumn column) {
        return !column.isText() || column.hasType("enum");
    }

    /** Takes rows that fit; false when the table refused one. */
    boolean add(RowBatch rows, byte[] states) throws SQLException {
        try {
            for (int row = 0; row < rows.size(); row++) {
                if (states[row] == Fit.FITS) {
                    copy.row(rows, row);
                    inserted++;
                    if (key.length > 0) {
                        keep();
                    }
                }
            }
        } catch (SQLException e) {
            giveUp(e);
        }
        return !failed;
    }

    /** Copies the key of the row just written. */
    private void keep() throws SQLException {
        CopyEncoder encoder = copy.encoder();
        for (int column : key) {
            int from = encoder.start(column);
            int length = encoder.start(column + 1) - from;
            if (keys.length - keysSize < length) {
                keys = Arrays.copyOf(keys, Math.max(keys.length * 2, keysSize + length));
            }
            System.arraycopy(encoder.buffer(), from, keys, keysSize, length);
            keysSize += length;
        }
        if (keysSize >= PART) {
            copy.end();
            writeKeys();
        }
    }

    private void writeKeys() throws SQLException {
        if (keysSize > 0) {
            session.update(
                    "INSERT INTO " + ledger.keys() + " (run, part, first, data) VALUES (?, ?, ?, ?)",
                    run,
                    parts++,
                    firstRow,
                    Arrays.copyOf(keys, keysSize));
            keysSize = 0;
            firstRow = inserted + 1;
        }
    }

    private void giveUp(SQLException e) throws SQLException {
        if (!Failures.blamesRows(e)) {
            throw e;
        }
        failed = true;
    }

    /** Ends the COPY; {@link Outcome#AGAIN} when the table refused a row. */
    Outcome check() throws SQLException {
        if (!failed) {
            try {
                copy.end();
                writeKeys();
            } catch (SQLException e) {
                giveUp(e);
            }
        }
        if (failed) {
            copy.abandon();
            session.connection().rollback();
            return Outcome.AGAIN;
        }
        return outcome();
    }

    private Outcome outcome() {
        return new Outcome(inserted, 0, 0, 0);
    }

    void mark() throws SQLException {
        Sequences.advance(session, plan);
        ledger.mark(plan.load(), run, outcome(), transaction);
    }

    void abandon() {
        try {
            copy.abandon();
        } catch (SQLException e) {
            // The connection is broken; what was sent is gone with it.
        }
    }
}
