// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.mapping.DriftPolicy.Reaction;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.compile.CompiledMapping;
import io.gantry.pipeline.Endpoint;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.PipelineVersion;
import io.gantry.run.CrashPoint;
import io.gantry.spi.dataset.CheckingDataset;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.DatasetWriter.Outcome;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.RowChange;
import io.gantry.spi.dataset.WritableDataset;
import io.gantry.spi.file.StoredFile;
import io.gantry.spi.records.CopyingFormat;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.schema.Schema;
import io.gantry.validation.Counts;
import io.gantry.validation.DriftFinding;
import io.gantry.validation.ValidationReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A flow into a dataset. Reads the records once, stages the good rows, and reads the records a second time only when there are
 * rejected ones to copy. Report and rejects are made before the dataset is asked to check the rows together, which may lock it;
 * they are made anew only when that check rejects rows, too.
 */
final class LoadFlow extends Flow {

    private static final int LEAST_BATCH = 64;
    /** Rejected rows of a dataset are copied into a file of this format. */
    private static final String REJECTS = "csv";

    private final ImportMapping rules;
    private final WritableDataset dataset;
    private final Schema schema;
    private final LoadPlan plan;
    private final List<DriftFinding> drift = new ArrayList<>();
    private @Nullable BatchLoop<TextSlot> loop;

    LoadFlow(RunContext context, PipelineVersion pipeline, Dataset target) {
        super(context, pipeline);
        if (!(target instanceof WritableDataset writable)) {
            throw new GantryException(ErrorCode.DATASET_UNFIT, "Dataset '" + target.name() + "' cannot be loaded");
        }
        this.rules = (ImportMapping) pipeline.mapping();
        this.dataset = writable;
        this.schema = writable.schema();
        this.plan = LoadPlan.of(rules, writable, schema, context.correction() != null, context.datasets());
    }

    @Override
    public Optional<Dataset> target() {
        return Optional.of(dataset);
    }

    @Override
    public Counts countsSoFar() {
        BatchLoop<TextSlot> begun = loop;
        return begun == null
                ? Counts.NONE
                : new Counts(begun.read(), 0, 0, 0, begun.rejected(), begun.read() - begun.rejected(), 0);
    }

    @Override
    public Prepared prepare() throws IOException, InterruptedException {
        if (pipeline.from() instanceof Endpoint.Dataset from) {
            try (DatasetRecords records = records(from.dataset())) {
                return prepare(Intake.of(records, records.names()));
            }
        }
        FileFormat format = ((Endpoint.File) pipeline.from()).format();
        StoredFile file = Objects.requireNonNull(context.file());
        return prepare(Intake.open(
                file,
                context.formats().apply(format.name()),
                format,
                context.settings().limits()));
    }

    private DatasetRecords records(String name) {
        if (!(dataset(context, name) instanceof ReadableDataset readable)) {
            throw new GantryException(ErrorCode.DATASET_UNFIT, "Dataset '" + name + "' cannot be read");
        }
        CopyingFormat copies = context.formats().apply(REJECTS) instanceof CopyingFormat copying ? copying : null;
        return new DatasetRecords(readable, readable.schema().fields(), copies, context.cancellation());
    }

    private Prepared prepare(Intake intake) throws IOException, InterruptedException {
        if (intake.lead() > 0 && context.correction() == null) {
            throw new GantryException(
                    ErrorCode.CORRECTION_MISMATCH,
                    "'" + intake.records().name() + "' is a file of rejects; submit it as the correction of its run");
        }
        CompiledMapping mapping = compile(intake);
        Correction correction =
                context.correction() == null ? null : new Correction(context.correction(), intake.lead() > 0);
        Output output = new DatasetOutput(dataset, plan.load(context, mapping.fields()), context.preview());
        try (BatchLoop<TextSlot> moving = new BatchLoop<>(
                context,
                () -> reader(intake),
                slots(intake, mapping, correction),
                context.settings().threads(),
                output,
                new RowColumns(rules.fields()),
                null,
                clock)) {
            loop = moving;
            try (ReportMaker maker = new ReportMaker(context, intake, mapping, correction)) {
                return prepare(maker, moving, output);
            }
        } catch (Throwable e) {
            closeAfter(output, e);
            throw e;
        }
    }

    private Prepared prepare(ReportMaker maker, BatchLoop<TextSlot> moving, Output output)
            throws IOException, InterruptedException {
        Outcome outcome = moving.run(() -> maker.gather(moving.log(), moving.kinds()));
        if (moving.foundTogether() > 0) {
            maker.gather(moving.log(), moving.kinds());
        }
        GantryException failure =
                rules.errors().allows(moving.rejected(), moving.read() - moving.skipped()) ? null : tooMany(moving);
        context.reached(CrashPoint.CHECKED);
        List<RowChange> changes = failure == null ? output.changes() : List.of();
        Counts counts = failure == null
                ? new Counts(
                        moving.read(),
                        outcome.inserted(),
                        outcome.updated(),
                        outcome.unchanged(),
                        moving.rejected(),
                        moving.skipped(),
                        outcome.deleted())
                : countsSoFar();
        ValidationReport report = maker.report(pipeline.code(), dataset.name(), counts, drift, changes);
        return new Prepared(report, maker.store(), null, failure, output, clock);
    }

    private static GantryException tooMany(BatchLoop<?> moving) {
        return new GantryException(
                ErrorCode.TOO_MANY_REJECTED,
                moving.rejected() + " of " + moving.read()
                        + " rows were rejected, more than the mapping allows; nothing was loaded",
                Map.of("rejected", moving.rejected(), "read", moving.read()),
                null);
    }

    static Ring.BatchReader<TextSlot> reader(Intake intake) throws IOException {
        RecordReader reader = intake.reader();
        return new Ring.BatchReader<>() {
            @Override
            public boolean read(TextSlot slot) throws IOException {
                if (!reader.read(slot.text)) {
                    intake.ended(reader);
                    return false;
                }
                slot.from = intake.firstData(slot.text);
                slot.consumed = reader.consumed();
                return true;
            }

            @Override
            public void close() throws IOException {
                reader.close();
            }
        };
    }

    private List<TextSlot> slots(Intake intake, CompiledMapping mapping, @Nullable Correction correction) {
        List<RowStage> stages = stages(mapping);
        long bytes = intake.records().bytes(); // each row has one at least, or is compressed and has more batches
        int rows = (int)
                Math.min(context.settings().batchRows(), bytes == 0 ? Long.MAX_VALUE : Math.max(LEAST_BATCH, bytes));
        List<TextSlot> slots = new ArrayList<>();
        for (int i = 0; i < context.settings().threads() + 3; i++) {
            slots.add(new TextSlot(mapping, rows, correction, stages));
        }
        return slots;
    }

    /** The stages behind the mapping, shared by all slots. */
    private List<RowStage> stages(CompiledMapping mapping) {
        RowColumns columns = new RowColumns(rules.fields());
        List<RowStage> stages = new ArrayList<>();
        if (dataset instanceof CheckingDataset checking) {
            stages.add(new RowCheckStage(checking.rowCheck(mapping.fields()), columns));
        }
        plan.references()
                .forEach((reference, target) -> stages.add(
                        new ReferenceStage(new ReferenceCheck(reference, target, mapping.fields()), columns)));
        return stages;
    }

    private CompiledMapping compile(Intake intake) throws IOException {
        ColumnDrift columns =
                new ColumnDrift(intake, rules, schema, plan.rules().key(), context.lastHeader());
        CompiledMapping mapping = columns.compile();
        drift.addAll(columns.findings());
        List<DriftFinding> failing = drift.stream()
                .filter(finding -> finding.reaction() == Reaction.FAIL)
                .toList();
        if (failing.isEmpty()) {
            return mapping;
        }
        String message = failing.stream().map(DriftFinding::message).collect(Collectors.joining("; "));
        int elsewhere = intake.findHeader(IntStream.range(0, mapping.fields().size())
                .mapToObj(mapping::columnName)
                .toList());
        if (elsewhere > 1 && elsewhere != intake.headerRow()) {
            message += "; record " + elsewhere + " looks like the header: set headerRow to " + elsewhere;
        }
        throw new GantryException(
                ErrorCode.SCHEMA_DRIFT,
                "The columns of '" + intake.records().name() + "' are not what the mapping expects: " + message,
                Map.of("drift", failing),
                null);
    }
}
