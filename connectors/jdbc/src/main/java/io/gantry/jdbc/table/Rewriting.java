// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableId;
import java.sql.SQLException;

/**
 * What of a table of PostgreSQL may drop or change rows while they are written, so that the counts of statements are not those
 * of rows.
 *
 * @param triggers triggers that run before a row is written or in place of it, or row-level security
 * @param rules rules in place of statements
 */
record Rewriting(boolean triggers, boolean rules) {

    private static final String LOOK = """
            SELECT c.relrowsecurity
                   OR EXISTS (SELECT FROM pg_trigger t
                               WHERE (t.tgrelid = c.oid OR t.tgrelid IN (SELECT relid FROM pg_partition_tree(c.oid)))
                                 AND NOT t.tgisinternal AND t.tgenabled <> 'D'
                                 AND t.tgtype & 1 = 1 AND (t.tgtype & 2 = 2 OR t.tgtype & 64 = 64)),
                   EXISTS (SELECT FROM pg_rewrite w WHERE w.ev_class = c.oid AND w.ev_type <> '1')
              FROM pg_class c WHERE c.oid = CAST(? AS regclass)""";

    static Rewriting of(Session session, TableId table) throws SQLException {
        Rewriting[] found = {new Rewriting(false, false)};
        session.query(
                LOOK,
                row -> found[0] = new Rewriting(row.getBoolean(1), row.getBoolean(2)),
                session.names().quote(table));
        return found[0];
    }

    boolean any() {
        return triggers || rules;
    }
}
