// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A record as a reader found it, copied out of its batch. */
record Found(long number, long line, List<String> cells, String raw) {

    static List<Found> in(FileContent file, FormatOptions options) throws IOException {
        try (RecordReader reader = new CsvFormat().reader(file, options, Limits.DEFAULT)) {
            return all(reader, new TextBatch(100), StandardCharsets.UTF_8);
        }
    }

    static List<List<String>> cells(String text) throws IOException {
        return cells(MemoryFile.of(text), FormatOptions.NONE);
    }

    static List<List<String>> cells(FileContent file, FormatOptions options) throws IOException {
        return in(file, options).stream().map(Found::cells).toList();
    }

    /** Everything a reader finds; bytes are made text by any character set, so that none is lost on the way. */
    static List<Found> all(RecordReader reader, TextBatch batch, Charset charset) throws IOException {
        List<Found> found = new ArrayList<>();
        while (reader.read(batch)) {
            for (int record = 0; record < batch.size(); record++) {
                List<String> cells = new ArrayList<>();
                for (int cell = batch.first(record); cell < batch.first(record) + batch.cells(record); cell++) {
                    cells.add(new String(batch.buffer(), batch.start(cell), batch.length(cell), charset));
                }
                found.add(new Found(
                        batch.number(record),
                        batch.line(record),
                        cells,
                        new String(batch.buffer(), batch.rawStart(record), batch.rawLength(record), charset)));
            }
        }
        return found;
    }
}
