// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Failures;
import io.gantry.jdbc.sql.Session;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Set;

/** A step of a rollback: takes back the rows of which there are images of one kind. */
final class UndoStep {

    /** Takes back rows by their numbers, and gives how many. */
    @FunctionalInterface
    interface Work {
        long run(long from, long to) throws SQLException;
    }

    private final String kind;
    private final long rows;
    private final long piece;
    private final Work work;
    private long done;
    private Set<Long> failed = Set.of();

    /**
     * Makes a step.
     *
     * @param kind of {@link Ledger}
     * @param rows how many rows it may take back at most
     * @param piece how many row numbers are taken back at a time
     */
    UndoStep(String kind, long rows, long piece, Work work) {
        this.kind = kind;
        this.rows = rows;
        this.piece = piece;
        this.work = work;
    }

    String kind() {
        return kind;
    }

    long rows() {
        return rows;
    }

    /** Whether every row was taken back. */
    boolean isComplete() {
        return done == rows;
    }

    /** The numbers of the rows at which it failed when it was run last. */
    Set<Long> failed() {
        return failed;
    }

    /**
     * Takes back all rows, and where that fails as many as it can.
     *
     * @param ends tells the first and the last row number
     * @return how many rows were taken back this time
     */
    long run(Session session, String doing, Session.Work<long[]> ends) throws SQLException {
        long before = done;
        failed = Set.of();
        Savepoint start = session.savepoint();
        try {
            if (rows <= piece) {
                done += work.run(Long.MIN_VALUE, Long.MAX_VALUE);
            } else {
                long[] range = ends.run();
                for (long from = range[0]; from <= range[1]; from += piece) {
                    done += work.run(from, Math.min(range[1], from + piece - 1));
                }
            }
            session.connection().releaseSavepoint(start);
        } catch (SQLException e) {
            if (!Failures.blamesRows(e)) {
                throw e;
            }
            session.connection().rollback(start);
            done = before;
            long[] range = ends.run();
            failed = Bisect.culprits(session, doing, range[0], range[1], (from, to) -> done += work.run(from, to))
                    .keySet();
        }
        return done - before;
    }
}
