// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.spi.records.TextBatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cell of a sample.
 *
 * @param text as the file has it
 * @param kind the type that the file gives it, see {@link TextBatch.Kind}
 */
record SampledCell(String text, byte kind) {

    /** Longer texts are neither numbers nor dates, and samples must not fill the memory. */
    private static final int LONGEST = 1_000;

    /** Takes a cell; null when there is none, or when it is too long for a sample. */
    static @Nullable SampledCell of(TextBatch batch, int record, int place) {
        if (place < 0 || place >= batch.cells(record)) {
            return null;
        }
        int cell = batch.first(record) + place;
        int length = batch.length(cell);
        return length == 0 || length > LONGEST ? null : new SampledCell(batch.text(record, place), batch.kind(cell));
    }

    /** A batch of records of one cell each. */
    static TextBatch batch(List<SampledCell> cells) {
        TextBatch batch = new TextBatch(Math.max(1, cells.size()));
        int used = 0;
        for (SampledCell cell : cells) {
            byte[] bytes = cell.text.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, batch.ensure(used + bytes.length), used, bytes.length);
            batch.cell(used, bytes.length);
            batch.kind(cell.kind);
            batch.endRecord(1, used, bytes.length);
            used += bytes.length;
        }
        return batch;
    }
}
