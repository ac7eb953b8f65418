// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of one table: of several sheets that may be meant, of the first that has any, and of the sheets in which
 * that one goes on, without the header that they repeat.
 */
final class XlsxReader implements RecordReader {

    private static final int ENOUGH_BYTES = 1 << 20;

    private final Workbook workbook;
    private final SheetOptions options;
    private final Iterator<Workbook.Sheet> candidates;
    private Iterator<SheetParts.Part> parts = Collections.emptyIterator();
    private @Nullable SheetReader sheet;
    private String first = "";
    private List<String> header = List.of();
    private long consumed;
    private long records;
    private boolean ended;

    /**
     * Reads from a workbook, which is closed with the reader.
     *
     * @param candidates sheets that have cells, in order
     */
    XlsxReader(Workbook workbook, SheetOptions options, List<Workbook.Sheet> candidates) {
        this.workbook = workbook;
        this.options = options;
        this.candidates = candidates.iterator();
    }

    @Override
    public boolean read(TextBatch into) throws IOException {
        into.clear();
        into.firstNumber(records + 1);
        if (sheet != null) {
            sheet.begin();
        }
        while (!ended && into.size() < into.capacity() && (sheet == null || sheet.used() < ENOUGH_BYTES)) {
            if (sheet == null || !sheet.read(into)) {
                turn(into);
            } else if (records == 0 && into.size() == 1) {
                begin(into);
            }
        }
        records += into.size();
        return into.size() > 0;
    }

    /** Goes on to the next sheet of the table or, as long as nothing has been found, to the next candidate. */
    private void turn(TextBatch into) throws IOException {
        if (records + into.size() > 0) {
            if (parts.hasNext()) {
                goOn(parts.next(), into);
            } else {
                ended = true;
            }
        } else if (candidates.hasNext()) {
            open(candidates.next());
        } else {
            ended = true;
        }
    }

    private @Nullable SheetReader open(Workbook.Sheet next) throws IOException {
        if (sheet != null) {
            consumed += sheet.consumed();
            sheet.close();
            sheet = null;
        }
        if (next.path() != null) {
            sheet = new SheetReader(workbook, next, next.path(), options);
        }
        return sheet;
    }

    /** The first record of all was found: where its sheet goes on is settled. */
    private void begin(TextBatch into) {
        if (sheet == null) {
            return;
        }
        first = sheet.sheet().name();
        parts = workbook.parts().from(workbook, sheet.sheet()).iterator();
        parts.next();
        if (parts.hasNext()) {
            header = cells(into);
        }
    }

    private void goOn(SheetParts.Part part, TextBatch into) throws IOException {
        int used = sheet == null ? 0 : sheet.used();
        Workbook.Sheet next = workbook.sheets().get(part.sheet() - 1);
        SheetReader opened = open(next);
        if (opened == null) {
            throw Failures.broken(workbook.archive().name(), "sheet '" + next.name() + "'", "it has no cells", null);
        }
        if (part.header()) {
            TextBatch own = new TextBatch(1);
            if (opened.read(own) && !cells(own).equals(header)) {
                throw Failures.broken(
                        workbook.archive().name(),
                        "sheet '" + next.name() + "'",
                        "it goes on with the rows of sheet '" + first + "' but begins with another header than "
                                + header + "; make both headers equal, or name one sheet in the option 'sheet'",
                        null);
            }
        }
        opened.begin(used);
    }

    private static List<String> cells(TextBatch batch) {
        List<String> cells = new ArrayList<>();
        for (int place = 0; place < batch.cells(0); place++) {
            cells.add(batch.text(0, place));
        }
        return cells;
    }

    @Override
    public long consumed() {
        long length = workbook.archive().length();
        return ended ? length : sheet == null ? 0 : Math.min(length, consumed + sheet.consumed());
    }

    @Override
    public void close() throws IOException {
        try (workbook) {
            if (sheet != null) {
                sheet.close();
            }
        }
    }
}
