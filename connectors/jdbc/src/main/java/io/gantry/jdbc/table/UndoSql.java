// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Dialect;
import io.gantry.jdbc.sql.Layout;
import io.gantry.jdbc.sql.Names;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableColumn;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements that take back a run: {@code i} is an image, {@code t} a row of the table.
 *
 * <p>Whether a row is as the run left it is told on PostgreSQL by the transaction that wrote it, else by comparing it with
 * the image kept after the run. On PostgreSQL a row may also be as the run left it though another transaction wrote it:
 * when a later run changed it and was rolled back. The later run's image says so: it names the writer it found.
 */
final class UndoSql {

    private final Layout layout;
    private final Ledger ledger;
    private final RunMarker marker;
    private final Names names;
    private final Dialect dialect;
    private final String images;
    private final String keys;
    private final String later;

    /**
     * Where to find what the run left.
     *
     * @param images the table of images
     * @param keys the table with the keys of inserted rows where it is not that one, else empty
     * @param later the table with the images that later runs made of rows as this run left them; empty when there are none
     */
    record Tables(String images, String keys, String later) {}

    /** The table. */
    final String target;

    /**
     * Makes the statements.
     *
     * @param tables where to find what the run left
     */
    UndoSql(Session session, Layout layout, Ledger ledger, RunMarker marker, Tables tables) {
        this.layout = layout;
        this.ledger = ledger;
        this.marker = marker;
        this.names = session.names();
        this.dialect = session.dialect();
        images = tables.images;
        keys = tables.keys;
        later = tables.later;
        target = names.quote(layout.table());
    }

    /** Whether the keys of inserted rows are quickly found by the numbers of the rows. */
    boolean findsKeysByNumber() {
        return !keys.isEmpty();
    }

    /** Where the images of a kind are, as {@code FROM} says it, with a condition behind that others can follow. */
    String from(String kind, String alias) {
        return kind.equals(Ledger.INSERTED) && !keys.isEmpty()
                ? keys + " " + alias + " WHERE 1 = 1"
                : images + " " + alias + " WHERE " + alias + "." + ledger.run() + " = " + marker.number() + " AND "
                        + alias + "." + ledger.kind() + " = '" + kind + "'";
    }

    private String on() {
        return names.all(layout.key(), name -> "t." + name + " = i." + name);
    }

    private String equal(String row, String image) {
        return layout.stored().stream()
                .map(name -> {
                    TableColumn column = layout.column(name);
                    String quoted = names.quote(name);
                    return dialect.same(
                            dialect.exact(row + "." + quoted, column), dialect.exact(image + "." + quoted, column));
                })
                .collect(Collectors.joining(" AND "));
    }

    /**
     * That a row is as the run left it.
     *
     * @param image the row's image after the run, where one was kept
     */
    private String untouched(String row, String image) {
        if (!dialect.copies()) {
            return equal(row, image);
        }
        String transaction = transaction(marker);
        String written = row + ".xmin = " + transaction;
        return later.isEmpty()
                ? written
                : "(" + written + " OR EXISTS (SELECT 1 FROM " + later + " l WHERE "
                        + names.all(layout.key(), name -> "l." + name + " = " + row + "." + name) + " AND "
                        + equal(row, "l") + "))";
    }

    private static String transaction(RunMarker marker) {
        return "CAST('" + marker.transaction() % 4_294_967_296L + "' AS xid)";
    }

    /**
     * Gathers the images that later runs made of rows as a run left them, so that each row is looked up in an index. They go
     * with the transaction.
     *
     * @return the name of the table, empty when there are none
     */
    static String gatherLater(Session session, Layout layout, Ledger ledger, RunMarker marker, String images)
            throws SQLException {
        if (!session.dialect().copies()) {
            return "";
        }
        String table =
                session.names().quote(Names.helper("gantry_stage_", "later", Long.toString(marker.number(), 36)));
        session.update("CREATE TEMPORARY TABLE " + table + " ON COMMIT DROP AS SELECT l.* FROM " + images
                + " l WHERE l." + ledger.version() + " = " + transaction(marker) + " AND l." + ledger.run() + " <> "
                + marker.number() + " AND l." + ledger.kind() + " IN ('" + Ledger.BEFORE + "', '" + Ledger.DELETED
                + "')");
        if (session.number("SELECT COUNT(*) FROM " + table) == 0) {
            return "";
        }
        session.define("CREATE INDEX ON " + table + " (" + session.names().list("", layout.key()) + ")");
        session.define("ANALYZE " + table);
        return table;
    }

    private String among(String image, long from, long to, boolean failures) {
        String row = image + "." + ledger.row();
        String range =
                from == Long.MIN_VALUE && to == Long.MAX_VALUE ? "" : " AND " + row + " BETWEEN " + from + " AND " + to;
        return failures ? range + " AND NOT " + failed(image) : range;
    }

    /** That a rollback found that the row of an image cannot be taken back. */
    private String failed(String image) {
        return "EXISTS (SELECT 1 FROM " + images + " f WHERE f." + ledger.run() + " = " + marker.number() + " AND f."
                + ledger.kind() + " IN ('" + Ledger.REFERRED + "', '" + Ledger.REFUSED + "') AND f." + ledger.row()
                + " = " + image + "." + ledger.row() + ")";
    }

    /**
     * Says which inserted rows to delete: those that are as the run left them.
     *
     * @param from the first row number
     * @param to the last row number
     * @param failures whether there are rows that are known to fail, and are left out
     */
    String deletion(long from, long to, boolean failures) {
        String listed = !dialect.listsKeys()
                ? ""
                : "(" + names.list("t.", layout.key()) + ") IN (SELECT " + names.list("k.", layout.key()) + " FROM "
                        + from(Ledger.INSERTED, "k") + ") AND "; // else some databases visit every row of the table
        return listed + "EXISTS (SELECT 1 FROM " + from(Ledger.INSERTED, "i") + " AND " + on() + " AND "
                + untouched("t", "i") + among("i", from, to, failures) + ")";
    }

    /** Puts updated rows that are as the run left them back to what they were. */
    String restoration(long from, long to) {
        List<String> columns = names.quote(layout.stored().stream()
                .filter(name -> !layout.key().contains(name))
                .toList());
        String before = "(SELECT b.* FROM " + from(Ledger.BEFORE, "b") + among("b", from, to, false) + ")";
        String on = names.all(layout.key(), name -> "t." + name + " = s." + name);
        String untouched = dialect.copies()
                ? untouched("t", "s")
                : "EXISTS (SELECT 1 FROM " + from(Ledger.AFTER, "i") + " AND " + on() + " AND " + untouched("t", "i")
                        + ")";
        return dialect.update(target, before, on, columns, untouched);
    }

    /** Inserts rows that the run deleted, unless there are rows with their keys. */
    String reinsertion(long from, long to) {
        return "INSERT INTO " + target + " (" + names.list("", layout.stored()) + ")" + dialect.overriding()
                + " SELECT "
                + names.list("i.", layout.stored()) + " FROM " + from(Ledger.DELETED, "i") + " AND NOT "
                + there("1 = 1")
                + among("i", from, to, false);
    }

    /** That there is a row for an image, which meets a condition. */
    private String there(String condition) {
        return "EXISTS (SELECT 1 FROM " + target + " t WHERE " + on() + " AND " + condition + ")";
    }

    /** Inserted rows that are still there, so were changed or could not be deleted. */
    String stillThere() {
        return from(Ledger.INSERTED, "i") + " AND " + there("1 = 1");
    }

    /** Images of a kind that the table does not hold, so whose rows were changed or could not be restored. */
    String notBack(String kind) {
        return from(kind, "i") + " AND NOT " + there(equal("t", "i"));
    }

    /** Inserted rows, untouched, to which other tables refer. */
    String referred(Layout.Link link) {
        return from(Ledger.INSERTED, "i") + " AND "
                + there(untouched("t", "i") + " AND " + Deletion.referred(names, link)) + " AND NOT " + failed("i");
    }

    /** Inserted rows to which rows of the table itself refer that will stay. */
    String referredWithin(Layout.Link link) {
        String stays = "NOT EXISTS (SELECT 1 FROM " + from(Ledger.INSERTED, "j") + " AND "
                + names.all(layout.key(), name -> "c." + name + " = j." + name) + " AND " + untouched("c", "j")
                + " AND NOT " + failed("j") + ")";
        return from(Ledger.INSERTED, "i") + " AND " + there(Deletion.referred(names, link, stays)) + " AND NOT "
                + failed("i");
    }

    /** Records what a rollback found of rows. */
    String record(String kind, String from) {
        String key = names.list("", layout.key());
        return "INSERT INTO " + images + " (" + ledger.run() + ", " + ledger.row() + ", " + ledger.kind() + ", " + key
                + ") SELECT " + marker.number() + ", i." + ledger.row() + ", '" + kind + "', "
                + names.list("i.", layout.key()) + " FROM " + from;
    }

    /** As above, of rows that are not recorded yet. */
    String recordRest(String kind, String from) {
        return record(kind, from + " AND NOT " + failed("i"));
    }
}
