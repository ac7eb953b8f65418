// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import java.sql.SQLException;

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
            long level;
            do {
                level = session.update(session.dialect().delete(table, "t", where + leaves));
                deleted += level;
            } while (level > 0);
        }
        return deleted + session.update(session.dialect().delete(table, "t", where));
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
