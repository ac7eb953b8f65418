// SPDX-License-Identifier: Apache-2.0
/**
 * Files of delimited text: read, written, copied, and their dialect found out.
 *
 * <p>{@link io.gantry.records.csv.CsvFormat} is the door. Dialects with one byte each for delimiter, quote and comment, which
 * are nearly all, go through a reader of bytes; the others through Commons CSV, whose reading of a file is also the yardstick
 * for the first.
 */
@NullMarked
package io.gantry.records.csv;

import org.jspecify.annotations.NullMarked;
