// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Layout;
import io.gantry.jdbc.sql.Names;
import io.gantry.jdbc.sql.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Keeps the keys that the database made up for new rows. */
final class GeneratedKeys {

    /** The numbers of images of rows with such keys begin here, so that no row of a file has one of them. */
    static final long FIRST = 1_000_000_000_000L;

    private static final int ROWS = 1_000;

    private GeneratedKeys() {}

    /**
     * Inserts rows and keeps their keys as images.
     *
     * @param insert the statement
     * @param kind of the images
     * @return how many rows were inserted
     */
    static long insert(Session session, Ledger ledger, Layout layout, String insert, long run, String kind)
            throws SQLException {
        List<String> key = layout.key();
        Names names = session.names();
        String keep = "INSERT INTO " + ledger.images(ledger.imagesName()) + " (" + ledger.run() + ", " + ledger.row()
                + ", " + ledger.kind() + ", " + names.list("", key) + ") VALUES (" + run + ", ?, '" + kind + "'"
                + key.stream().map(column -> ", ?").collect(Collectors.joining()) + ")";
        List<List<Object>> keys = new ArrayList<>();
        String returning = session.dialect().returning(insert, names.list("", key));
        try (PreparedStatement inserting = session.watch(session.connection().prepareStatement(returning));
                ResultSet made = inserting.executeQuery()) {
            while (made.next()) { // read to the end first: not every driver takes two statements at once
                List<Object> values = new ArrayList<>(key.size());
                for (int i = 1; i <= key.size(); i++) {
                    values.add(made.getObject(i));
                }
                keys.add(values);
            }
        }
        try (PreparedStatement keeping = session.connection().prepareStatement(keep)) {
            for (int row = 0; row < keys.size(); row++) {
                keeping.setLong(1, FIRST + row + 1L);
                for (int i = 0; i < key.size(); i++) {
                    keeping.setObject(i + 2, keys.get(row).get(i));
                }
                keeping.addBatch();
                if (row % ROWS == ROWS - 1 || row == keys.size() - 1) {
                    keeping.executeBatch();
                }
            }
        }
        return keys.size();
    }
}
