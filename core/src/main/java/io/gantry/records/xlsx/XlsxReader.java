// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the records of one sheet: of several that may be meant, of the first that has any. */
final class XlsxReader implements RecordReader {

    private static final int ENOUGH_BYTES = 1 << 20;

    private final Workbook workbook;
    private final Iterator<Workbook.Sheet> candidates;
    private @Nullable SheetReader sheet;
    private long records;
    private boolean ended;

    /**
     * Reads from a workbook, which is closed with the reader.
     *
     * @param candidates sheets that have cells, in order
     */
    XlsxReader(Workbook workbook, List<Workbook.Sheet> candidates) {
        this.workbook = workbook;
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
                turn();
            }
        }
        records += into.size();
        return into.size() > 0;
    }

    /** Goes on to the next candidate, as long as nothing has been found. */
    private void turn() throws IOException {
        boolean found = sheet != null && (records > 0 || sheet.used() > 0);
        if (found || !candidates.hasNext()) {
            ended = true;
            return;
        }
        if (sheet != null) {
            sheet.close();
        }
        Workbook.Sheet next = candidates.next();
        if (next.path() != null) {
            sheet = new SheetReader(workbook, next, next.path());
        }
    }

    @Override
    public long consumed() {
        long length = workbook.archive().length();
        return ended ? length : sheet == null ? 0 : Math.min(length, sheet.consumed());
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
