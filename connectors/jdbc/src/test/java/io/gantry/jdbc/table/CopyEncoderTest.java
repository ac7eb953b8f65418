// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.jdbc.sql.TableColumn;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.sql.Types;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CopyEncoderTest {

    private final CopyEncoder encoder = new CopyEncoder(List.of(new TableColumn(
            "n", FieldType.DECIMAL, Types.NUMERIC, "numeric", 0, 0, true, false, false, false, "", "", "", true)));
    private final RowBatch rows = new RowBatch(List.of(Field.of("n", FieldType.DECIMAL)), 1);

    @Test
    void decimals_are_written_as_the_database_reads_them() {
        Random random = new Random(7);
        for (int scale = 0; scale <= 24; scale++) {
            for (long unscaled : new long[] {
                0, 1, -1, 9, 10, 100, 9_999, 10_000, 10_001, 99_999_999, 100_000_000, Long.MAX_VALUE, Long.MIN_VALUE
            }) {
                check(BigDecimal.valueOf(unscaled, scale));
            }
            for (int i = 0; i < 2_000; i++) {
                check(BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), scale));
                check(new BigDecimal(new BigInteger(100, random), scale));
            }
        }
    }

    private void check(BigDecimal number) {
        rows.clear();
        rows.add(1, number);
        encoder.clear();
        encoder.row(rows, 0);
        ByteBuffer written = ByteBuffer.wrap(encoder.buffer(), 2, encoder.size() - 2);
        assertThat(written.getInt()).isEqualTo(written.remaining());
        int count = written.getShort();
        int weight = written.getShort();
        boolean negative = written.getShort() == 0x4000;
        int scale = written.getShort();
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < count; i++) {
            short group = written.getShort();
            assertThat(group).isBetween((short) 0, (short) 9_999);
            if (i == 0 || i == count - 1) {
                assertThat(group)
                        .as("the first and the last group of " + number)
                        .isPositive();
            }
            sum = sum.add(BigDecimal.valueOf(group).scaleByPowerOfTen(4 * (weight - i)));
        }
        assertThat(written.hasRemaining()).isFalse();
        assertThat(negative ? sum.negate() : sum).isEqualByComparingTo(number);
        assertThat(scale).isEqualTo(number.scale());
    }
}
