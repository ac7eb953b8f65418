// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import io.gantry.spi.schema.FieldType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL. */
public final class PostgresDialect extends Dialect {

    private static final String LIMIT_WAITS = "SELECT set_config('lock_timeout', ?, true)";
    private static final String SLICE = "2s";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    @Override
    public void cancel(Connection connection, @Nullable Statement running) throws SQLException {
        PostgresConnection.of(connection).cancelQuery();
    }

    /** The table is locked against other writers instead, which never fails late. */
    @Override
    public int isolation() {
        return Connection.TRANSACTION_READ_COMMITTED;
    }

    /**
     * Waits in slices, between which a cancellation is seen however it met the session. A session that has a limit of its
     * own for waiting keeps it.
     */
    @Override
    public void lockTable(Session session, String table) throws SQLException {
        String lock = "LOCK TABLE " + table + " IN SHARE ROW EXCLUSIVE MODE";
        String[] own = new String[1];
        session.query("SELECT current_setting('lock_timeout')", row -> own[0] = row.getString(1));
        if (!own[0].equals("0")) {
            session.update(lock);
            return;
        }
        while (!lockWithin(session, lock)) {
            session.connection().rollback();
            session.proceed("waiting for " + table);
        }
        session.query(LIMIT_WAITS, row -> {}, "0");
    }

    private static boolean lockWithin(Session session, String lock) throws SQLException {
        session.query(LIMIT_WAITS, row -> {}, SLICE);
        try {
            session.update(lock);
            return true;
        } catch (SQLException e) {
            if (!Failures.state(e).equals(LOCK_NOT_AVAILABLE)) {
                throw e;
            }
            return false;
        }
    }

    @Override
    public void limitWaitsOfTransaction(Session session, int seconds) throws SQLException {
        session.query(
                "SELECT set_config('lock_timeout', ?, true),"
                        + " set_config('idle_in_transaction_session_timeout', ?, true)",
                row -> {},
                seconds + "s",
                seconds + "s");
    }

    /** Such locks are named by two numbers. */
    private static int number(String name) {
        return Integer.parseUnsignedInt(name.substring(0, 8), 16) >>> 1;
    }

    @Override
    public boolean show(Session session, String name, int attempt) throws SQLException {
        session.query("SELECT pg_advisory_lock_shared(?, ?)", row -> {}, number(name), attempt);
        return true;
    }

    @Override
    public void hide(Session session, String name, int attempt) throws SQLException {
        session.query("SELECT pg_advisory_unlock_shared(?, ?)", row -> {}, number(name), attempt);
    }

    @Override
    public void expel(Session session, String name, int attempt, int seconds) throws SQLException {
        List<Integer> ended = new ArrayList<>();
        session.query("""
                SELECT DISTINCT CAST(CAST(objid AS bigint) AS integer), pg_terminate_backend(pid)
                  FROM pg_locks
                 WHERE locktype = 'advisory' AND objsubid = 2 AND granted
                   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                   AND CAST(classid AS bigint) = ? AND CAST(objid AS bigint) < ?""", row -> ended.add(row.getInt(1)), (long) number(name), (long) attempt);
        if (!ended.isEmpty()) {
            session.query("SELECT set_config('lock_timeout', ?, true)", row -> {}, seconds + "s");
        }
        for (int one : ended) {
            session.query("SELECT pg_advisory_xact_lock(?, ?)", row -> {}, number(name), one);
        }
    }

    @Override
    public List<Tables.Found> relations(Session session, @Nullable String schema, @Nullable String name)
            throws SQLException {
        return PostgresCatalog.relations(session, schema, name);
    }

    @Override
    public List<Tables.Found> relationsAnywhere(Session session, String name) throws SQLException {
        return PostgresCatalog.relationsAnywhere(session, name);
    }

    @Override
    public Explanation explain(Session session, TableId table, Refusal refusal) throws SQLException {
        return PostgresRefusals.explain(session, table, refusal);
    }

    @Override
    public void confirmRights(Session session, TableId table, Collection<String> rights) throws SQLException {
        Rights.confirm(session, table, rights);
    }

    @Override
    public void readTable(Session session, TableId table, Catalog catalog) throws SQLException {
        PostgresCatalog.read(session, table, catalog);
    }

    @Override
    public long firstDay() {
        return -2_440_588;
    }

    @Override
    public long lastDay() {
        return 106_751_982;
    }

    @Override
    public boolean refusesNul() {
        return true;
    }

    @Override
    public boolean holdsInfinity() {
        return true;
    }

    @Override
    public boolean holdsNoNumber() {
        return true;
    }

    @Override
    public boolean copies() {
        return true;
    }

    @Override
    public String same(String left, String right) {
        return left + " IS NOT DISTINCT FROM " + right;
    }

    @Override
    public String exactUnknown(String value) {
        return "CAST(" + value + " AS text)";
    }

    @Override
    public String exactText(String value, TableColumn column) {
        return column.bytewise() ? value : collated(value);
    }

    private static String collated(String value) {
        return "CAST(" + value + " AS text) COLLATE \"C\"";
    }

    @Override
    public String ordered(String value, TableColumn column) {
        return column.fieldType() == FieldType.STRING ? collated(value) : exact(value, column);
    }

    @Override
    public String position(String part, String text, TableColumn column) {
        return "STRPOS(" + ordered(text, column) + ", " + part + ")";
    }

    @Override
    public String createStage() {
        return "CREATE TEMPORARY TABLE ";
    }

    @Override
    public boolean temporaryStage() {
        return true;
    }

    @Override
    public String text(int length) {
        return "text";
    }

    @Override
    public boolean listsKeys() {
        return false;
    }

    @Override
    public String update(String target, String source, String on, List<String> columns, String where) {
        return "UPDATE " + target + " AS t SET " + set("", columns) + " FROM " + source + " s WHERE " + on + " AND "
                + where;
    }

    @Override
    public String overriding() {
        return " OVERRIDING SYSTEM VALUE";
    }
}
