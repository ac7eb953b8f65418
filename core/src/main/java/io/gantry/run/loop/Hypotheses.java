// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.mapping.ColumnMapping;
import io.gantry.mapping.DriftPolicy;
import io.gantry.mapping.ErrorPolicy;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.LoadRule;
import io.gantry.mapping.Source;
import io.gantry.mapping.compile.CellIssues;
import io.gantry.mapping.compile.CompiledMapping;
import io.gantry.mapping.compile.FileShape;
import io.gantry.mapping.compile.RowMapper;
import io.gantry.spi.dataset.CheckingDataset;
import io.gantry.spi.dataset.CheckingDataset.RowCheck;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.records.TextReadableFormat.ShortRecords;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.Schema;
import io.gantry.validation.Hypothesis;
import io.gantry.validation.IssueCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what may be behind the bad cells of one column: each guess is a change of the column's mapping, and is proved on a
 * sample of the cells by the whole check of a cell with it, that of the dataset included. A guess that gives another value to a
 * cell that is good now is none.
 */
final class Hypotheses {

    private static final int SHOWN = 3;
    private static final double WORTH_TELLING = 0.5;

    /** The codes of cells that another reading of their text can mend. Look-ups, keys and other rows are not their text. */
    private static final Set<IssueCode> MENDABLE = EnumSet.of(
            IssueCode.NOT_AN_INTEGER,
            IssueCode.NOT_A_DECIMAL,
            IssueCode.NOT_A_NUMBER,
            IssueCode.NOT_A_BOOLEAN,
            IssueCode.NOT_A_DATE,
            IssueCode.NOT_A_TIME,
            IssueCode.NOT_A_TIMESTAMP,
            IssueCode.TOO_LONG,
            IssueCode.PATTERN,
            IssueCode.EMAIL,
            IssueCode.NOT_ALLOWED,
            IssueCode.UNMAPPED_VALUE);

    private final ColumnMapping column;
    private final LoadRule load;
    private final Field field;
    private final List<String> key;
    private final boolean guarded;
    private final @Nullable RowCheck check;

    /**
     * @param column index of the mapping's columns
     * @param check the dataset's own check of rows that have this field alone; null when it has none
     */
    Hypotheses(CompiledMapping mapping, int column, @Nullable RowCheck check) {
        this.column = mapping.mapping().columns().get(column);
        this.load = mapping.mapping().load();
        this.field = mapping.fields().get(column);
        this.key = mapping.isKey(column) ? List.of(field.name()) : List.of();
        this.guarded = mapping.isGuarded();
        this.check = check;
    }

    /** For a column of a run. */
    static Hypotheses of(RunContext context, String dataset, CompiledMapping mapping, int column) {
        Dataset found = context.datasets().apply(dataset).orElse(null);
        List<Field> field = List.of(mapping.fields().get(column));
        return new Hypotheses(
                mapping, column, found instanceof CheckingDataset checking ? checking.rowCheck(field) : null);
    }

    /** A reading that was tried. */
    record Tried(Map<String, Object> patch, String words, ReadCells cells) {}

    /**
     * Tests what may mend the bad cells of a code.
     *
     * @param code of the issues
     * @param bad the cells of a sample
     * @param others a sample of all cells of the column
     * @return those that mend half of the sample or more, the best first; their counts are exact
     */
    List<Hypothesis> test(String code, List<SampledCell> bad, List<SampledCell> others) {
        boolean mendable = MENDABLE.stream().anyMatch(each -> each.name().equals(code));
        // what refers elsewhere, or must differ from what is there, cannot be proved on the cells
        if (bad.isEmpty() || !mendable || isLookedUp() || !read(Map.of(), bad).allHave(code)) {
            return List.of();
        }
        List<Hypothesis> found = new ArrayList<>();
        for (Tried tried : mending(bad, others)) {
            int hits = tried.cells.good();
            if (hits >= WORTH_TELLING * bad.size() && found.size() < SHOWN && isAllowed(code, tried.patch)) {
                found.add(new Hypothesis(tried.words, hits, bad.size(), tried.patch));
            }
        }
        return found;
    }

    /** A value outside a list is not to be made another number until it fits. */
    private boolean isAllowed(String code, Map<String, Object> patch) {
        boolean ofType = ColumnDrift.isOfType(code);
        boolean typed = patch.containsKey("formats") || patch.containsKey("locale") || patch.containsKey("percent");
        return ofType || !typed;
    }

    private boolean isLookedUp() {
        boolean refers = load.references().stream()
                .anyMatch(reference -> reference.fields().contains(field.name()));
        boolean unique = load.uniques().stream().anyMatch(fields -> fields.contains(field.name()));
        boolean inserted = load.mode() == LoadMode.INSERT || load.mode() == LoadMode.UPDATE;
        return refers || unique || (!key.isEmpty() && (inserted || load.key().size() > 1));
    }

    /**
     * The readings that mend bad cells and leave good ones as they are. Of those that read all alike, the first.
     *
     * @return those that mend most first
     */
    List<Tried> mending(List<SampledCell> bad, List<SampledCell> others) {
        ReadCells now = read(Map.of(), others);
        List<Tried> found = new ArrayList<>();
        List<String> texts = bad.stream().map(SampledCell::text).toList();
        ReadingGuesses.of(column, field, !key.isEmpty(), texts).forEach((patch, words) -> {
            ReadCells mended = read(patch, bad);
            if (mended.good() == 0 || (!key.isEmpty() && mended.merges(true))) {
                return;
            }
            ReadCells all = read(patch, others);
            boolean merges = !key.isEmpty() && all.merges(false);
            if (!merges && now.isKeptBy(all) && found.stream().noneMatch(before -> before.cells.isSameAs(mended))) {
                found.add(new Tried(patch, words, mended));
            }
        });
        found.sort(Comparator.comparingInt((Tried tried) -> tried.cells.good()).reversed()); // stable
        return found;
    }

    /** Reads cells by the mapping with a patch, and checks them. */
    ReadCells read(Map<String, Object> patch, List<SampledCell> cells) {
        @Nullable String[] codes = new String[cells.size()];
        @Nullable Object[] values = new Object[cells.size()];
        if (cells.isEmpty()) {
            return new ReadCells(cells, values, codes);
        }
        ImportMapping one = new ImportMapping(
                List.of(new ColumnMapping(column.to(), new Source.Position(1), column.reading(), column.checks())),
                LoadRule.INSERT,
                ErrorPolicy.SKIP_ROWS,
                DriftPolicy.DEFAULT);
        CompiledMapping compiled = CompiledMapping.of(
                one.patched(column.to(), patch),
                Schema.of(field),
                key,
                new FileShape(List.of(), ShortRecords.WHOLE, guarded, 0));
        RowMapper mapper = compiled.mapper(cells.size());
        TextBatch batch = SampledCell.batch(cells);
        mapper.map(batch, 0);
        CellIssues issues = mapper.issues();
        for (int i = 0; i < issues.size(); i++) {
            if (!issues.isWarning(i)) {
                codes[issues.row(i)] = issues.code(i).name();
            }
        }
        RowBatch rows = mapper.rows();
        if (check != null) {
            long first = rows.number(0);
            check.check(rows, mapper.rejected(), (number, fields, code, message) -> {
                int row = (int) (number - first);
                codes[row] = codes[row] == null ? code : codes[row];
            });
        }
        for (int row = 0; row < values.length; row++) {
            values[row] = codes[row] == null ? rows.column(0).object(row) : null;
        }
        return new ReadCells(cells, values, codes);
    }
}
