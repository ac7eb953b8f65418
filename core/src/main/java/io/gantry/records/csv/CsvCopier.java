// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.records.CopyingFormat;
import io.gantry.spi.records.TextBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes records as they were, in the dialect and encoding they were read in, behind new cells. */
final class CsvCopier implements CopyingFormat.RecordCopier {

    private static final int FLUSH = 1 << 16;

    private final Charset charset;
    private final EncodedText out;
    private final RecordText records;

    CsvCopier(OutputStream out, Dialect dialect) throws IOException {
        this.charset = CsvWriter.charset(dialect.encoding());
        this.out = new EncodedText(out, charset, EncodedText.Lacking.IS_REPLACED);
        this.records = new RecordText(dialect);
        if (dialect.bom()) {
            this.out.writeMark();
        }
    }

    @Override
    public void copy(List<String> front, TextBatch from, int record, int skip) throws IOException {
        for (String cell : front) {
            records.addText(cell);
        }
        if (skip == 0 && from.rawLength(record) > 0) {
            records.addRaw(from.buffer(), from.rawStart(record), from.rawLength(record));
        } else {
            int first = from.first(record);
            for (int cell = first + skip; cell < first + from.cells(record); cell++) {
                if (from.length(cell) == 0) {
                    records.addNull();
                } else {
                    records.addText(from.buffer(), from.start(cell), from.length(cell));
                }
            }
        }
        end();
    }

    @Override
    public void write(List<String> cells) throws IOException {
        for (String cell : cells) {
            records.addText(cell);
        }
        end();
    }

    private void end() throws IOException {
        records.endRecord();
        if (records.text().length() >= FLUSH) {
            flush();
        }
    }

    private void flush() throws IOException {
        byte[] bytes = records.text().bytes();
        int end = records.text().length();
        int from = 0;
        if (!charset.equals(StandardCharsets.UTF_8)) {
            for (int at = 0; at < end; at++) {
                int stray = Utf8.strayByte(bytes, at, end);
                if (stray >= 0) {
                    out.write(bytes, from, at - from);
                    out.writeEncoded(stray);
                    from = at + Utf8.MOST_PER_CHAR;
                    at = from - 1;
                }
            }
        }
        out.write(bytes, from, end - from);
        records.clear();
    }

    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
    }
}
