// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Layout;
import io.gantry.jdbc.sql.Names;
import io.gantry.jdbc.sql.Session;
import java.sql.SQLException;
import java.util.stream.Collectors;

/** Deletes rows of a table whose rows may refer to each other. */
final class Deletion {

    private Deletion() {}

    /**
     * Deletes rows.
     *
     * @param where which rows; they are called {@code t}
     * @return how many
     */
    static long delete(Session session, Layout layout, String where) throws SQLException {
        String table = session.names().quote(layout.table());
        long deleted = 0;
        if (session.dialect().checksRowByRow() && !layout.loops().isEmpty()) {
            String other = "NOT (" + session.names().all(layout.key(), name -> "c." + name + " = t." + name) + ")";
            StringBuilder leaves = new StringBuilder();
            for (Layout.Link loop : layout.loops()) {
                leaves.append(" AND NOT ").append(referred(session.names(), loop, other));
            }
            boolean stubborn = session.dialect().keepsRowsThatReferToThemselves();
            String itself = layout.loops().stream()
                    .map(loop -> refersToItself(session.names(), loop))
                    .collect(Collectors.joining(" OR "));
            String others = stubborn ? " AND (" + itself + ") IS NOT TRUE" : "";
            long level;
            do {
                level = session.update(session.dialect().delete(table, "t", where + leaves + others));
                if (stubborn) {
                    level += deleteThoseOfThemselves(session, layout, where + leaves + " AND (" + itself + ")");
                }
                deleted += level;
            } while (level > 0);
        }
        return deleted + session.update(session.dialect().delete(table, "t", where));
    }

    /** MariaDB and MySQL refuse to delete a row that refers to itself, so they are told not to look; nobody else refers to it. */
    private static long deleteThoseOfThemselves(Session session, Layout layout, String where) throws SQLException {
        StringBuilder free = new StringBuilder(where);
        for (Layout.Link link : layout.referrers()) {
            if (!link.from().equals(layout.table())) {
                free.append(" AND NOT ").append(referred(session.names(), link));
            }
        }
        session.define("SET foreign_key_checks = 0");
        try {
            return session.update(
                    session.dialect().delete(session.names().quote(layout.table()), "t", free.toString()));
        } finally {
            session.define("SET foreign_key_checks = 1");
        }
    }

    private static String refersToItself(Names names, Layout.Link loop) {
        StringBuilder refers = new StringBuilder("1 = 1");
        for (int i = 0; i < loop.columns().size(); i++) {
            refers.append(" AND t.").append(names.quote(loop.columns().get(i)));
            refers.append(" = t.").append(names.quote(loop.targets().get(i)));
        }
        return "(" + refers + ")";
    }

    /** That a row {@code t} is referred to. */
    static String referred(Names names, Layout.Link link) {
        return referred(names, link, "1 = 1");
    }

    /** That a row {@code t} is referred to by a row {@code c} that meets a condition. */
    static String referred(Names names, Layout.Link link, String condition) {
        StringBuilder refers = new StringBuilder();
        for (int i = 0; i < link.columns().size(); i++) {
            refers.append(" AND c.")
                    .append(names.quote(link.columns().get(i)))
                    .append(" = t.")
                    .append(names.quote(link.targets().get(i)));
        }
        return "EXISTS (SELECT 1 FROM " + names.quote(link.from()) + " c WHERE " + condition + refers + ")";
    }
}
