// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.TableId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** The tables of one database that were opened as datasets, and what they are called. Safe for use by several threads. */
public final class OpenTables {

    private final DataSource dataSource;
    private final Map<TableId, String> names = new ConcurrentHashMap<>();
    private final Map<String, TableId> tables = new ConcurrentHashMap<>();

    public OpenTables(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** Remembers a dataset. */
    public void add(String dataset, TableId table) {
        names.put(table, dataset);
        tables.put(dataset, table);
    }

    /** The name of the dataset that stands for a table. */
    String nameOf(TableId table) {
        String name = names.get(table);
        return name != null ? name : table.name();
    }

    /** Whether a dataset of the name was opened, and so is in the same database. */
    boolean has(String dataset) {
        return tables.containsKey(dataset);
    }

    /** The table that a dataset stands for; a name that none has is taken for a table beside another one. */
    TableId tableOf(String dataset, TableId beside) {
        TableId table = tables.get(dataset);
        return table != null ? table : beside.sibling(dataset);
    }
}
