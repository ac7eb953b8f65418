// SPDX-License-Identifier: Apache-2.0
/**
 * The format {@code xlsx}: Office Open XML workbooks, transitional and strict.
 *
 * <p>Reading: {@code Archive} gives the parts of the package under the run's own limits, {@code XmlScanner} pulls tags
 * out of a part, {@code Workbook} knows sheets, styles and shared strings, {@code SheetReader} makes records of rows.
 * Writing: {@code SheetXml} makes the XML of rows, {@code WorkbookFile} the package around it.
 */
@NullMarked
package io.gantry.records.xlsx;

import org.jspecify.annotations.NullMarked;
