// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.mapping.compile.CellIssues;
import io.gantry.mapping.compile.CompiledMapping;
import io.gantry.mapping.compile.RowMapper;
import io.gantry.spi.schema.Field;
import io.gantry.validation.IssueCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The kinds of issues that a mapping finds in cells, each made once. Belongs to one thread at a time. */
final class CellWords {

    private static final int CODES = IssueCode.values().length;

    private final CompiledMapping mapping;
    private final RowMapper mapper;
    private final Map<Long, IssueKinds.Kind> kinds = new HashMap<>();

    CellWords(CompiledMapping mapping, RowMapper mapper) {
        this.mapping = mapping;
        this.mapper = mapper;
    }

    /**
     * @param column index of the mapping's columns, or what {@link CellIssues} has for the row as a whole
     */
    IssueKinds.Kind kind(int column, IssueCode code, boolean warning) {
        long number = ((long) column * CODES + code.ordinal()) * 2 + (warning ? 1 : 0);
        IssueKinds.Kind known = kinds.get(number);
        if (known != null) {
            return known;
        }
        IssueKinds.Kind kind = make(column, code, warning);
        kinds.put(number, kind);
        return kind;
    }

    private IssueKinds.Kind make(int column, IssueCode code, boolean warning) {
        if (column <= CellIssues.WHOLE_ROW) {
            String words = IssueWords.ofRow(code, CellIssues.place(column));
            return new IssueKinds.Kind(CellIssues.WHOLE_ROW, List.of(), code.name(), words, warning);
        }
        Field field = mapping.fields().get(column);
        String message = IssueWords.of(code, mapping.mapping().columns().get(column), field, mapper.expected(column));
        return new IssueKinds.Kind(column, List.of(field.name()), code.name(), message, warning);
    }
}
