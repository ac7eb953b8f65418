// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.spi.Cancellation;
import io.gantry.spi.dataset.DatasetReader;
import io.gantry.spi.dataset.Filter;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.Selection;
import io.gantry.spi.records.CopyingFormat;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.records.TextReadableFormat.ShortRecords;
import io.gantry.spi.schema.Field;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a dataset as records of text. A dataset may change between two readings, so the records of the first whole reading
 * are kept in a temporary file: rejected rows are shown as they were when they were rejected.
 */
final class DatasetRecords implements Records, AutoCloseable {

    private static final int BATCH = 1_024;

    private final ReadableDataset dataset;
    private final List<Field> fields;
    private final @Nullable CopyingFormat copies;
    private final Cancellation cancellation;
    private TextSpool spool = new TextSpool();

    /**
     * @param copies writes the file of rejects; null for none
     */
    DatasetRecords(
            ReadableDataset dataset, List<Field> fields, @Nullable CopyingFormat copies, Cancellation cancellation) {
        this.dataset = dataset;
        this.fields = fields;
        this.copies = copies;
        this.cancellation = cancellation;
    }

    /** The names of the columns. */
    List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    @Override
    public String name() {
        return dataset.name() + "." + (copies == null ? "rows" : copies.name());
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public String sha256() {
        return "";
    }

    @Override
    public String format() {
        return "dataset";
    }

    @Override
    public @Nullable CopyingFormat copies() {
        return copies;
    }

    @Override
    public FormatOptions options() {
        return FormatOptions.NONE;
    }

    @Override
    public ShortRecords shortRecords() {
        return ShortRecords.REJECTED;
    }

    @Override
    public boolean guarded() {
        return false;
    }

    @Override
    public RecordReader open() throws IOException {
        if (spool.isWhole()) {
            return spool.read();
        }
        spool.close();
        TextSpool filling = new TextSpool();
        spool = filling;
        DatasetReader reader = dataset.read(new Selection(names(), Filter.ALL, cancellation));
        return new RecordReader() {
            private @Nullable RowBatch rows;
            private long next = 1;

            @Override
            public boolean read(TextBatch into) throws IOException {
                RowBatch batch = rows;
                if (batch == null) {
                    batch = new RowBatch(fields, Math.min(BATCH, into.capacity()));
                    rows = batch;
                }
                into.clear();
                into.firstNumber(next);
                if (!reader.read(batch)) {
                    filling.end();
                    return false;
                }
                RowText.add(batch, next, into);
                next += batch.size();
                filling.add(into);
                return true;
            }

            @Override
            public long consumed() {
                return 0;
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    @Override
    public void close() {
        spool.close();
    }
}
