// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.mapping.compile.CompiledMapping;
import io.gantry.mapping.compile.RowMapper;
import io.gantry.spi.dataset.CheckingDataset.RowCheck;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.records.TextBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place in the ring of batches: the cells as they were read, and the rows made of them. One thread has it at a time. */
final class Slot {

    final TextBatch text;
    final RowMapper mapper;
    final List<RowIssue> rowIssues = new ArrayList<>();
    final boolean[] skipped;
    int from;
    long readNanos;
    long mapNanos;
    long consumed;
    private final @Nullable RowCheck check;
    private final @Nullable Correction correction;

    /** An issue that a dataset's own check told of. */
    record RowIssue(long number, List<String> fields, String code, String message) {}

    Slot(CompiledMapping mapping, int capacity, @Nullable RowCheck check, @Nullable Correction correction) {
        text = new TextBatch(capacity);
        mapper = mapping.mapper(capacity);
        skipped = new boolean[capacity];
        this.check = check;
        this.correction = correction;
    }

    /** Makes rows of the cells and checks each by itself. */
    Slot map() {
        long begin = System.nanoTime();
        mapper.map(text, from);
        rowIssues.clear();
        RowBatch rows = mapper.rows();
        if (correction != null) {
            for (int row = 0; row < rows.size(); row++) {
                skipped[row] = !correction.expects(text, from + row);
            }
        }
        RowCheck own = check;
        if (own != null && rows.size() > 0) {
            long first = rows.number(0);
            own.check(rows, mapper.rejected(), (number, fields, code, message) -> {
                mapper.rejected()[(int) (number - first)] = true;
                rowIssues.add(new RowIssue(number, fields, code, message));
            });
        }
        mapNanos = System.nanoTime() - begin;
        return this;
    }
}
