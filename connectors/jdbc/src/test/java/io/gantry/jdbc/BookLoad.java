// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.spi.Cancellation;
import io.gantry.spi.dataset.DatasetWriter;
import io.gantry.spi.dataset.DatasetWriter.Outcome;
import io.gantry.spi.dataset.Duplicates;
import io.gantry.spi.dataset.Load;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.WritableDataset;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import java.time.Instant;
import java.util.List;

/** A load of some thousand rows into a table of books, which can be held up between its steps. */
record BookLoad(WritableDataset books, String run, int attempt, LoadMode mode) {

    /** The moments at which a load can be held up. */
    enum Moment {
        /** Rows are on their way. */
        STAGING,
        /** All rows are staged and checked. */
        CHECKED,
        /** The marker is written, and the commit is due. */
        MARKED
    }

    static final String TABLE = "CREATE TABLE books (id bigint PRIMARY KEY, title text)";
    static final int ROWS = 2 * 4_000;

    private static final List<Field> FIELDS =
            List.of(Field.of("id", FieldType.INTEGER), Field.of("title", FieldType.STRING));
    private static final Instant TIME = Instant.parse("2026-11-01T10:15:30Z");

    /** Is told of each moment; comes back when the load may go on. */
    @FunctionalInterface
    interface Pause {
        void at(Moment moment);
    }

    /** The title of all its rows. */
    String title() {
        return "Attempt " + attempt;
    }

    DatasetWriter begin() {
        Load.Rules rules = new Load.Rules(List.of("id"), Duplicates.KEEP_FIRST, List.of(), List.of());
        return books.write(new Load(run, attempt, mode, FIELDS, rules, TIME, Cancellation.NEVER, null));
    }

    void carryOut(Pause pause) {
        try (DatasetWriter writer = begin()) {
            stage(writer, 0);
            pause.at(Moment.STAGING);
            stage(writer, ROWS / 2);
            check(writer);
            pause.at(Moment.CHECKED);
            writer.apply();
        }
    }

    void stage(DatasetWriter writer, int from) {
        RowBatch rows = new RowBatch(FIELDS, ROWS / 2);
        for (int i = from; i < from + ROWS / 2; i++) {
            rows.add(i + 1L, (long) i, title());
        }
        writer.stage(rows);
    }

    static void check(DatasetWriter writer) {
        Outcome outcome = writer.check((number, fields, code, message) -> {
            throw new AssertionError("Row " + number + ": " + code);
        });
        if (outcome.equals(Outcome.AGAIN)) {
            throw new AssertionError("The table refused a row");
        }
    }
}
