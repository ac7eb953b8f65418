// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.spi.dataset.DatasetWriter.Outcome;
import io.gantry.spi.dataset.RowChange;
import io.gantry.spi.dataset.RowIssues;
import io.gantry.spi.file.FileStore.PendingFile;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.RecordWriter;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.records.WritableFormat;
import io.gantry.spi.schema.Field;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows into a stored file. The file is whole and stored once it was checked; it counts when the run names it. */
final class FileOutput implements Output {

    private final PendingFile pending;
    private final RecordWriter writer;
    private boolean open = true;
    private long written;
    private @Nullable String ref;

    /**
     * @param pending closed by this
     * @param columns the file's header, with the types of the values
     */
    FileOutput(PendingFile pending, WritableFormat format, List<Field> columns, FormatOptions options)
            throws IOException {
        this.pending = pending;
        this.writer = format.writer(pending.out(), columns, options);
    }

    @Override
    public void restart() {
        if (written > 0) {
            throw new IllegalStateException("A file takes its rows once");
        }
    }

    @Override
    public void rejected(RowBatch rows, boolean[] dropped) {
        // what does not go into the file is nothing to the file
    }

    @Override
    public boolean write(RowBatch rows) throws IOException {
        writer.write(rows);
        written += rows.size();
        return true;
    }

    @Override
    public Outcome check(RowIssues issues) throws IOException {
        open = false;
        writer.close();
        ref = pending.commit().ref();
        return new Outcome(written, 0, 0, 0);
    }

    @Override
    public List<RowChange> changes() {
        return List.of();
    }

    @Override
    public @Nullable String file() {
        return ref;
    }

    @Override
    public void apply() {
        // stored already, and named by the run when this is called
    }

    @Override
    public void close() throws IOException {
        try (pending) {
            if (open) {
                open = false;
                writer.close();
            }
        }
    }
}
