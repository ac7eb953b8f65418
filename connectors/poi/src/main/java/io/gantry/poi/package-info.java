// SPDX-License-Identifier: Apache-2.0
/**
 * The format {@code excel}: workbooks of Excel 97 to 2003, workbooks behind a password, and {@code .xlsx} as well.
 *
 * <p>A workbook is brought into the form of {@code .xlsx} once per reading, row by row, in a temporary file; the engine's own
 * format {@code xlsx} reads that. So cells, dates, merged ranges and options mean the same in all of them.
 */
@NullMarked
package io.gantry.poi;

import org.jspecify.annotations.NullMarked;
