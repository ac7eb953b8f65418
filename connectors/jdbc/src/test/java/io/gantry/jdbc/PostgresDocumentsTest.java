// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import javax.sql.DataSource;

class PostgresDocumentsTest extends JdbcDocumentsContract {

    private static final DataSource DATABASE = PostgresServer.database("documents");

    @Override
    DataSource dataSource() {
        return DATABASE;
    }
}
