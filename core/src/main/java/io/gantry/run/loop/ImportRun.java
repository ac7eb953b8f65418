// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.mapping.ColumnMapping;
import io.gantry.mapping.DriftPolicy.Reaction;
import io.gantry.mapping.compile.CellIssues;
import io.gantry.mapping.compile.CompiledMapping;
import io.gantry.pipeline.PipelineVersion;
import io.gantry.run.CrashPoint;
import io.gantry.run.RunListener.Stage;
import io.gantry.run.Task;
import io.gantry.spi.dataset.CheckingDataset;
import io.gantry.spi.dataset.DatasetWriter;
import io.gantry.spi.dataset.DatasetWriter.Outcome;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.RowChange;
import io.gantry.spi.dataset.WritableDataset;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.Schema;
import io.gantry.validation.Counts;
import io.gantry.validation.DriftFinding;
import io.gantry.validation.IssueCode;
import io.gantry.validation.ValidationReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one import: reads the file once, stages its good rows, has them checked together, applies them in one step, and
 * reads the file a second time only when there are rejected rows to copy. Used by one thread.
 */
public final class ImportRun {

    private static final int CHANGES_SHOWN = 20;
    private static final int LEAST_BATCH = 64;

    private final RunContext context;
    private final PipelineVersion pipeline;
    private final WritableDataset dataset;
    private final Schema schema;
    private final LoadPlan plan;
    private final IssueKinds kinds = new IssueKinds();
    private IssueLog log = new IssueLog();
    private final List<DriftFinding> drift = new ArrayList<>();
    private final TaskClock clock = new TaskClock();
    private long read;
    private long rejected;
    private long skipped;
    private long staged;
    private boolean wanting;

    /**
     * Prepares an import.
     *
     * @param context all that the run is told and uses
     * @param pipeline an import
     * @param dataset it loads into
     */
    public ImportRun(RunContext context, PipelineVersion pipeline, WritableDataset dataset) {
        this.context = context;
        this.pipeline = pipeline;
        this.dataset = dataset;
        this.schema = dataset.schema();
        this.plan = LoadPlan.of(
                pipeline.importMapping(), dataset, schema, context.correction() != null, context.datasets());
    }

    /**
     * What an import came to.
     *
     * @param report what was found out
     * @param rejects the ref of the file of rejects; null when there is none
     * @param rejectedRows the ref of the numbers of rejected rows; null when there are none
     * @param failure why nothing was loaded; null when something was
     */
    public record Result(
            ValidationReport report,
            @Nullable String rejects,
            @Nullable String rejectedRows,
            @Nullable GantryException failure) {}

    /**
     * Carries it out.
     *
     * @return what it came to
     * @throws GantryException when it failed before all rows were read
     * @throws IOException when a file cannot be read or written
     * @throws InterruptedException when the thread is interrupted
     */
    public Result carryOut() throws IOException, InterruptedException {
        Intake intake = Intake.open(
                context.file(),
                context.format(),
                pipeline.format(),
                context.settings().limits());
        if (intake.lead() > 0 && context.correction() == null) {
            throw new GantryException(
                    ErrorCode.CORRECTION_MISMATCH,
                    "'" + context.file().name() + "' is a file of rejects; submit it as the correction of its run");
        }
        CompiledMapping mapping = compile(intake);
        Correction correction =
                context.correction() == null ? null : new Correction(context.correction(), intake.lead() > 0);
        List<RowChange> changes = new ArrayList<>();
        GantryException failure = null;
        try {
            Outcome outcome;
            try (DatasetWriter writer = open(mapping)) {
                outcome = stageAll(intake, slots(mapping, correction), writer);
                rejected += staged - outcome.inserted() - outcome.updated() - outcome.unchanged();
                if (!pipeline.importMapping().errors().allows(rejected, read - skipped)) {
                    failure = tooMany();
                }
                context.reached(CrashPoint.CHECKED);
                if (failure == null && context.preview()) {
                    ((DatasetWriter.Previewing) writer).preview(CHANGES_SHOWN, change -> changes.add(hide(change)));
                }
                // the report comes first: once the load is part of the dataset, nothing is left that could fail
                context.progress(Stage.REPORTING, context.file().length(), read, rejected);
                Result result = new ReportMaker(context, pipeline, intake, mapping, correction, kinds, log)
                        .make(counts(outcome, failure != null), drift, changes, failure);
                if (!context.preview() && failure == null) {
                    apply(writer, result);
                }
                return result;
            }
        } finally {
            log.close();
        }
    }

    private Counts counts(Outcome outcome, boolean failed) {
        if (failed) {
            return new Counts(read, 0, 0, 0, rejected, read - rejected, 0);
        }
        return new Counts(
                read, outcome.inserted(), outcome.updated(), outcome.unchanged(), rejected, skipped, outcome.deleted());
    }

    /**
     * The dataset it loads into.
     *
     * @return as given
     */
    public WritableDataset dataset() {
        return dataset;
    }

    /**
     * The counts so far, all good rows being skipped: what a run came to that ended before its time.
     *
     * @return they add up
     */
    public Counts countsSoFar() {
        return new Counts(read, 0, 0, 0, rejected, read - rejected, 0);
    }

    /**
     * The tasks so far.
     *
     * @return with their times
     */
    public TaskClock tasks() {
        return clock;
    }

    private CompiledMapping compile(Intake intake) throws IOException {
        ColumnDrift columns = new ColumnDrift(
                intake, pipeline.importMapping(), schema, plan.rules().key(), context.lastHeader());
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
        if (elsewhere > 1 && elsewhere != pipeline.format().headerRow()) {
            message += "; record " + elsewhere + " looks like the header: set headerRow to " + elsewhere;
        }
        throw new GantryException(
                ErrorCode.SCHEMA_DRIFT,
                "The columns of '" + context.file().name() + "' are not what the mapping expects: " + message,
                Map.of("drift", failing),
                null);
    }

    private List<Slot> slots(CompiledMapping mapping, @Nullable Correction correction) {
        int threads = context.settings().threads();
        CheckingDataset.RowCheck check =
                dataset instanceof CheckingDataset checking ? checking.rowCheck(mapping.fields()) : null;
        long bytes = context.file().length(); // each row has one at least, or is compressed and has more batches
        int rows = (int) Math.min(context.settings().batchRows(), Math.max(LEAST_BATCH, bytes));
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < threads + 3; i++) {
            slots.add(new Slot(mapping, rows, check, correction));
        }
        return slots;
    }

    private DatasetWriter open(CompiledMapping mapping) {
        DatasetWriter writer = dataset.write(plan.load(context, mapping.fields()));
        if (context.preview()) {
            if (!(writer instanceof DatasetWriter.Previewing previewing)) {
                writer.close();
                throw new GantryException(
                        ErrorCode.DATASET_UNFIT, "Dataset '" + dataset.name() + "' cannot preview a load");
            }
            previewing.previewOnly();
        }
        return writer;
    }

    private Outcome stageAll(Intake intake, List<Slot> slots, DatasetWriter writer)
            throws IOException, InterruptedException {
        Outcome outcome = Outcome.AGAIN;
        for (int attempt = 0; outcome == Outcome.AGAIN; attempt++) {
            if (attempt > 1) {
                throw new GantryException(
                        ErrorCode.INTERNAL, "Dataset '" + dataset.name() + "' wanted the rows more than twice");
            }
            begin();
            List<ReferenceCheck> references = plan.references().entrySet().stream()
                    .map(entry -> new ReferenceCheck(
                            entry.getKey(),
                            entry.getValue(),
                            slots.get(0).mapper.rows()))
                    .toList();
            clock.running(Task.Name.EXTRACT, Task.Name.TRANSFORM, Task.Name.LOAD);
            new Pump(intake, slots, context.settings().threads(), "gantry-map-" + context.run())
                    .run(slot -> take(slot, references, writer));
            context.checkCancelled();
            clock.done(Task.Name.EXTRACT, Task.Name.TRANSFORM);
            context.progress(Stage.CHECKING, context.file().length(), read, rejected);
            clock.running(Task.Name.VALIDATE);
            long begin = System.nanoTime();
            outcome = writer.check((number, fields, code, message) ->
                    log.add(number, kinds.id(new IssueKinds.Kind(column(fields), fields, code, message, false))));
            clock.add(Task.Name.VALIDATE, staged, System.nanoTime() - begin);
        }
        clock.done(Task.Name.VALIDATE);
        return outcome;
    }

    /** The mapping's column that an issue is about, when it is about a single one. */
    private int column(List<String> fields) {
        return fields.size() == 1 ? pipeline.importMapping().fields().indexOf(fields.get(0)) : -1;
    }

    private void begin() {
        log.close();
        log = new IssueLog();
        read = 0;
        rejected = 0;
        skipped = 0;
        staged = 0;
        wanting = true;
        clock.reset();
    }

    /** Takes one batch: logs its issues, drops its bad rows, stages the rest. */
    private boolean take(Slot slot, List<ReferenceCheck> references, DatasetWriter writer) {
        context.checkCancelled();
        RowBatch rows = slot.mapper.rows();
        boolean[] dropped = slot.mapper.rejected();
        read += rows.size();
        log(slot, rows);
        for (ReferenceCheck reference : references) {
            boolean[] failing = reference.failing(rows, dropped);
            List<String> fields = reference.reference().fields();
            for (int row = 0; row < failing.length; row++) {
                if (failing[row] && !slot.skipped[row]) {
                    dropped[row] = true;
                    log.add(
                            rows.number(row),
                            kinds.id(new IssueKinds.Kind(
                                    column(fields),
                                    fields,
                                    IssueCode.REFERENCE_NOT_FOUND.name(),
                                    IssueCode.REFERENCE_NOT_FOUND.phrase(),
                                    false)));
                }
            }
        }
        for (int row = 0; row < rows.size(); row++) {
            if (slot.skipped[row]) {
                skipped++;
                dropped[row] = true;
            } else if (dropped[row]) {
                rejected++;
            }
        }
        if (plan.mode() == LoadMode.REPLACE) {
            RejectedKeys.tell(rows, dropped, plan.rules().key(), writer);
        }
        rows.drop(dropped);
        clock.add(Task.Name.EXTRACT, slot.text.size() - slot.from, slot.readNanos);
        clock.add(Task.Name.TRANSFORM, slot.text.size() - slot.from, slot.mapNanos);
        long begin = System.nanoTime();
        if (rows.size() > 0) {
            staged += rows.size();
            boolean first = staged == rows.size();
            wanting = writer.stage(rows);
            if (first) {
                context.reached(CrashPoint.FIRST_BATCH_STAGED);
            }
        }
        clock.add(Task.Name.LOAD, rows.size(), System.nanoTime() - begin);
        context.progress(Stage.READING, slot.consumed, read, rejected);
        return wanting;
    }

    private void log(Slot slot, RowBatch rows) {
        CellIssues issues = slot.mapper.issues();
        for (int i = 0; i < issues.size(); i++) {
            if (!slot.skipped[issues.row(i)]) {
                int column = issues.column(i);
                log.add(rows.number(issues.row(i)), kinds.id(kind(slot, column, issues.code(i), issues.isWarning(i))));
            }
        }
        for (Slot.RowIssue issue : slot.rowIssues) {
            if (!slot.skipped[(int) (issue.number() - rows.number(0))]) {
                log.add(
                        issue.number(),
                        kinds.id(new IssueKinds.Kind(
                                column(issue.fields()), issue.fields(), issue.code(), issue.message(), false)));
            }
        }
    }

    private IssueKinds.Kind kind(Slot slot, int column, IssueCode code, boolean warning) {
        if (column <= CellIssues.WHOLE_ROW) {
            String words = IssueWords.ofRow(code, CellIssues.place(column));
            return new IssueKinds.Kind(CellIssues.WHOLE_ROW, List.of(), code.name(), words, warning);
        }
        Field field = slot.mapper.rows().fields().get(column);
        ColumnMapping rules = pipeline.importMapping().columns().get(column);
        String message = IssueWords.of(code, rules, field, slot.mapper.expected(column));
        return new IssueKinds.Kind(column, List.of(field.name()), code.name(), message, warning);
    }

    private void apply(DatasetWriter writer, Result result) {
        context.checkCancelled();
        context.prepared(result);
        context.progress(Stage.APPLYING, context.file().length(), read, rejected);
        long begin = System.nanoTime();
        writer.apply();
        context.reached(CrashPoint.APPLIED);
        clock.add(Task.Name.LOAD, 0, System.nanoTime() - begin);
        clock.done(Task.Name.LOAD);
    }

    private GantryException tooMany() {
        return new GantryException(
                ErrorCode.TOO_MANY_REJECTED,
                rejected + " of " + read + " rows were rejected, more than the mapping allows; nothing was loaded",
                Map.of("rejected", rejected, "read", read),
                null);
    }

    /** Values of sensitive fields are not shown in a preview. */
    private RowChange hide(RowChange change) {
        Set<String> hidden = new LinkedHashSet<>();
        schema.fields().stream()
                .filter(field -> field.sensitivity().hidesValues())
                .forEach(field -> hidden.add(field.name()));
        if (hidden.isEmpty()) {
            return change;
        }
        List<@Nullable Object> key = new ArrayList<>();
        for (int i = 0; i < change.key().size(); i++) {
            key.add(
                    hidden.contains(plan.rules().key().get(i))
                            ? "•••"
                            : change.key().get(i));
        }
        List<RowChange.FieldChange> fields = change.fields().stream()
                .map(field -> hidden.contains(field.field())
                        ? new RowChange.FieldChange(
                                field.field(),
                                field.before() == null ? null : "•••",
                                field.after() == null ? null : "•••")
                        : field)
                .toList();
        return new RowChange(change.kind(), change.number(), key, fields);
    }
}
