// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.jdbc.sql.TableColumn;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import java.sql.Types;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyHashesTest {

    private final CopyEncoder encoder = new CopyEncoder(List.of(new TableColumn(
            "id", FieldType.INTEGER, Types.BIGINT, "int8", 19, 0, false, false, false, false, "", "", "", true)));
    private final RowBatch rows = new RowBatch(List.of(Field.of("id", FieldType.INTEGER)), 1);
    private final KeyHashes hashes = new KeyHashes(new int[] {0});

    @Test
    void isSureOfConsecutiveNumbers() {
        for (long id = -100_000; id <= 1_000_000; id++) {
            add(id);
        }

        assertThat(hashes.surelyDifferent()).isTrue();
    }

    @Test
    void isNotSureOfTwoEqualKeys() {
        add(7);
        add(8);
        add(7);

        assertThat(hashes.surelyDifferent()).isFalse();
    }

    private void add(long id) {
        rows.clear();
        rows.add(id, id);
        encoder.clear();
        encoder.row(rows, 0);
        hashes.add(encoder);
    }
}
