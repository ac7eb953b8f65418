// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Why a database refused a row: what of a driver's exception names a rule, and nothing else, because the rest may hold values.
 *
 * @param state the SQLSTATE
 * @param constraint the name of the constraint or index; empty where none is told
 * @param column the name of the column; empty where none is told
 * @param routine the place in PostgreSQL that refused it; empty elsewhere
 * @param text what a trigger or function raised for people to read; empty otherwise
 */
public record Refusal(String state, String constraint, String column, String routine, String text) {

    /** A refusal of which nothing is known. */
    public static final Refusal UNKNOWN = new Refusal("", "", "", "", "");

    /** H2: {@code "NAME: …}; MySQL: {@code CONSTRAINT `NAME`}; SQLite: {@code CHECK constraint failed: NAME)}. */
    private static final Pattern NAME = Pattern.compile(
            "(?:violation: \"|CONSTRAINT `|CHECK constraint failed: )([\\p{L}_][\\p{L}\\p{N}_]{0,62})[:`)]");

    private static final String RAISED = "P0001";

    /** Reads what an exception tells. */
    public static Refusal of(SQLException e) {
        if (isPostgres(e)) {
            return ofPostgres(e);
        }
        Matcher matcher = NAME.matcher(String.valueOf(e.getMessage()));
        return new Refusal(Failures.state(e), matcher.find() ? matcher.group(1) : "", "", "", "");
    }

    private static boolean isPostgres(SQLException e) {
        return e.getClass().getName().equals("org.postgresql.util.PSQLException");
    }

    private static Refusal ofPostgres(SQLException e) {
        ServerErrorMessage told = ((PSQLException) e).getServerErrorMessage();
        if (told == null) {
            return new Refusal(Failures.state(e), "", "", "", "");
        }
        String text = Failures.state(e).equals(RAISED) ? known(told.getMessage()) : "";
        return new Refusal(
                Failures.state(e),
                known(told.getConstraint()),
                known(told.getColumn()),
                known(told.getRoutine()),
                text);
    }

    private static String known(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Whether PostgreSQL's row-level security refused a row, which has the state of a missing right. */
    static boolean isRowSecurity(SQLException e) {
        return Failures.state(e).equals("42501")
                && isPostgres(e)
                && ofPostgres(e).isRowSecurity();
    }

    boolean isRowSecurity() {
        return state.equals("42501") && routine.equals("ExecWithCheckOptions");
    }

    /** Whether a partitioned table has no partition for the row. */
    boolean isWithoutPartition() {
        return state.equals("23514") && routine.equals("ExecFindPartition");
    }
}
