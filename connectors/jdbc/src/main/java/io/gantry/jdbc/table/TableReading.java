// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Dialect;
import io.gantry.jdbc.sql.Layout;
import io.gantry.jdbc.sql.Names;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableColumn;
import io.gantry.spi.dataset.DatasetReader;
import io.gantry.spi.dataset.Selection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Turns a selection into a query. */
final class TableReading {

    private TableReading() {}

    static DatasetReader open(Session session, Layout layout, Selection selection) throws SQLException {
        Dialect dialect = session.dialect();
        Names names = session.names();
        List<TableColumn> columns =
                selection.fields().stream().map(layout::column).toList();
        List<TableColumn> types = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        FilterSql filter = new FilterSql(
                dialect,
                names,
                layout,
                dialect.copies()
                        ? PostgresLiteral::of
                        : (column, value) -> {
                            types.add(column);
                            values.add(value);
                            return "?";
                        });
        String query = "SELECT " + names.read("", columns) + " FROM " + names.quote(layout.table()) + " WHERE "
                + filter.condition(selection.filter())
                + (layout.key().isEmpty() ? "" : " ORDER BY " + names.list("", layout.key()));
        session.beginReading();
        return dialect.copies()
                ? CopyReader.open(session, query, columns)
                : CursorReader.open(session, query, columns, types, values);
    }
}
