// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Failures;
import io.gantry.jdbc.sql.Refusal;
import io.gantry.jdbc.sql.Session;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the rows at which work on a range of rows fails, by halving the range until single rows are left. What succeeds
 * stays done, so that rows which only fail together are found too; the caller rolls back where it wants a clean slate.
 */
final class Bisect {

    /** With more culprits it is not single rows that are wrong. */
    private static final int GREATEST = 1_000;

    /** Work on rows by their numbers. */
    @FunctionalInterface
    interface Work {
        void run(long from, long to) throws SQLException;
    }

    private record Range(long from, long to) {}

    private Bisect() {}

    /**
     * Does the work as far as it goes.
     *
     * @param doing for messages
     * @return of each row that fails its number and why
     */
    static Map<Long, Refusal> culprits(Session session, String doing, long from, long to, Work work)
            throws SQLException {
        Map<Long, Refusal> culprits = new TreeMap<>();
        Deque<Range> ranges = new ArrayDeque<>();
        ranges.push(new Range(from, to));
        while (!ranges.isEmpty()) {
            session.proceed(doing);
            Range range = ranges.pop();
            Savepoint before = session.savepoint();
            try {
                work.run(range.from, range.to);
                session.connection().releaseSavepoint(before);
            } catch (SQLException e) {
                if (!Failures.blamesRows(e)) {
                    throw e;
                }
                session.connection().rollback(before);
                long middle = range.from + (range.to - range.from) / 2;
                if (range.from == range.to) {
                    culprits.put(range.from, Refusal.of(e));
                    if (culprits.size() > GREATEST) {
                        throw tooMany(doing, Refusal.of(e).constraint());
                    }
                } else {
                    ranges.push(new Range(middle + 1, range.to));
                    ranges.push(new Range(range.from, middle));
                }
            }
        }
        return culprits;
    }

    private static ProviderException tooMany(String doing, String constraint) {
        return new ProviderException(
                "JDBC_ROWS_REFUSED",
                FailureKind.DATA,
                "While " + doing + ", the database refused more than " + GREATEST + " rows"
                        + (constraint.isEmpty() ? "" : ", the last for the constraint " + constraint)
                        + "; add the rule to the mapping, so that it is checked before",
                Map.of("constraint", constraint),
                null);
    }
}
