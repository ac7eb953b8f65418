// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.mapping.compile.CellIssues;
import io.gantry.mapping.compile.CompiledMapping;
import io.gantry.mapping.compile.RowMapper;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.records.TextBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A slot whose records are read as text, and mapped. */
final class TextSlot extends Slot {

    final TextBatch text;
    int from;
    private final RowMapper mapper;
    private final CellWords words;
    private final @Nullable Correction correction;

    TextSlot(CompiledMapping mapping, int capacity, @Nullable Correction correction, List<RowStage> stages) {
        super(capacity, stages);
        this.text = new TextBatch(capacity);
        this.mapper = mapping.mapper(capacity);
        this.words = new CellWords(mapping, mapper);
        this.correction = correction;
    }

    @Override
    RowBatch rows() {
        return mapper.rows();
    }

    @Override
    int size() {
        return text.size() - from;
    }

    @Override
    void convert() {
        mapper.map(text, from);
        if (correction != null) {
            for (int row = 0; row < size(); row++) {
                if (!correction.expects(text, from + row)) {
                    verdicts.skip(row);
                }
            }
        }
        CellIssues issues = mapper.issues();
        for (int i = 0; i < issues.size(); i++) {
            verdicts.add(issues.row(i), words.kind(issues.column(i), issues.code(i), issues.isWarning(i)));
        }
    }
}
