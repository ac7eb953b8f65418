// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Dialect;
import io.gantry.jdbc.sql.Layout;
import io.gantry.jdbc.sql.Names;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableColumn;
import io.gantry.jdbc.sql.TableId;
import io.gantry.jdbc.sql.Tables;
import io.gantry.spi.dataset.AppliedRun.Undo;
import io.gantry.spi.dataset.DatasetWriter.Outcome;
import io.gantry.spi.dataset.Load;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a table's runs leave beside it: markers, and images of rows as they were before and after.
 *
 * <p>An image is a row of the table {@link #images}: the number of its run, the row's number in the file (negative for a
 * row that was not in it), a kind, then the columns of the table. PostgreSQL keeps the version of the row, too.
 */
final class Ledger {

    /** A row the run inserted: its key, and where versions are not known all of it as the run left it. */
    static final String INSERTED = "I";
    /** A row the run updated, as it was before. */
    static final String BEFORE = "U";
    /** A row the run updated, as the run left it; kept where versions are not known. */
    static final String AFTER = "V";
    /** A row the run deleted, as it was before. */
    static final String DELETED = "D";
    /** The key of a row that a rollback left alone, because it had been changed since. */
    static final String KEPT = "K";
    /** The key of a row that a rollback left alone, because others refer to it. */
    static final String REFERRED = "R";
    /** The key of a row that the database would not take back. */
    static final String REFUSED = "F";

    private static final String KEYS = "gantry_key";

    private final Session session;
    private final Layout layout;
    private final TableId place;
    private final Names names;
    private final Dialect dialect;
    private final String dataset;
    private final RunTable runs;

    /**
     * Opens a table's ledger.
     *
     * @param place any table of the schema where the ledger lives
     */
    Ledger(Session session, Layout layout, TableId place) {
        this.session = session;
        this.layout = layout;
        this.place = place;
        this.names = session.names();
        this.dialect = session.dialect();
        this.dataset = layout.table().fullName();
        this.runs = new RunTable(session, place.sibling(RunTable.NAME), dataset);
    }

    String keys() {
        return names.quote(place.sibling(KEYS));
    }

    /** The quoted name of a table of images. */
    String images(String name) {
        return names.quote(place.sibling(name));
    }

    /** The name of the table of images for the shape that the table has now. */
    String imagesName() {
        StringBuilder shape = new StringBuilder(dataset);
        for (String name : layout.stored()) {
            TableColumn column = layout.column(name);
            shape.append('\0').append(name).append('\0').append(column.typeName());
            shape.append('\0').append(column.size()).append(',').append(column.digits());
        }
        return Names.helper(
                "gantry_undo_", layout.table().name(), hash(shape.toString()).substring(0, 10));
    }

    /** The name of the column at a place of a table of images that belongs to the ledger itself. */
    String own(String wish) {
        return names.quote(Stage.free(wish, layout.stored()));
    }

    String run() {
        return own("gantry_run");
    }

    String row() {
        return own("gantry_row");
    }

    String kind() {
        return own("gantry_kind");
    }

    /** PostgreSQL's version of the row before the run. */
    String version() {
        return own("gantry_version");
    }

    /** Makes what tables are missing. Ends the transaction: some databases do so with each definition. */
    void prepare() throws SQLException {
        prepareRuns();
        if (dialect.copies() && !exists(KEYS)) {
            define(
                    KEYS,
                    "CREATE TABLE " + keys() + " (run BIGINT NOT NULL, part INTEGER NOT NULL, first BIGINT NOT NULL,"
                            + " data BYTEA NOT NULL, PRIMARY KEY (run, part));"
                            + " ALTER TABLE " + keys() + " ALTER data SET STORAGE EXTERNAL");
        }
        String images = imagesName();
        if (!exists(images)) {
            StringBuilder columns = new StringBuilder(dialect.someLong() + " AS " + run() + ", " + dialect.someLong()
                    + " AS " + row() + ", CAST('" + INSERTED + "' AS CHAR(1)) AS " + kind());
            if (dialect.copies()) {
                columns.append(", CAST('0' AS XID) AS ").append(version());
            }
            for (String name : layout.stored()) {
                String storage = layout.column(name).storage();
                String value = "t." + names.quote(name);
                boolean plain = storage.isEmpty() || !layout.column(name).cast().isEmpty();
                columns.append(", ").append(plain ? dialect.nullable(value) : "CAST(" + value + " AS " + storage + ")");
                columns.append(" AS ").append(names.quote(name));
            }
            define(
                    images,
                    "CREATE TABLE " + images(images) + " AS SELECT " + columns + " FROM (SELECT 1 AS one) d LEFT JOIN "
                            + names.quote(layout.table()) + " t ON 1 = 0 WHERE 1 = 0");
            String index = names.quote(images + "_r");
            if (!dialect.copies() && !layout.key().isEmpty()) {
                indexKeys(images);
            }
            define(
                    images,
                    dialect.copies()
                            ? "CREATE INDEX " + index + " ON " + images(images) + " USING brin (" + run() + ")"
                            : "CREATE UNIQUE INDEX " + index + " ON " + images(images) + " (" + run() + ", " + kind()
                                    + ", " + row() + ")");
        }
        session.connection().commit();
    }

    /** Makes the table of runs. Ends the transaction. */
    void prepareRuns() throws SQLException {
        Optional<String> definition = runs.definition();
        if (definition.isPresent()) {
            define(RunTable.NAME, definition.get());
        }
        session.connection().commit();
    }

    private void indexKeys(String images) throws SQLException {
        String index = "CREATE INDEX " + names.quote(images + "_k") + " ON " + images(images) + " (";
        String key = names.list("", layout.key()) + ")";
        try {
            session.define(index + run() + ", " + kind() + ", " + key);
            session.connection().commit();
        } catch (SQLException e) {
            session.connection().rollback();
            define(images, index + key); // the longer one may be too long for the database
        }
    }

    /** Makes a table, unless another process makes it at the same time. */
    private void define(String table, String sql) throws SQLException {
        // in SQLite, a transaction that has read does not wait for its turn to write: it fails when another one has
        // written
        session.connection().commit();
        try {
            session.define(sql);
            session.connection().commit();
        } catch (SQLException e) {
            session.connection().rollback();
            if (!exists(table)) {
                throw e;
            }
        }
    }

    boolean exists(String table) throws SQLException {
        return Tables.exists(session, place.sibling(table));
    }

    /** The markers and fences of runs. */
    RunTable runs() {
        return runs;
    }

    /** The full name of the table. */
    String dataset() {
        return dataset;
    }

    /** A number for a load that no other has, but for one chance in a billion of those begun in the same second. */
    static long number(Load load, String dataset) {
        String hash = hash(dataset + '\0' + load.run() + '\0' + load.attempt());
        return load.time().getEpochSecond() << 30 | Integer.parseUnsignedInt(hash.substring(0, 8), 16) >>> 2;
    }

    /** Writes the marker of a load. */
    void mark(Load load, long number, Outcome outcome, long transaction) throws SQLException {
        runs.mark(load, number, outcome, imagesName(), transaction);
    }

    /** Drops what loads of a run that were begun with a smaller attempt have left of their staging. */
    void sweep(String run, int attempt) throws SQLException {
        Stage.sweep(session, layout.table(), place, run, attempt);
    }

    /** Deletes what it takes to undo a run, and tells whether that could have been done. */
    boolean forget(RunMarker marker) throws SQLException {
        boolean possible = marker.undo() == Undo.POSSIBLE;
        String images = marker.images();
        if (images != null && exists(images)) {
            session.update("DELETE FROM " + images(images) + " WHERE " + run() + " = ?", marker.number());
        }
        if (dialect.copies()) {
            session.update("DELETE FROM " + keys() + " WHERE run = ?", marker.number());
        }
        if (possible) {
            runs.markExpired(marker);
        }
        return possible;
    }

    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The columns of an image, each behind an alias. */
    String columns(String alias) {
        return names.list(alias, layout.stored());
    }
}
