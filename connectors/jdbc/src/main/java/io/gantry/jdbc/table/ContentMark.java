// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Layout;
import io.gantry.jdbc.sql.Session;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Marks what a table holds. */
final class ContentMark {

    private static final int ROWS = 1_000;

    private ContentMark() {}

    /**
     * Makes the mark. PostgreSQL adds up which transactions wrote the rows: any later change is by a later one, so that
     * count and sum cannot both stay the same, up to the turn of the counter after four billion. Elsewhere every row is
     * read, and the hashes of rows are added up, in whatever order they come.
     */
    static String of(Session session, Layout layout) throws SQLException {
        session.beginReading();
        return now(session, layout);
    }

    /** Fails when the table is not what a load was planned for; called once nobody else can write to it. */
    static void confirm(Session session, LoadPlan plan) throws SQLException {
        String expected = plan.load().expectedMark();
        if (expected != null && !expected.equals(now(session, plan.layout()))) {
            throw new ProviderException(
                    "PLAN_STALE",
                    FailureKind.DENIED,
                    "Dataset '" + plan.layout().table().name()
                            + "' was changed since the plan was made; preview again");
        }
    }

    /** The mark as the transaction sees it. */
    private static String now(Session session, Layout layout) throws SQLException {
        String table = session.names().quote(layout.table());
        if (session.dialect().copies() && hasVersions(session, table)) {
            StringBuilder mark = new StringBuilder();
            session.query(
                    "SELECT COUNT(*), COALESCE(SUM(CAST(CAST(t.xmin AS text) AS bigint)), 0) FROM " + table + " t",
                    row -> mark.append(row.getString(1)).append('-').append(row.getString(2)));
            return mark.toString();
        }
        return hashed(session, "SELECT * FROM " + table);
    }

    /** Views and foreign tables have none. */
    private static boolean hasVersions(Session session, String table) throws SQLException {
        return session.number(
                        "SELECT COUNT(*) FROM pg_class WHERE oid = ?::regclass AND relkind IN ('r', 'p', 'm')", table)
                == 1;
    }

    private static String hashed(Session session, String query) throws SQLException {
        long count = 0;
        long sum = 0;
        long turned = 0;
        try (PreparedStatement statement = session.watch(session.connection().prepareStatement(query))) {
            statement.setFetchSize(ROWS);
            try (ResultSet row = statement.executeQuery()) {
                int columns = row.getMetaData().getColumnCount();
                while (row.next()) {
                    long hash = 0;
                    for (int i = 1; i <= columns; i++) {
                        hash = hash(hash, row.getString(i));
                    }
                    count++;
                    sum += hash;
                    turned += Long.rotateLeft(hash, 23) * 0x9e3779b97f4a7c15L;
                }
            }
        }
        return count + "-" + Long.toHexString(sum) + "-" + Long.toHexString(turned);
    }

    private static long hash(long seed, @Nullable String value) {
        long hash = (seed ^ 0x51_7c_c1_b7_27_22_0a_95L) * 0x9e3779b97f4a7c15L;
        if (value == null) {
            return hash;
        }
        for (byte unit : value.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ unit) * 0x100000001b3L;
        }
        return (hash ^ hash >>> 29) * 0xbf58476d1ce4e5b9L;
    }
}
