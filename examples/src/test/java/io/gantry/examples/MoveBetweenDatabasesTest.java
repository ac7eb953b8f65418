// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class MoveBetweenDatabasesTest {

    private static void execute(DataSource database, String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static long count(DataSource database, String table) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void a_table_of_h2_goes_into_a_table_of_postgresql_and_back_out() throws Exception {
        JdbcDataSource from = new JdbcDataSource();
        from.setURL("jdbc:h2:mem:contacts;DB_CLOSE_DELAY=-1");
        execute(
                from,
                "create table contacts (id bigint primary key, name varchar(80), mail varchar(80))",
                "insert into contacts values (1, ' Ada ', 'ada@example.org'), (2, 'Grace', 'grace at example.org'),"
                        + " (3, 'Alan', 'alan@example.org')");
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(2))
                .start()) {
            DataSource to = server.getPostgresDatabase();
            execute(
                    to,
                    "create table customers (id bigint primary key, name text not null, email text)",
                    "insert into customers values (3, 'Alan', null)");
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            MoveBetweenDatabases.run(from, to, new PrintStream(bytes, true, StandardCharsets.UTF_8));
            assertThat(bytes.toString(StandardCharsets.UTF_8))
                    .contains("contacts-to-customers  contacts.csv → customers  (preview)")
                    .contains("3 read: 1 inserted, 1 updated, 0 unchanged, 1 rejected, 0 skipped")
                    .contains("__row,__codes,__messages,ID,NAME,MAIL")
                    .contains("2,EMAIL,")
                    .contains(",2,Grace,grace at example.org")
                    .contains("rolled back: 2");
            assertThat(count(to, "customers")).isEqualTo(1);
            assertThat(count(to, "customers where email is not null")).isZero();
        }
    }
}
