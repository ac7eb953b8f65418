// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.mapping.DriftPolicy.Reaction;
import io.gantry.mapping.compile.CompiledMapping;
import io.gantry.spi.dataset.RowChange;
import io.gantry.spi.file.FileStore.PendingFile;
import io.gantry.spi.records.CopyingFormat;
import io.gantry.spi.records.CopyingFormat.RecordCopier;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.records.TextReadableFormat.ShortRecords;
import io.gantry.validation.Counts;
import io.gantry.validation.DriftFinding;
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
final class ReportMaker implements AutoCloseable {

    private static final int EXAMPLES = 5;
    private static final int LONGEST_VALUE = 120;

    private final RunContext context;
    private final Intake intake;
    private final CompiledMapping mapping;
    private final @Nullable Correction correction;
    private final Map<IssueKinds.Kind, Gathered> gathered = new TreeMap<>();
    private final List<Warning> warnings = new ArrayList<>();
    private Neighbours neighbours;
    private BitSet rejectedRows = new BitSet();
    private @Nullable PendingFile rejects;

    /** What was gathered of one kind of issue. */
    private static final class Gathered {
        private long count;
        private final List<IssueSummary.Example> examples = new ArrayList<>();
        private final Sample sample = new Sample();
    }

    ReportMaker(RunContext context, Intake intake, CompiledMapping mapping, @Nullable Correction correction) {
        this.context = context;
        this.intake = intake;
        this.mapping = mapping;
        this.correction = correction;
        this.neighbours = new Neighbours(mapping);
    }

    /** Reads the records once more, and copies the rejected ones; what was gathered before is made anew. */
    void gather(IssueLog log, IssueKinds kinds) throws IOException {
        gathered.clear();
        warnings.clear();
        rejectedRows = new BitSet();
        neighbours = new Neighbours(mapping);
        close();
        rejects = rejects(log, kinds);
    }

    /** Stores the files: only now, so that a process that dies before the run can name them leaves none. */
    Prepared.Files store() throws IOException {
        PendingFile pending = rejects;
        return new Prepared.Files(
                pending == null || rejectedRows.isEmpty()
                        ? null
                        : pending.commit().ref(),
                rejectedRows.isEmpty() ? null : storeRows());
    }

    @Override
    public void close() throws IOException {
        PendingFile pending = rejects;
        rejects = null;
        if (pending != null) {
            pending.close();
        }
    }

    ValidationReport report(
            String pipeline, String dataset, Counts counts, List<DriftFinding> drift, List<RowChange> changes) {
        List<DriftFinding> findings = new ArrayList<>(drift);
        retyped(counts, findings);
        Records records = intake.records();
        ValidationReport.SourceFile file = new ValidationReport.SourceFile(
                records.name(),
                records.bytes(),
                records.sha256(),
                records.format(),
                intake.header(),
                context.correctionOf());
        List<Warning> all = new ArrayList<>(intake.warnings());
        all.addAll(warnings);
        gathered.forEach((kind, entry) -> {
            if (kind.warning() && kind.column() < 0) {
                all.add(new Warning(kind.code(), "Rows were kept: each " + kind.message(), entry.count));
            }
        });
        return new ValidationReport(
                pipeline,
                dataset,
                file,
                counts,
                context.preview(),
                issues(dataset),
                findings,
                intake.evidence(),
                all,
                changes);
    }

    /** Reads the file once more, and copies its rejected records; the ref of the copy, when there are any. */
    /** Copies the rejected records into a file that is not stored yet; null when no file is wanted. */
    private @Nullable PendingFile rejects(IssueLog log, IssueKinds kinds) throws IOException {
        CopyingFormat copying = context.preview() ? null : intake.records().copies();
        try (IssueLog.Cursor issues = log.read()) {
            if (copying == null) {
                read(issues, kinds, null);
                return null;
            }
            PendingFile pending = context.files().create(context.tenant(), rejectsName());
            try (RecordCopier copier =
                    copying.copier(pending.out(), intake.records().options())) {
                List<String> header = new ArrayList<>(Intake.FRONT);
                header.addAll(intake.header());
                copier.write(header);
                read(issues, kinds, copier);
                copier.warnings().stream().map(Warning::of).forEach(warnings::add);
            } catch (Throwable e) {
                pending.close();
                throw e;
            }
            return pending;
        }
    }

    private String rejectsName() {
        String name = intake.records().name();
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        return stem + (stem.endsWith("-rejects") ? "" : "-rejects") + (dot > 0 ? name.substring(dot) : "");
    }

    private void read(IssueLog.Cursor issues, IssueKinds kinds, @Nullable RecordCopier copier) throws IOException {
        TextBatch batch = new TextBatch(context.settings().batchRows());
        boolean more = issues.next();
        try (RecordReader reader = intake.reader()) {
            while (more && reader.read(batch)) {
                neighbours.look(batch, intake.firstData(batch));
                long first = batch.number(0);
                while (more && issues.row() < first + batch.size()) {
                    row(batch, (int) (issues.row() - first), kinds.all(issues.kinds()), copier);
                    more = issues.next();
                }
            }
        }
    }

    private void row(TextBatch batch, int record, List<IssueKinds.Kind> found, @Nullable RecordCopier copier)
            throws IOException {
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
                entry.sample.add(SampledCell.of(batch, record, place));
            }
        }
        boolean hidden = kind.column() >= 0
                && mapping.fields().get(kind.column()).sensitivity().hidesValues();
        if (entry.examples.size() < EXAMPLES) {
            entry.examples.add(new IssueSummary.Example(
                    batch.number(record),
                    batch.line(record),
                    cell(place, batch.line(record)),
                    hidden || text == null ? null : shortened(text)));
        }
    }

    /** What a spreadsheet program calls a cell; empty when the file is no sheet. */
    private String cell(int place, long line) {
        if (place < 0 || intake.records().shortRecords() != ShortRecords.WHOLE) {
            return "";
        }
        StringBuilder letters = new StringBuilder();
        for (int rest = place; rest >= 0; rest = rest / 26 - 1) {
            letters.insert(0, (char) ('A' + rest % 26));
        }
        return letters.append(line).toString();
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_VALUE
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_VALUE)) + "…";
    }

    private List<IssueSummary> issues(String dataset) {
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
                            ? Hypotheses.of(context, dataset, mapping, kind.column())
                                    .test(kind.code(), entry.sample.cells(), neighbours.cells(kind.column()))
                            : List.of()));
        });
        issues.sort(Comparator.comparingLong(IssueSummary::count).reversed());
        return issues;
    }

    /** Most cells of a column being of another type is drift, whatever the rows' fate. */
    private void retyped(Counts counts, List<DriftFinding> findings) {
        gathered.forEach((kind, entry) -> {
            boolean typed = kind.column() >= 0 && ColumnDrift.isOfType(kind.code());
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
