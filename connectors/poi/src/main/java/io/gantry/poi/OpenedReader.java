// SPDX-License-Identifier: Apache-2.0
package io.gantry.poi;

import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import java.io.IOException;

/** Reads a workbook that was opened, which is closed with it. */
final class OpenedReader implements RecordReader {

    private final RecordReader reader;
    private final OpenedWorkbook workbook;
    private final long length;

    /**
     * @param length of the file as stored
     */
    OpenedReader(RecordReader reader, OpenedWorkbook workbook, long length) {
        this.reader = reader;
        this.workbook = workbook;
        this.length = length;
    }

    @Override
    public boolean read(TextBatch into) throws IOException {
        return reader.read(into);
    }

    @Override
    public long consumed() {
        double share = workbook.length() == 0 ? 1 : (double) reader.consumed() / workbook.length();
        return Math.min(length, Math.round(share * length));
    }

    @Override
    public void close() throws IOException {
        try (workbook) {
            reader.close();
        }
    }
}
