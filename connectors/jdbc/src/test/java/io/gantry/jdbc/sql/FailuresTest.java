// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            25006 | 0  | JDBC_READ_ONLY     | TRANSIENT
            42501 | 0  | JDBC_NOT_PERMITTED | DENIED
            53100 | 0  | STORAGE_FULL       | TRANSIENT
            ''    | 13 | STORAGE_FULL       | TRANSIENT
            ''    | 26 | STORAGE_CORRUPT    | DATA
            ''    | 14 | JDBC_UNAVAILABLE   | TRANSIENT
            57P01 | 0  | JDBC_UNAVAILABLE   | TRANSIENT
            XX000 | 0  | JDBC_FAILED        | INTERNAL""")
    void each_state_has_its_kind(String state, int vendor, String code, FailureKind kind) {
        ProviderException failure = Failures.of("testing", new SQLException("secret", state, vendor));
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.kind()).isEqualTo(kind);
    }

    @Test
    void an_exhausted_pool_is_told_without_empty_codes() {
        ProviderException failure = Failures.of("connecting", new SQLException("timeout", null, 0));
        assertThat(failure.getMessage()).contains("gives no code").doesNotContain("SQLSTATE ,");
    }

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
