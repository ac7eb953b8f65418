// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/** A real PostgreSQL, started once for all tests of this process; each test class has a database of its own. */
final class PostgresServer {

    /** A busy machine may take a while; it only keeps the tests from hanging. */
    static final Duration LONGEST_START = Duration.ofMinutes(2);

    private static final EmbeddedPostgres SERVER = start();

    private PostgresServer() {}

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setPGStartupWait(LONGEST_START)
                    .setServerConfig("fsync", "off")
                    .setServerConfig("max_connections", "200")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes an empty database. */
    static DataSource database(String name) {
        return pool(create(name));
    }

    /** Makes an empty database, and gives its address. */
    static String url(String name) {
        create(name);
        return SERVER.getJdbcUrl("postgres", name);
    }

    /** Makes an empty database for a user who may make tables in it, but may not end connections, not even its own. */
    static DataSource databaseOfPlainUser(String name) {
        DataSource database = create(name);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE plain LOGIN");
            statement.execute("GRANT ALL ON SCHEMA public TO plain");
            statement.execute("REVOKE EXECUTE ON FUNCTION pg_terminate_backend(integer, bigint) FROM PUBLIC");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return pool(SERVER.getDatabase("plain", name));
    }

    private static DataSource create(String name) {
        try (Connection connection = SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE \"" + name + "\"");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return SERVER.getDatabase("postgres", name);
    }

    private static DataSource pool(DataSource database) {
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(database);
        pool.setMaximumPoolSize(4);
        return new HikariDataSource(pool);
    }
}
