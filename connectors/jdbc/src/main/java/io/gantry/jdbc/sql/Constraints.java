// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;

/** Finds the name of the constraint in what a driver throws, and nothing else: the rest may hold values. */
public final class Constraints {

    /** H2: {@code "NAME: …}; MySQL: {@code CONSTRAINT `NAME`}; SQLite: {@code CHECK constraint failed: NAME)}. */
    private static final Pattern NAME = Pattern.compile(
            "(?:violation: \"|CONSTRAINT `|CHECK constraint failed: )([\\p{L}_][\\p{L}\\p{N}_]{0,62})[:`)]");

    private Constraints() {}

    /** The name, or empty where none is told. */
    public static String name(SQLException e) {
        if (e.getClass().getName().equals("org.postgresql.util.PSQLException")) {
            return ofPostgres(e);
        }
        Matcher matcher = NAME.matcher(String.valueOf(e.getMessage()));
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String ofPostgres(SQLException e) {
        PSQLException failure = (PSQLException) e;
        String name = failure.getServerErrorMessage() == null
                ? null
                : failure.getServerErrorMessage().getConstraint();
        return name == null ? "" : name;
    }
}
