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
import io.gantry.validation.Hypothesis;
import io.gantry.validation.IssueCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

    private CompiledMapping retyped(CompiledMapping compiled, Reaction reaction) throws IOException {
        int columns = compiled.fields().size();
        int[] cells = new int[columns];
        int[] faults = new int[columns];
        List<List<String>> texts = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            texts.add(new ArrayList<>());
        }
        sample(compiled, cells, faults, texts);
        ImportMapping adapted = mapping;
        Set<String> lenient = new HashSet<>();
        for (int i = 0; i < columns; i++) {
            if (faults[i] * 2 <= cells[i]) {
                continue;
            }
            String field = compiled.fields().get(i).name();
            String message = faults[i] + " of the first " + cells[i] + " cells of '" + compiled.columnName(i)
                    + "' cannot be read as " + compiled.fields().get(i).type();
            if (reaction == Reaction.WARN) {
                lenient.add(field);
            } else if (reaction == Reaction.ADAPT) {
                List<Hypothesis> whole = new Hypotheses(
                                mapping.columns().get(i), compiled.fields().get(i))
                        .test(IssueCode.NOT_A_NUMBER.name(), texts.get(i)).stream()
                                .filter(hypothesis -> hypothesis.hits() == hypothesis.tested())
                                .toList();
                // only when there is one way to read them: 03/04/2024 has two
                if (whole.size() == 1) {
                    adapted = adapted.patched(field, whole.get(0).patch());
                    message += "; " + whole.get(0).text();
                }
            }
            findings.add(new DriftFinding(DriftFinding.Kind.RETYPED, compiled.columnName(i), field, reaction, message));
        }
        CompiledMapping result = adapted == mapping ? compiled : compile(adapted);
        return lenient.isEmpty() ? result : result.lenient(lenient);
    }

    private void sample(CompiledMapping compiled, int[] cells, int[] faults, List<List<String>> texts)
            throws IOException {
        TextBatch batch = new TextBatch(SAMPLE);
        RowMapper mapper = compiled.mapper(SAMPLE);
        int seen = 0;
        try (RecordReader reader = intake.reader()) {
            while (seen < SAMPLE && reader.read(batch)) {
                int from = intake.firstData(batch);
                mapper.map(batch, from);
                int rows = Math.min(SAMPLE - seen, batch.size() - from);
                for (int column = 0; column < cells.length; column++) {
                    int place = compiled.place(column);
                    for (int row = 0; place >= 0 && row < rows; row++) {
                        boolean filled =
                                place < batch.cells(from + row) && batch.length(batch.first(from + row) + place) > 0;
                        cells[column] += filled ? 1 : 0;
                    }
                }
                CellIssues issues = mapper.issues();
                for (int i = 0; i < issues.size(); i++) {
                    int column = issues.column(i);
                    if (issues.row(i) < rows && column >= 0 && isOfType(issues.code(i))) {
                        faults[column]++;
                        texts.get(column).add(batch.text(from + issues.row(i), compiled.place(column)));
                    }
                }
                seen += rows;
            }
        }
    }

    /** Whether a code says that a cell is not of the field's type. */
    static boolean isOfType(IssueCode code) {
        return code.name().startsWith("NOT_A_") || code.name().startsWith("NOT_AN_");
    }
}
