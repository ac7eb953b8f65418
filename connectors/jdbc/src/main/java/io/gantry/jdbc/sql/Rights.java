// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Looks whether a user of PostgreSQL has the rights for a load, so that a missing one is named with its object. */
final class Rights {

    private Rights() {}

    static void confirm(Session session, TableId table, Collection<String> rights) throws SQLException {
        List<String> missing = new ArrayList<>();
        String[] user = new String[1];
        for (String right : rights) {
            String check = right.equals("DELETE") ? "has_table_privilege" : "has_any_column_privilege";
            session.query(
                    "SELECT " + check + "(CAST(? AS regclass), ?), current_user",
                    row -> {
                        user[0] = row.getString(2);
                        if (!row.getBoolean(1)) {
                            missing.add(right);
                        }
                    },
                    session.names().quote(table),
                    right);
        }
        if (!missing.isEmpty()) {
            throw new ProviderException(
                    "JDBC_NOT_PERMITTED",
                    FailureKind.DENIED,
                    "The database user " + user[0] + " lacks " + String.join(", ", missing) + " on " + table.fullName(),
                    Map.of("user", String.valueOf(user[0]), "table", table.fullName(), "rights", missing),
                    null);
        }
    }
}
