// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.gantry.spi.FailureKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class FailuresTest {

    @Test
    void a_connection_that_its_pool_has_dropped_is_a_passing_failure() throws SQLException {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl("jdbc:h2:mem:dropped");
            Connection connection = pool.getConnection();
            connection.close();
            assertThatThrownBy(() -> {
                        try (Statement statement = connection.createStatement()) {
                            statement.execute("SELECT 1");
                        }
                    })
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(Failures.of("looking", e).kind()).isEqualTo(FailureKind.TRANSIENT));
        }
    }
}
