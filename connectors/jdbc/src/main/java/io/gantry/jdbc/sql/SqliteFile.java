// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Properties;

/**
 * Connections to a file of SQLite, kept open between uses: to open one is to read the file's whole schema.
 *
 * <p>A commit is on the disk before it returns, and each connection may hold some more of the file in memory than SQLite
 * would by itself.
 */
public final class SqliteFile implements Connections {

    private static final String DRIVER = "org.sqlite.JDBC";

    private final Path file;
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private boolean closed;

    public SqliteFile(Path file) {
        this.file = file;
    }

    @Override
    public Connection take() throws SQLException {
        synchronized (this) {
            Connection connection = idle.pollLast();
            if (connection != null) {
                return connection;
            }
        }
        return connect();
    }

    private Connection connect() throws SQLException {
        try {
            Class.forName(DRIVER);
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (ClassNotFoundException e) {
            throw new ProviderException(
                    "JDBC_DRIVER_MISSING",
                    FailureKind.DATA,
                    "Documents in a file are kept by SQLite, whose driver is not there: add org.xerial:sqlite-jdbc",
                    Map.of("driver", DRIVER),
                    e);
        } catch (IOException e) {
            throw new SQLException("The folder of the file cannot be made", "08001", e);
        }
        Properties settings = new Properties();
        settings.setProperty("synchronous", "FULL");
        settings.setProperty("cache_size", "-16384"); // KiB
        return DriverManager.getConnection("jdbc:sqlite:" + file, settings);
    }

    @Override
    public void giveBack(Connection connection) {
        if (!isSound(connection) || !keep(connection)) {
            Connections.closeQuietly(connection);
        }
    }

    private synchronized boolean keep(Connection connection) {
        return !closed && idle.add(connection);
    }

    private static boolean isSound(Connection connection) {
        try {
            return connection.getAutoCommit(); // if not, a transaction could not be ended
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(Connections::closeQuietly);
        idle.clear();
    }
}
