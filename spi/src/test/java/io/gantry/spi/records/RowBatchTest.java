// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowBatchTest {

    private static Object sample(FieldType type) {
        return switch (type) {
            case STRING -> "漢字 and 🙂";
            case INTEGER -> Long.MIN_VALUE;
            case DECIMAL -> new BigDecimal("-12345678901234567890.1234");
            case FLOAT -> -0.1;
            case BOOLEAN -> true;
            case DATE -> LocalDate.of(1582, 10, 4);
            case TIME -> LocalTime.of(23, 59, 59, 999_999_000);
            case TIMESTAMP -> Instant.parse("1600-02-29T23:59:59.999999Z");
            case UUID -> new UUID(-1, 1);
            case BYTES -> new byte[] {0, -1, 127};
        };
    }

    @ParameterizedTest
    @EnumSource(FieldType.class)
    void a_value_of_any_type_comes_back_as_it_was_set(FieldType type) {
        RowBatch batch = new RowBatch(List.of(Field.of("f", type)), 2);
        batch.add(1, sample(type));
        batch.add(2, (Object) null);
        assertThat(batch.column(0).object(0)).isEqualTo(sample(type));
        assertThat(batch.column(0).object(1)).isNull();
    }

    @ParameterizedTest
    @EnumSource(FieldType.class)
    void dropping_rows_keeps_the_others_in_order(FieldType type) {
        RowBatch batch = new RowBatch(List.of(Field.of("f", type)), 4);
        batch.add(1, (Object) null);
        batch.add(2, sample(type));
        batch.add(3, (Object) null);
        batch.add(4, sample(type));
        batch.drop(new boolean[] {true, false, false, false});
        assertThat(batch.size()).isEqualTo(3);
        assertThat(batch.number(0)).isEqualTo(2);
        assertThat(batch.column(0).object(0)).isEqualTo(sample(type));
        assertThat(batch.column(0).object(1)).isNull();
        assertThat(batch.column(0).object(2)).isEqualTo(sample(type));
    }

    @Test
    void a_row_added_where_one_was_dropped_has_no_value() {
        RowBatch batch = new RowBatch(List.of(Field.of("f", FieldType.INTEGER)), 3);
        batch.add(1, 10L);
        batch.add(2, 20L);
        batch.drop(new boolean[] {false, true});
        batch.clear();
        batch.add(3);
        batch.add(4);
        assertThat(batch.column(0).isNull(1)).isTrue();
    }

    @Test
    void decimals_need_an_object_only_beyond_a_long() {
        RowBatch batch = new RowBatch(List.of(Field.of("f", FieldType.DECIMAL)), 3);
        batch.add(1, new BigDecimal("12.50"));
        batch.add(2, new BigDecimal(BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE), 3));
        batch.add(3, new BigDecimal("1E+3"));
        DecimalColumn column = (DecimalColumn) batch.column(0);
        assertThat(column.isBig(0)).isFalse();
        assertThat(column.unscaled(0)).isEqualTo(1250);
        assertThat(column.scale(0)).isEqualTo(2);
        assertThat(column.isBig(1)).isTrue();
        assertThat(column.decimal(1)).isEqualTo("9223372036854775.808");
        assertThat(column.decimal(2)).isEqualTo("1000");
    }

    @Test
    void a_slice_can_lie_in_a_lent_buffer_or_in_the_columns_own() {
        RowBatch batch = new RowBatch(List.of(Field.of("f", FieldType.STRING)), 4);
        SliceColumn column = (SliceColumn) batch.column(0);
        byte[] lent = "hello world".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        column.borrow(lent);
        column.set(batch.add(1), 6, 5);
        assertThat(column.string(0)).isEqualTo("world");
        assertThat(column.buffer()).isSameAs(lent);
        batch.clear();
        for (int i = 0; i < 4; i++) {
            column.append(batch.add(i + 1L), "x".repeat(1_000) + i);
        }
        assertThat(column.string(0)).isEqualTo("x".repeat(1_000) + 0);
        assertThat(column.string(3)).isEqualTo("x".repeat(1_000) + 3);
    }

    @Test
    void a_cursor_goes_over_the_rows() {
        RowBatch batch =
                new RowBatch(Arrays.asList(Field.of("name", FieldType.STRING), Field.of("born", FieldType.DATE)), 2);
        batch.add(7, "Ada", LocalDate.of(1815, 12, 10));
        Row row = batch.rows();
        assertThat(row.next()).isTrue();
        assertThat(row.number()).isEqualTo(7);
        assertThat(row.string("name")).isEqualTo("Ada");
        assertThat(row.date("born")).isEqualTo("1815-12-10");
        assertThatThrownBy(() -> row.string("nmae"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'nmae'")
                .hasMessageContaining("name");
        assertThat(row.next()).isFalse();
    }
}
