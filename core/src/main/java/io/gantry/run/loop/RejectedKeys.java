// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.spi.dataset.DatasetWriter;
import io.gantry.spi.records.RowBatch;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a writer the keys of rejected rows, as far as they can be read: the file names them all the same. */
final class RejectedKeys {

    private RejectedKeys() {}

    static void tell(RowBatch rows, boolean[] rejected, List<String> key, DatasetWriter writer) {
        int count = 0;
        for (int row = 0; row < rows.size(); row++) {
            count += rejected[row] ? 1 : 0;
        }
        if (count == 0) {
            return;
        }
        Set<Integer> columns = new HashSet<>();
        key.forEach(field -> columns.add(rows.index(field)));
        RowBatch named = new RowBatch(rows.fields(), count);
        for (int row = 0; row < rows.size(); row++) {
            if (rejected[row] && hasKey(rows, row, columns)) {
                @Nullable Object[] values = new @Nullable Object[rows.fields().size()];
                for (int column : columns) {
                    values[column] = rows.column(column).object(row);
                }
                named.add(rows.number(row), values);
            }
        }
        if (named.size() > 0) {
            writer.name(named);
        }
    }

    private static boolean hasKey(RowBatch rows, int row, Set<Integer> key) {
        return key.stream().noneMatch(column -> rows.column(column).isNull(row));
    }
}
