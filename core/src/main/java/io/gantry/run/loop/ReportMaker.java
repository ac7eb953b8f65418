// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.GantryException;
import io.gantry.mapping.DriftPolicy.Reaction;
import io.gantry.mapping.compile.CompiledMapping;
import io.gantry.pipeline.PipelineVersion;
import io.gantry.spi.dataset.RowChange;
import io.gantry.spi.file.FileStore.PendingFile;
import io.gantry.spi.records.CopyingFormat;
import io.gantry.spi.records.CopyingFormat.RecordCopier;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import io.gantry.validation.Counts;
import io.gantry.validation.DriftFinding;
import io.gantry.validation.IssueCode;
import io.gantry.validation.IssueSummary;
import io.gantry.validation.ValidationReport;
import io.gantry.validation.Warning;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the report of an import and its file of rejects, from the log of issues and a second reading of the file. Both are
 * made in order of rows, and so depend on nothing but the file, the pipeline and the dataset.
 */
final class ReportMaker {

    private static final int EXAMPLES = 5;
    private static final int LONGEST_VALUE = 120;

    private final RunContext context;
    private final PipelineVersion pipeline;
    private final Intake intake;
    private final CompiledMapping mapping;
    private final @Nullable Correction correction;
    private final IssueKinds kinds;
    private final IssueLog log;
    private final Map<IssueKinds.Kind, Gathered> gathered = new TreeMap<>();
    private final List<Warning> warnings = new ArrayList<>();
    private final BitSet rejectedRows = new BitSet();

    /** What was gathered of one kind of issue. */
    private static final class Gathered {
        private long count;
        private final List<IssueSummary.Example> examples = new ArrayList<>();
        private final Sample sample = new Sample();
    }

    ReportMaker(
            RunContext context,
            PipelineVersion pipeline,
            Intake intake,
            CompiledMapping mapping,
            @Nullable Correction correction,
            IssueKinds kinds,
            IssueLog log) {
        this.context = context;
        this.pipeline = pipeline;
        this.intake = intake;
        this.mapping = mapping;
        this.correction = correction;
        this.kinds = kinds;
        this.log = log;
    }

    ImportRun.Result make(
            Counts counts, List<DriftFinding> drift, List<RowChange> changes, @Nullable GantryException failure)
            throws IOException {
        String rejects = null;
        String rows = null;
        if (!log.isEmpty()) {
            rejects = rejects();
            rows = rejectedRows.isEmpty() ? null : storeRows();
        }
        List<DriftFinding> findings = new ArrayList<>(drift);
        retyped(counts, findings);
        ValidationReport.SourceFile file = new ValidationReport.SourceFile(
                context.file().name(),
                context.file().length(),
                context.file().sha256(),
                context.format().name(),
                intake.header(),
                context.correctionOf());
        warnings.addAll(0, intake.warnings());
        gathered.forEach((kind, entry) -> {
            if (kind.warning() && kind.column() < 0) {
                warnings.add(new Warning(kind.code(), "Rows were kept: each " + kind.message(), entry.count));
            }
        });
        ValidationReport report = new ValidationReport(
                pipeline.code(),
                pipeline.dataset(),
                file,
                counts,
                context.preview(),
                issues(),
                findings,
                intake.evidence(),
                warnings,
                changes);
        return new ImportRun.Result(report, rejects, rows, failure);
    }

    /** Reads the file once more, and copies its rejected records; the ref of the copy, when there are any. */
    private @Nullable String rejects() throws IOException {
        String name = context.file().name();
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String end = dot > 0 ? name.substring(dot) : "";
        boolean again = stem.endsWith("-rejects");
        try (PendingFile pending = context.files().create(context.tenant(), stem + (again ? "" : "-rejects") + end);
                IssueLog.Cursor issues = log.read()) {
            if (intake.format() instanceof CopyingFormat copying && !context.preview()) {
                try (RecordCopier copier = copying.copier(pending.out(), intake.options())) {
                    List<String> header = new ArrayList<>(Intake.FRONT);
                    header.addAll(intake.header());
                    copier.write(header);
                    read(issues, copier);
                    copier.warnings().stream().map(Warning::of).forEach(warnings::add);
                }
                return rejectedRows.isEmpty() ? null : pending.commit().ref();
            }
            read(issues, null);
            return null;
        }
    }

    private void read(IssueLog.Cursor issues, @Nullable RecordCopier copier) throws IOException {
        TextBatch batch = new TextBatch(context.settings().batchRows());
        boolean more = issues.next();
        try (RecordReader reader = intake.reader()) {
            while (more && reader.read(batch)) {
                long first = batch.number(0);
                while (more && issues.row() < first + batch.size()) {
                    row(batch, (int) (issues.row() - first), issues.kinds(), copier);
                    more = issues.next();
                }
            }
        }
    }

    private void row(TextBatch batch, int record, int[] ids, @Nullable RecordCopier copier) throws IOException {
        List<IssueKinds.Kind> found = new ArrayList<>();
        for (int id : ids) {
            found.add(kinds.get(id));
        }
        found.sort(Comparator.naturalOrder());
        for (IssueKinds.Kind kind : found) {
            gather(kind, batch, record);
        }
        List<IssueKinds.Kind> errors =
                found.stream().filter(kind -> !kind.warning()).toList();
        if (errors.isEmpty()) {
            return;
        }
        long root = correction == null ? batch.number(record) : correction.root(batch, record);
        if (root < Integer.MAX_VALUE) {
            rejectedRows.set((int) root);
        }
        if (copier != null) {
            List<String> front = List.of(
                    Long.toString(root),
                    errors.stream().map(IssueKinds.Kind::code).distinct().collect(Collectors.joining(" ")),
                    errors.stream().map(this::sentence).collect(Collectors.joining("; ")));
            copier.copy(front, batch, record, intake.lead());
        }
    }

    private String sentence(IssueKinds.Kind kind) {
        return column(kind) + (kind.message().isEmpty() ? "" : " " + kind.message());
    }

    /** The column as the file names it; the fields when there are several; the row. */
    private String column(IssueKinds.Kind kind) {
        if (kind.column() >= 0) {
            return mapping.columnName(kind.column());
        }
        return kind.fields().isEmpty() ? "row" : String.join(", ", kind.fields());
    }

    private void gather(IssueKinds.Kind kind, TextBatch batch, int record) {
        Gathered entry = gathered.computeIfAbsent(kind, key -> new Gathered());
        entry.count++;
        boolean sampled = entry.sample.wantsNext();
        if (!sampled && entry.examples.size() >= EXAMPLES) {
            return;
        }
        String text = null;
        int place = kind.column() < 0 ? -1 : mapping.place(kind.column());
        if (place >= 0 && place < batch.cells(record)) {
            text = batch.text(record, place);
            if (sampled) {
                entry.sample.add(text);
            }
        }
        boolean hidden = kind.column() >= 0
                && mapping.fields().get(kind.column()).sensitivity().hidesValues();
        if (entry.examples.size() < EXAMPLES) {
            entry.examples.add(new IssueSummary.Example(
                    batch.number(record), batch.line(record), hidden || text == null ? null : shortened(text)));
        }
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_VALUE
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_VALUE)) + "…";
    }

    private List<IssueSummary> issues() {
        List<IssueSummary> issues = new ArrayList<>();
        gathered.forEach((kind, entry) -> {
            boolean single = kind.column() >= 0;
            // what a sample says must not tell what the cells say
            boolean tested =
                    single && !mapping.fields().get(kind.column()).sensitivity().hidesValues() && entry.count > 1;
            issues.add(new IssueSummary(
                    kind.code(),
                    kind.fields().isEmpty() ? "" : column(kind),
                    kind.fields(),
                    kind.message(),
                    kind.warning(),
                    entry.count,
                    entry.examples,
                    tested
                            ? new Hypotheses(
                                            mapping.mapping().columns().get(kind.column()),
                                            mapping.fields().get(kind.column()))
                                    .test(kind.code(), entry.sample.texts())
                            : List.of()));
        });
        issues.sort(Comparator.comparingLong(IssueSummary::count).reversed());
        return issues;
    }

    /** Most cells of a column being of another type is drift, whatever the rows' fate. */
    private void retyped(Counts counts, List<DriftFinding> findings) {
        gathered.forEach((kind, entry) -> {
            boolean typed = kind.column() >= 0
                    && java.util.Arrays.stream(IssueCode.values())
                            .anyMatch(code -> code.name().equals(kind.code()) && ColumnDrift.isOfType(code));
            if (typed && !kind.warning() && entry.count * 2 > counts.read()) {
                findings.add(new DriftFinding(
                        DriftFinding.Kind.RETYPED,
                        column(kind),
                        kind.fields().get(0),
                        Reaction.REJECT_ROW,
                        "Most cells of '" + column(kind) + "' cannot be read as "
                                + mapping.fields().get(kind.column()).type()));
            }
        });
    }

    private String storeRows() throws IOException {
        long[] words = rejectedRows.toLongArray();
        ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES);
        bytes.asLongBuffer().put(words);
        try (PendingFile pending = context.files().create(context.tenant(), "rejected-rows.bin")) {
            pending.out().write(bytes.array());
            return pending.commit().ref();
        }
    }
}
