// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

/** What a contestant has to do. */
enum Work {
    /** The file into an empty table. */
    INSERT,
    /** The file into a table that has all of its rows, each a little different. */
    UPSERT,
    /** Three quarters of the table's rows into a CSV file. */
    EXPORT,
    /** A workbook into an empty table. */
    IMPORT_XLSX,
    /** All of the table's rows into a workbook. */
    EXPORT_XLSX
}
