// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import java.util.List;
import java.util.Locale;

/** A set of entries that are compared with each other. */
enum Suite {
    /** A checked, undoable load of new rows, beside loads that check nothing or cannot be undone. Then it is undone. */
    INSERT("psql"),
    /** The same with rows that all exist. */
    UPSERT("handwritten"),
    /** Some of the rows into a file. */
    EXPORT("psql"),
    /** Every work in a small heap, for a file and one of ten times its size. */
    MEMORY(""),
    /** The load of ten times as many rows, and of rows that are bad. */
    GROWTH("");

    private static final String SMALL_HEAP = "256m";
    private static final int MOST_SHEET_ROWS = 1_000_000;

    private final String reference;

    Suite(String reference) {
        this.reference = reference;
    }

    /** The contestant that the others are compared with; where it is empty or absent, the first entry. */
    String reference() {
        return reference;
    }

    static Suite of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    List<Entry> entries(int rows, String heap) {
        return switch (this) {
            case INSERT ->
                List.of(
                        entry("gantry", Work.INSERT, rows, 0, heap),
                        entry("psql", Work.INSERT, rows, 0, heap),
                        entry("copy", Work.INSERT, rows, 0, heap),
                        entry("batch", Work.INSERT, rows, 0, heap),
                        entry("spring", Work.INSERT, rows, 0, heap));
            case UPSERT ->
                List.of(entry("gantry", Work.UPSERT, rows, 0, heap), entry("handwritten", Work.UPSERT, rows, 0, heap));
            case EXPORT ->
                List.of(entry("gantry", Work.EXPORT, rows, 0, heap), entry("psql", Work.EXPORT, rows, 0, heap));
            case MEMORY ->
                List.of(
                        entry("gantry", Work.INSERT, rows, 0, SMALL_HEAP),
                        entry("gantry", Work.INSERT, 10 * rows, 0, SMALL_HEAP),
                        entry("gantry", Work.EXPORT, rows, 0, SMALL_HEAP),
                        entry("gantry", Work.EXPORT, 10 * rows, 0, SMALL_HEAP),
                        entry("gantry", Work.IMPORT_XLSX, sheet(rows / 5), 0, SMALL_HEAP),
                        entry("gantry", Work.IMPORT_XLSX, sheet(rows), 0, SMALL_HEAP),
                        entry("gantry", Work.EXPORT_XLSX, sheet(rows / 5), 0, SMALL_HEAP),
                        entry("gantry", Work.EXPORT_XLSX, sheet(rows), 0, SMALL_HEAP));
            case GROWTH ->
                List.of(
                        entry("gantry", Work.INSERT, rows, 0, heap),
                        entry("gantry", Work.INSERT, 10 * rows, 0, heap),
                        entry("gantry", Work.INSERT, rows, 1, heap),
                        entry("gantry", Work.INSERT, rows, 100, heap));
        };
    }

    private Entry entry(String contestant, Work work, int rows, int badPercent, String heap) {
        return new Entry(this, contestant, work, rows, badPercent, heap);
    }

    private static int sheet(int rows) {
        return Math.min(rows, MOST_SHEET_ROWS);
    }
}
