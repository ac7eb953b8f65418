// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.check.Faults;
import io.gantry.mapping.ExportMapping;
import io.gantry.mapping.compile.ExportCheck;
import io.gantry.mapping.compile.Parsers;
import io.gantry.pipeline.PipelineVersion;
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
import org.jspecify.annotations.Nullable;

/** Carries out one export: streams the rows a filter selects into a file. Used by one thread. */
public final class ExportRun {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final RunContext context;
    private final PipelineVersion pipeline;
    private final ReadableDataset dataset;
    private final TaskClock clock = new TaskClock();
    private long written;
    private @Nullable Object greatest;

    /**
     * Prepares an export.
     *
     * @param context all that the run is told and uses; it has no file
     * @param pipeline an export
     * @param dataset it reads
     */
    public ExportRun(RunContext context, PipelineVersion pipeline, ReadableDataset dataset) {
        this.context = context;
        this.pipeline = pipeline;
        this.dataset = dataset;
    }

    /**
     * What an export came to.
     *
     * @param output the ref of the file it wrote
     * @param mark the greatest value of the incremental field that this and earlier runs took, in ISO notation; null when there
     *     is no such field, or no row had a value
     */
    public record Result(String output, @Nullable String mark) {}

    /**
     * Carries it out.
     *
     * @return what it came to
     * @throws IOException when the file cannot be written
     */
    public Result carryOut() throws IOException {
        if (!(context.format() instanceof WritableFormat format)) {
            throw new GantryException(
                    ErrorCode.DATASET_UNFIT, "Format '" + context.format().name() + "' cannot be written");
        }
        Schema schema = dataset.schema();
        ExportMapping mapping = pipeline.exportMapping();
        Faults faults = new Faults("The mapping of pipeline '" + pipeline.code() + "'");
        Filter filter = ExportCheck.check(mapping, schema, faults);
        faults.throwIfAny();
        String incremental = mapping.incremental();
        if (incremental != null) {
            filter = beyondMark(filter, schema.field(incremental).orElseThrow());
        }
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
        int watched = incremental == null ? -1 : names.indexOf(incremental);
        String file = pipeline.dataset() + "-" + STAMP.format(context.time()) + "." + format.name();
        clock.running(Task.Name.EXTRACT, Task.Name.LOAD);
        try (DatasetReader reader = dataset.read(new Selection(names, filter, context.cancellation()));
                PendingFile pending = context.files().create(context.tenant(), file)) {
            try (RecordWriter writer =
                    format.writer(pending.out(), columns, pipeline.format().options())) {
                copy(reader, writer, new RowBatch(fields, context.settings().batchRows()), watched);
            }
            clock.done(Task.Name.EXTRACT, Task.Name.LOAD);
            Object seen = greatest;
            return new Result(pending.commit().ref(), seen == null ? context.lastMark() : seen.toString());
        }
    }

    /** Only rows beyond what earlier runs took; those without a value are never beyond anything. */
    private Filter beyondMark(Filter filter, Field field) {
        String mark = context.lastMark();
        Filter news = mark == null
                ? new Filter.Not(new Filter.IsNull(field.name()))
                : new Filter.Compare(
                        field.name(),
                        Filter.Operator.GREATER,
                        Parsers.value(Field.of(field.name(), field.type()), mark)
                                .orElseThrow());
        return new Filter.And(List.of(filter, news));
    }

    /**
     * @param watched index of the column whose greatest value is wanted; -1 for none
     */
    private void copy(DatasetReader reader, RecordWriter writer, RowBatch batch, int watched) throws IOException {
        while (true) {
            context.checkCancelled();
            long begin = System.nanoTime();
            boolean more = reader.read(batch);
            long read = System.nanoTime();
            clock.add(Task.Name.EXTRACT, batch.size(), read - begin);
            if (!more) {
                return;
            }
            if (watched >= 0) {
                watch(batch, watched);
            }
            writer.write(batch);
            written += batch.size();
            clock.add(Task.Name.LOAD, batch.size(), System.nanoTime() - read);
            context.progress(Stage.READING, 0, written, 0);
        }
    }

    @SuppressWarnings(
            "unchecked") // values of one field are of one class, which the check of the mapping made sure has an order
    private void watch(RowBatch batch, int column) {
        for (int row = 0; row < batch.size(); row++) {
            Object value = batch.column(column).object(row);
            Object seen = greatest;
            if (value != null && (seen == null || ((Comparable<Object>) value).compareTo(seen) > 0)) {
                greatest = value;
            }
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
