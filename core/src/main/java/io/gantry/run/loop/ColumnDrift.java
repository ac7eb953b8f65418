// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.mapping.DriftPolicy.Reaction;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.compile.CellIssues;
import io.gantry.mapping.compile.CompiledMapping;
import io.gantry.mapping.compile.RowMapper;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.schema.Schema;
import io.gantry.validation.DriftFinding;
import io.gantry.validation.IssueCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compiles a mapping for a file, and finds how the file's columns differ from what the mapping expects. */
final class ColumnDrift {

    private static final int SAMPLE = 1_000;

    private final Intake intake;
    private final ImportMapping mapping;
    private final Schema schema;
    private final List<String> key;
    private final List<String> lastHeader;
    private final List<DriftFinding> findings = new ArrayList<>();

    /**
     * @param lastHeader the columns of the file that was loaded last; empty when they are not known
     */
    ColumnDrift(Intake intake, ImportMapping mapping, Schema schema, List<String> key, List<String> lastHeader) {
        this.intake = intake;
        this.mapping = mapping;
        this.schema = schema;
        this.key = key;
        this.lastHeader = lastHeader;
    }

    CompiledMapping compile() throws IOException {
        CompiledMapping compiled = compile(mapping);
        findings.addAll(compiled.drift());
        findings.addAll(HeaderWidth.of(intake));
        if (mapping.drift().changed() != Reaction.ADAPT && !lastHeader.isEmpty()) {
            findings.addAll(HeaderChange.between(
                    lastHeader, intake.header(), mapping.drift().changed()));
        }
        Reaction reaction = mapping.drift().retyped();
        if (reaction == Reaction.REJECT_ROW || findings.stream().anyMatch(f -> f.reaction() == Reaction.FAIL)) {
            return compiled;
        }
        return retyped(compiled, reaction);
    }

    List<DriftFinding> findings() {
        return findings;
    }

    private CompiledMapping compile(ImportMapping mapping) {
        return CompiledMapping.of(mapping, schema, key, intake.shape());
    }

    /** What a sample of the file shows of each column. */
    private static final class Seen {
        private final List<SampledCell> cells = new ArrayList<>();
        private final List<SampledCell> bad = new ArrayList<>();
        private int filled;
        private int faults;
    }

    private CompiledMapping retyped(CompiledMapping compiled, Reaction reaction) throws IOException {
        List<Seen> columns = sample(compiled);
        ImportMapping adapted = mapping;
        Set<String> lenient = new HashSet<>();
        for (int i = 0; i < columns.size(); i++) {
            Seen seen = columns.get(i);
            if (seen.faults * 2 <= seen.filled) {
                continue;
            }
            String field = compiled.fields().get(i).name();
            String message = seen.faults + " of the first " + seen.filled + " cells of '" + compiled.columnName(i)
                    + "' cannot be read as " + compiled.fields().get(i).type();
            if (reaction == Reaction.WARN) {
                lenient.add(field);
            } else if (reaction == Reaction.ADAPT) {
                List<Hypotheses.Tried> whole = new Hypotheses(compiled, i, null)
                        .mending(seen.bad, seen.cells).stream()
                                .filter(tried -> tried.cells().good() == seen.bad.size() && isSafe(tried.patch()))
                                .toList();
                // only when there is one way to read them: 03/04/2024 has two
                if (whole.size() == 1 && seen.bad.size() == seen.faults) {
                    adapted = adapted.patched(field, whole.get(0).patch());
                    message += "; " + whole.get(0).words();
                }
            }
            findings.add(new DriftFinding(DriftFinding.Kind.RETYPED, compiled.columnName(i), field, reaction, message));
        }
        CompiledMapping result = adapted == mapping ? compiled : compile(adapted);
        return lenient.isEmpty() ? result : result.lenient(lenient);
    }

    /** That a text means no value, or that a dash is 0, is for people to say. */
    private static boolean isSafe(Map<String, Object> patch) {
        return !patch.containsKey("nullTokens")
                && (!patch.containsKey("values") || !((Map<?, ?>) patch.get("values")).containsValue("0"));
    }

    private List<Seen> sample(CompiledMapping compiled) throws IOException {
        List<Seen> columns = new ArrayList<>();
        compiled.fields().forEach(field -> columns.add(new Seen()));
        TextBatch batch = new TextBatch(SAMPLE);
        RowMapper mapper = compiled.mapper(SAMPLE);
        int seen = 0;
        try (RecordReader reader = intake.reader()) {
            while (seen < SAMPLE && reader.read(batch)) {
                int from = intake.firstData(batch);
                mapper.map(batch, from);
                int rows = Math.min(SAMPLE - seen, batch.size() - from);
                for (int column = 0; column < columns.size(); column++) {
                    int place = compiled.place(column);
                    for (int row = from; row < from + rows; row++) {
                        look(columns.get(column), batch, row, place);
                    }
                }
                CellIssues issues = mapper.issues();
                for (int i = 0; i < issues.size(); i++) {
                    int column = issues.column(i);
                    if (issues.row(i) < rows
                            && column >= 0
                            && !issues.isWarning(i)
                            && isOfType(issues.code(i).name())) {
                        Seen bad = columns.get(column);
                        bad.faults++;
                        SampledCell cell = SampledCell.of(batch, from + issues.row(i), compiled.place(column));
                        if (cell != null) {
                            bad.bad.add(cell);
                        }
                    }
                }
                seen += rows;
            }
        }
        return columns;
    }

    private static void look(Seen column, TextBatch batch, int record, int place) {
        if (place >= 0 && place < batch.cells(record) && batch.length(batch.first(record) + place) > 0) {
            column.filled++;
            SampledCell cell = SampledCell.of(batch, record, place);
            if (cell != null) {
                column.cells.add(cell);
            }
        }
    }

    private static final Set<IssueCode> OF_TYPE = EnumSet.of(
            IssueCode.NOT_AN_INTEGER,
            IssueCode.NOT_A_DECIMAL,
            IssueCode.NOT_A_NUMBER,
            IssueCode.NOT_A_BOOLEAN,
            IssueCode.NOT_A_DATE,
            IssueCode.NOT_A_TIME,
            IssueCode.NOT_A_TIMESTAMP,
            IssueCode.TWO_DIGIT_YEAR,
            IssueCode.TIME_NOT_MIDNIGHT,
            IssueCode.NOT_A_UUID);

    /** Whether a code says that a cell is not of the field's type. */
    static boolean isOfType(IssueCode code) {
        return OF_TYPE.contains(code);
    }

    /** The same of the name of a code, which may be one of a dataset's own. */
    static boolean isOfType(String code) {
        return OF_TYPE.stream().anyMatch(each -> each.name().equals(code));
    }
}
