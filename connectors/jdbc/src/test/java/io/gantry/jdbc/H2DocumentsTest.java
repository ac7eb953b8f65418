// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

class H2DocumentsTest extends JdbcDocumentsContract {

    private static final DataSource DATABASE =
            JdbcConnectionPool.create("jdbc:h2:mem:documents;DB_CLOSE_DELAY=-1", "sa", "");

    @Override
    DataSource dataSource() {
        return DATABASE;
    }
}
