// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** Finds the PostgreSQL driver's own connection behind a pool's. */
public final class PostgresConnection {

    private PostgresConnection() {}

    public static PGConnection of(Connection connection) throws SQLException {
        if (!connection.isWrapperFor(PGConnection.class)) {
            throw new ProviderException(
                    "JDBC_DRIVER_UNSUPPORTED",
                    FailureKind.INTERNAL,
                    "PostgreSQL is loaded through the COPY protocol of the driver org.postgresql; the connection is a "
                            + connection.getClass().getName() + " that does not unwrap to it");
        }
        return connection.unwrap(PGConnection.class);
    }
}
