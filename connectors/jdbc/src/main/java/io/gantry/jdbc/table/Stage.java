// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Dialect;
import io.gantry.jdbc.sql.Layout;
import io.gantry.jdbc.sql.Names;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableColumn;
import io.gantry.jdbc.sql.TableId;
import io.gantry.spi.records.RowBatch;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The staging table of one load: its rows with their numbers, and beside it a table of those that are rejected.
 *
 * <p>The number of a rejected row is made negative: it is not loaded, but its key still counts as being in the file.
 */
final class Stage implements AutoCloseable {

    private static final boolean[] WHOLE = {};

    private final Session session;
    private final Layout layout;
    private final List<TableColumn> columns;
    private final List<String> key;
    private final boolean[] inKey;
    private final boolean naming;
    private final String table;
    private final String bad;
    private final String index;
    private final String rowIndex;
    private final String number;
    private final TableId place;
    private final StageClaim claim;
    private final List<KeyHashes> watchers;
    private @Nullable CopyInput copy;
    private @Nullable BatchInput batches;
    private boolean created;

    /**
     * Names the tables; nothing is made yet.
     *
     * @param layout of the table that the rows are for
     * @param place where staging tables live that are not private to the connection
     * @param hash tells this load's tables from others
     * @param fields the columns of the rows
     * @param key those that tell rows apart; may be empty
     * @param naming whether rows that do not fit are staged with their key
     * @param watchers see the keys of rows that go by COPY
     */
    Stage(
            Session session,
            Layout layout,
            TableId place,
            String hash,
            List<String> fields,
            Collection<String> key,
            boolean naming,
            List<KeyHashes> watchers) {
        this.session = session;
        this.layout = layout;
        this.columns = fields.stream().map(layout::column).toList();
        this.key = List.copyOf(key);
        this.naming = naming;
        this.place = place;
        this.watchers = watchers;
        inKey = new boolean[fields.size()];
        for (int i = 0; i < inKey.length; i++) {
            inKey[i] = key.contains(fields.get(i));
        }
        Names names = session.names();
        boolean temporary = session.dialect().temporaryStage();
        String stage = Names.helper(StageClaim.ROWS, layout.table().name(), hash);
        String rejected = Names.helper(StageClaim.REJECTED, layout.table().name(), hash);
        table = temporary ? names.quote(stage) : names.quote(place.sibling(stage));
        bad = temporary ? names.quote(rejected) : names.quote(place.sibling(rejected));
        claim = new StageClaim(session, place.sibling(stage));
        index = names.quote(stage + "_k");
        rowIndex = names.quote(stage + "_r");
        number = names.quote(free("gantry_row", fields));
    }

    /** Tells the tables of a load from those of others, also of other attempts: a frozen one may still write into its own. */
    static String hash(TableId table, String run, int attempt) {
        return Ledger.hash(table.fullName() + '\0' + run + '\0' + attempt).substring(0, 12);
    }

    /** Drops what loads of a run that were begun with a smaller attempt have left. */
    static void sweep(Session session, TableId table, TableId place, String run, int attempt) throws SQLException {
        for (int one = 1; one < attempt && !session.dialect().temporaryStage(); one++) {
            for (String prefix : List.of(StageClaim.ROWS, StageClaim.REJECTED)) {
                String name = Names.helper(prefix, table.name(), hash(table, run, one));
                session.define("DROP TABLE IF EXISTS " + session.names().quote(place.sibling(name)));
            }
            session.connection().commit();
        }
    }

    /** A name that none of the columns has. */
    static String free(String wish, Collection<String> taken) {
        String name = wish;
        while (taken.stream().anyMatch(name::equalsIgnoreCase)) {
            name += "_";
        }
        return name;
    }

    /** The quoted name of the table. */
    String table() {
        return table;
    }

    /** The quoted name of the table of rejected rows: {@code gantry_row} and {@code gantry_rule}. */
    String bad() {
        return bad;
    }

    /** The quoted name of the column with the row's number. */
    String number() {
        return number;
    }

    private void create() throws SQLException {
        Dialect dialect = session.dialect();
        Names names = session.names();
        if (dialect.copies()) {
            session.beginLooking(); // a transaction of its own: only a table that it has made is copied into as below
        } else if (!dialect.temporaryStage()) {
            StageClaim.sweep(session, place);
            claim.take();
            session.define("DROP TABLE IF EXISTS " + table); // of an attempt of the same run that broke off
            session.define("DROP TABLE IF EXISTS " + bad);
        }
        StringBuilder values = new StringBuilder(dialect.someLong() + " AS " + number);
        for (TableColumn column : columns) {
            String name = names.quote(column.name());
            String value = "t." + name;
            values.append(", ")
                    .append(column.storage().isEmpty() ? value : "CAST(" + value + " AS " + column.storage() + ")")
                    .append(" AS ")
                    .append(name);
        }
        session.define(dialect.createStage() + table + " AS SELECT " + values + " FROM (SELECT 1 AS one) d LEFT JOIN "
                + names.quote(layout.table()) + " t ON 1 = 0 WHERE 1 = 0");
        session.define(dialect.createStage() + bad + " (gantry_row BIGINT, gantry_rule INTEGER)");
        if (!dialect.copies()) {
            session.connection().commit(); // there, the COPY is part of the transaction
        }
        created = true;
    }

    /**
     * Takes rows.
     *
     * @param states from {@link Fit}, for each row
     * @param refused is told the number of each row that the database does not take
     */
    void add(RowBatch rows, byte[] states, LongConsumer refused) throws SQLException {
        if (!created) {
            create();
        }
        String names = number + ", "
                + session.names()
                        .list("", columns.stream().map(TableColumn::name).toList());
        if (session.dialect().copies()) {
            if (copy == null) {
                copy = new CopyInput(session, table, names, columns, true);
            }
            for (int row = 0; row < rows.size(); row++) {
                if (states[row] == Fit.FITS) {
                    copy.numbered(rows.number(row), rows, row, WHOLE);
                    for (int i = 0; i < watchers.size(); i++) {
                        watchers.get(i).add(copy.encoder());
                    }
                } else if (naming && states[row] == Fit.MISFIT) {
                    copy.numbered(-rows.number(row), rows, row, inKey);
                }
            }
        } else {
            if (batches == null) {
                batches = new BatchInput(session, table, names, columns, refused);
            }
            batches.add(rows, states, naming, inKey);
        }
    }

    /** Makes the rows ready to be checked: they are in the table, and stay there when a transaction is rolled back. */
    void finish() throws SQLException {
        if (!created) {
            create();
        }
        if (copy != null) {
            copy.end();
        }
        if (batches != null) {
            batches.close();
            batches = null;
        }
        session.connection().commit();
        if (!session.dialect().copies() && !key.isEmpty()) {
            try {
                session.define("CREATE INDEX " + index + " ON " + table + " ("
                        + session.names().list("", key) + ")");
                session.connection().commit();
            } catch (SQLException e) {
                session.connection().rollback(); // a type that cannot be indexed: slower, but right
            }
        }
    }

    /** Makes single rows quick to find. Ends the transaction. */
    void index() throws SQLException {
        session.define("CREATE INDEX " + rowIndex + " ON " + table + " (" + number + ")");
        session.connection().commit();
    }

    /** Rejects rows by their numbers, for good. */
    void reject(Set<Long> numbers, int rule) throws SQLException {
        for (long rejected : numbers) {
            session.update("INSERT INTO " + bad + " (gantry_row, gantry_rule) VALUES (?, ?)", rejected, rule);
        }
        withdraw();
        session.connection().commit();
    }

    /** Makes the numbers of rejected rows negative. */
    void withdraw() throws SQLException {
        session.update("UPDATE " + table + " SET " + number + " = -" + number + " WHERE " + number
                + " IN (SELECT gantry_row FROM " + bad + ")");
    }

    /** Drops the tables. */
    @Override
    public void close() {
        try {
            if (copy != null) {
                copy.abandon();
            }
            if (batches != null) {
                batches.close();
            }
            session.connection().rollback();
            if (created) {
                session.define("DROP TABLE IF EXISTS " + table);
                session.define("DROP TABLE IF EXISTS " + bad);
                session.connection().commit();
            }
        } catch (SQLException e) {
            // The connection is broken: private tables go with it, others are swept by whoever stages rows next.
        } finally {
            claim.close();
        }
    }
}
