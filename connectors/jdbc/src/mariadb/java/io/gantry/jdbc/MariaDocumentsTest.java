// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import javax.sql.DataSource;

class MariaDocumentsTest extends JdbcDocumentsContract {

    private static final DataSource DATABASE = MariaServer.database("documents");

    @Override
    DataSource dataSource() {
        return DATABASE;
    }
}
