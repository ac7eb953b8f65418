// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.jdbc.sql.Session;
import io.gantry.spi.Cancellation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That the pieces of a step are all of it, and nothing twice, also when one of them fails. */
class UndoStepTest {

    private static final String REFUSED = "23503";

    private final List<String> ranges = new ArrayList<>();
    private Session session;

    @BeforeEach
    void open() {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:");
        session = Session.open(database, Cancellation.NEVER);
    }

    @AfterEach
    void close() {
        session.close();
    }

    private long takeBack(long from, long to) {
        ranges.add(from + "-" + to);
        return Math.min(to, 25) - Math.max(from, 3) + 1;
    }

    private long run(UndoStep step) throws SQLException {
        return step.run(session, "testing", () -> new long[] {3, 25});
    }

    @Test
    void few_rows_are_taken_back_at_once() throws SQLException {
        UndoStep step = new UndoStep("I", 23, 23, this::takeBack);
        assertThat(run(step)).isEqualTo(23);
        assertThat(ranges).containsExactly(Long.MIN_VALUE + "-" + Long.MAX_VALUE);
        assertThat(step.isComplete()).isTrue();
    }

    @Test
    void many_rows_are_taken_back_in_pieces() throws SQLException {
        UndoStep step = new UndoStep("I", 23, 10, this::takeBack);
        assertThat(run(step)).isEqualTo(23);
        assertThat(ranges).containsExactly("3-12", "13-22", "23-25");
        assertThat(step.isComplete()).isTrue();
        assertThat(step.failed()).isEmpty();
    }

    @Test
    void a_row_that_fails_in_a_later_piece_is_found_and_what_was_done_before_counts_once() throws SQLException {
        UndoStep step = new UndoStep("I", 23, 10, (from, to) -> {
            if (from <= 14 && 14 <= to) {
                throw new SQLException("Refused, for the test", REFUSED);
            }
            return takeBack(from, to);
        });
        assertThat(run(step)).isEqualTo(22);
        assertThat(step.isComplete()).isFalse();
        assertThat(step.failed()).containsExactly(14L);
    }
}
