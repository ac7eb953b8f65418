// SPDX-License-Identifier: Apache-2.0
package io.gantry.validation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All issues of one kind: of one code in one column.
 *
 * @param code stable, the name of an {@link IssueCode} or of a dataset's own
 * @param column the column as the file names it; empty when it is about the row as a whole
 * @param fields the fields it is about; empty when it is about the row as a whole
 * @param message for people: the rule
 * @param warning whether the rows were kept all the same
 * @param count exact number of rows
 * @param examples the first of them
 * @param hypotheses what may be behind them, the best first
 */
public record IssueSummary(
        String code,
        String column,
        List<String> fields,
        String message,
        boolean warning,
        long count,
        List<Example> examples,
        List<Hypothesis> hypotheses) {

    public IssueSummary {
        fields = List.copyOf(fields);
        examples = List.copyOf(examples);
        hypotheses = List.copyOf(hypotheses);
    }

    /**
     * One of the rows.
     *
     * @param row number of the record in the file, from 1, the header being a record too
     * @param line line of the file, or row of the sheet
     * @param cell name of the cell in its sheet, such as {@code C7}; empty in other files, or when there is no single cell
     * @param value what stands in the cell, cut short; null when it is hidden, or when there is no single cell
     */
    public record Example(
            long row, long line, String cell, @Nullable String value) {

        /**
         * An example of a file that has no names for its cells.
         *
         * @param row number of the record in the file, from 1, the header being a record too
         * @param line line of the file
         * @param value what stands in the cell, cut short; null when it is hidden, or when there is no single cell
         */
        public Example(long row, long line, @Nullable String value) {
            this(row, line, "", value);
        }
    }
}
