// SPDX-License-Identifier: Apache-2.0
package io.gantry.pipeline;

import io.gantry.spi.records.FormatOptions;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

/**
 * The format of a pipeline's files. When reading, options that are not set are found out from each file, where the format
 * can do so, and the report tells what was found and why.
 *
 * @param name of a format the engine knows, such as {@code csv}
 * @param headerRow the record that holds the names of the columns, from 1; {@link #NO_HEADER} or {@link #FIND_HEADER}
 * @param options of the format
 */
public record FileFormat(@NotBlank String name, @Min(-1) int headerRow, FormatOptions options) {

    /** The file has no names of columns: the mapping must go by position. */
    public static final int NO_HEADER = 0;

    /** The record that holds the names is found out from the file. */
    public static final int FIND_HEADER = -1;

    /**
     * CSV with a header.
     *
     * @return dialect and encoding are found out from each file
     */
    public static FileFormat csv() {
        return new FileFormat("csv", 1, FormatOptions.NONE);
    }

    /**
     * XLSX with a header.
     *
     * @return of the first sheet that has rows
     */
    public static FileFormat xlsx() {
        return new FileFormat("xlsx", 1, FormatOptions.NONE);
    }

    /**
     * The same format with the names of columns elsewhere.
     *
     * @param row a record from 1, {@link #NO_HEADER} or {@link #FIND_HEADER}
     * @return a copy
     */
    public FileFormat headerRow(int row) {
        return new FileFormat(name, row, options);
    }

    /**
     * The same format with an option set: it is not found out any more.
     *
     * @param option its name
     * @param value its value
     * @return a copy
     */
    public FileFormat with(String option, String value) {
        return new FileFormat(name, headerRow, options.with(option, value));
    }
}
