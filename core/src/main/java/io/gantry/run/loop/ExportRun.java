// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.check.Faults;
import io.gantry.mapping.ExportMapping;
import io.gantry.mapping.compile.ExportCheck;
import io.gantry.pipeline.Pipeline;
import io.gantry.run.RunListener.Stage;
import io.gantry.run.Task;
import io.gantry.spi.dataset.DatasetReader;
import io.gantry.spi.dataset.Filter;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.Selection;
import io.gantry.spi.file.FileStore.PendingFile;
import io.gantry.spi.records.RecordWriter;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.records.WritableFormat;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.Schema;
import io.gantry.validation.Counts;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Carries out one export: streams the rows a filter selects into a file. Used by one thread. */
public final class ExportRun {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final RunContext context;
    private final Pipeline pipeline;
    private final ReadableDataset dataset;
    private final TaskClock clock = new TaskClock();
    private long written;

    /**
     * Prepares an export.
     *
     * @param context all that the run is told and uses; it has no file
     * @param pipeline an export
     * @param dataset it reads
     */
    public ExportRun(RunContext context, Pipeline pipeline, ReadableDataset dataset) {
        this.context = context;
        this.pipeline = pipeline;
        this.dataset = dataset;
    }

    /**
     * Carries it out.
     *
     * @return the ref of the file it wrote
     * @throws IOException when the file cannot be written
     */
    public String carryOut() throws IOException {
        if (!(context.format() instanceof WritableFormat format)) {
            throw new GantryException(
                    ErrorCode.DATASET_UNFIT, "Format '" + context.format().name() + "' cannot be written");
        }
        Schema schema = dataset.schema();
        ExportMapping mapping = pipeline.exportMapping();
        Faults faults = new Faults("The mapping of pipeline '" + pipeline.code() + "'");
        Filter filter = ExportCheck.check(mapping, schema, faults);
        faults.throwIfAny();
        List<String> names = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        List<Field> columns = new ArrayList<>();
        for (ExportMapping.Column column : mapping.columns()) {
            Field field = schema.field(column.field()).orElseThrow();
            names.add(column.field());
            fields.add(field);
            columns.add(new Field(
                    column.header(),
                    field.type(),
                    field.mode(),
                    field.size(),
                    field.sensitivity(),
                    field.description()));
        }
        String file = pipeline.dataset() + "-" + STAMP.format(context.time()) + "." + format.name();
        clock.running(Task.Name.EXTRACT, Task.Name.LOAD);
        try (DatasetReader reader = dataset.read(new Selection(names, filter, context.cancellation()));
                PendingFile pending = context.files().create(context.tenant(), file)) {
            try (RecordWriter writer =
                    format.writer(pending.out(), columns, pipeline.format().options())) {
                copy(reader, writer, new RowBatch(fields, context.settings().batchRows()));
            }
            clock.done(Task.Name.EXTRACT, Task.Name.LOAD);
            return pending.commit().ref();
        }
    }

    private void copy(DatasetReader reader, RecordWriter writer, RowBatch batch) throws IOException {
        while (true) {
            context.checkCancelled();
            long begin = System.nanoTime();
            boolean more = reader.read(batch);
            long read = System.nanoTime();
            clock.add(Task.Name.EXTRACT, batch.size(), read - begin);
            if (!more) {
                return;
            }
            writer.write(batch);
            written += batch.size();
            clock.add(Task.Name.LOAD, batch.size(), System.nanoTime() - read);
            context.progress(Stage.READING, 0, written, 0);
        }
    }

    /**
     * The counts so far.
     *
     * @return every row read was written
     */
    public Counts countsSoFar() {
        return new Counts(written, written, 0, 0, 0, 0, 0);
    }

    /**
     * The tasks so far.
     *
     * @return with their times
     */
    public TaskClock tasks() {
        return clock;
    }
}
