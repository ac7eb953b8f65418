// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Layout;
import io.gantry.jdbc.sql.Names;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableId;
import io.gantry.spi.records.RowBatch;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Finds out which of many keys a table holds, by staging them beside it: so the database itself compares. */
final class Lookup {

    private Lookup() {}

    static boolean[] contains(Session session, Layout layout, TableId place, List<String> fields, RowBatch keys)
            throws SQLException {
        boolean[] contained = new boolean[keys.size()];
        if (keys.size() == 0) {
            return contained;
        }
        Fit fit = new Fit(session.dialect(), fields.stream().map(layout::column).toList(), Set.of(), Set.of());
        byte[] states = new byte[keys.size()];
        fit.check(keys, states); // a value that the column could not hold is not there
        String hash = Ledger.hash(place + "\0lookup\0" + System.identityHashCode(session))
                .substring(0, 12);
        try (Stage stage = new Stage(session, layout, place, hash, fields, fields, false, List.of())) {
            stage.add(keys, states, number -> {});
            stage.finish();
            new TextValues(session, stage, fields.stream().map(layout::column).toList()).convert(column -> 0);
            Names names = session.names();
            String found = "SELECT s." + stage.number() + " FROM " + stage.table() + " s WHERE EXISTS (SELECT 1 FROM "
                    + names.quote(layout.table()) + " t WHERE "
                    + names.all(fields, name -> {
                        return "t." + name + " = s." + name;
                    })
                    + ") ORDER BY s." + stage.number();
            int[] row = new int[1];
            session.query(found, answer -> {
                long number = answer.getLong(1);
                while (keys.number(row[0]) < number) {
                    row[0]++;
                }
                contained[row[0]] = true;
            });
        }
        return contained;
    }
}
