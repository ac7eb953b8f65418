// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.check.Faults;
import io.gantry.mapping.ExportMapping;
import io.gantry.mapping.compile.ExportCheck;
import io.gantry.pipeline.Endpoint;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.PipelineVersion;
import io.gantry.run.CrashPoint;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.DatasetReader;
import io.gantry.spi.dataset.Filter;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.Selection;
import io.gantry.spi.file.FileStore.PendingFile;
import io.gantry.spi.records.WritableFormat;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.Schema;
import io.gantry.validation.Counts;
import io.gantry.validation.ValidationReport;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A flow from a dataset into a file: one thread reads rows while another writes those before. */
final class WriteFlow extends Flow {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final int SLOTS = 4;

    private final ReadableDataset dataset;
    private final FileFormat file;
    private final WritableFormat format;
    private @Nullable BatchLoop<RowSlot> loop;

    WriteFlow(RunContext context, PipelineVersion pipeline) {
        super(context, pipeline);
        String name = ((Endpoint.Dataset) pipeline.from()).dataset();
        if (!(dataset(context, name) instanceof ReadableDataset readable)) {
            throw new GantryException(ErrorCode.DATASET_UNFIT, "Dataset '" + name + "' cannot be read");
        }
        this.dataset = readable;
        this.file = ((Endpoint.File) pipeline.to()).format();
        if (!(context.formats().apply(file.name()) instanceof WritableFormat writable)) {
            throw new GantryException(ErrorCode.DATASET_UNFIT, "Format '" + file.name() + "' cannot be written");
        }
        this.format = writable;
    }

    @Override
    public Optional<Dataset> target() {
        return Optional.empty();
    }

    @Override
    public Counts countsSoFar() {
        BatchLoop<RowSlot> begun = loop;
        return begun == null ? Counts.NONE : new Counts(begun.read(), 0, 0, 0, 0, begun.read(), 0);
    }

    @Override
    public Prepared prepare() throws IOException, InterruptedException {
        Schema schema = dataset.schema();
        ExportMapping mapping = (ExportMapping) pipeline.mapping();
        Faults faults = new Faults("The mapping of pipeline '" + pipeline.code() + "'");
        Filter filter = ExportCheck.check(mapping, schema, faults);
        faults.throwIfAny();
        String incremental = mapping.incremental();
        HighWater highWater = incremental == null
                ? null
                : new HighWater(schema.field(incremental).orElseThrow(), context.highWater());
        List<Field> fields = mapping.columns().stream()
                .map(column -> schema.field(column.field()).orElseThrow())
                .toList();
        Selection selection = new Selection(
                fields.stream().map(Field::name).toList(),
                highWater == null ? filter : highWater.beyond(filter),
                context.cancellation());
        String name = dataset.name() + "-" + STAMP.format(context.time()) + "." + format.name();
        PendingFile pending = context.files().create(context.tenant(), name);
        Output output = output(pending, mapping, fields);
        try (BatchLoop<RowSlot> moving = new BatchLoop<>(
                context,
                () -> reader(dataset.read(selection)),
                slots(fields),
                1,
                output,
                new RowColumns(selection.fields()),
                highWater,
                clock)) {
            loop = moving;
            return prepare(moving, output, name, highWater);
        } catch (Throwable e) {
            closeAfter(output, e);
            throw e;
        }
    }

    private Output output(PendingFile pending, ExportMapping mapping, List<Field> fields) throws IOException {
        try {
            return new FileOutput(pending, format, header(mapping, fields), file.options());
        } catch (Throwable e) {
            pending.close();
            throw e;
        }
    }

    private Prepared prepare(BatchLoop<RowSlot> moving, Output output, String name, @Nullable HighWater highWater)
            throws IOException, InterruptedException {
        long written = moving.run(() -> {}).inserted();
        context.reached(CrashPoint.CHECKED);
        ValidationReport report = new ValidationReport(
                pipeline.code(),
                name,
                new ValidationReport.SourceFile(dataset.name(), 0, "", "dataset", List.of(), null),
                new Counts(moving.read(), written, 0, 0, moving.rejected(), moving.skipped(), 0),
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        return new Prepared(
                report, Prepared.Files.NONE, highWater == null ? null : highWater.mark(), null, output, clock);
    }

    /** The fields under the names of the file's columns. */
    private static List<Field> header(ExportMapping mapping, List<Field> fields) {
        List<Field> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            columns.add(new Field(
                    mapping.columns().get(i).header(),
                    field.type(),
                    field.mode(),
                    field.size(),
                    field.sensitivity(),
                    field.description()));
        }
        return columns;
    }

    private List<RowSlot> slots(List<Field> fields) {
        List<RowSlot> slots = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new RowSlot(fields, context.settings().batchRows(), List.of()));
        }
        return slots;
    }

    private static Ring.BatchReader<RowSlot> reader(DatasetReader reader) {
        return new Ring.BatchReader<>() {
            @Override
            public boolean read(RowSlot slot) {
                return reader.read(slot.rows());
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }
}
