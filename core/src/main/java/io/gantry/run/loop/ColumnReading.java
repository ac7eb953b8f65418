// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.mapping.Checks;
import io.gantry.mapping.ColumnMapping;
import io.gantry.mapping.DriftPolicy;
import io.gantry.mapping.ErrorPolicy;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.LoadRule;
import io.gantry.mapping.MappingProposal;
import io.gantry.mapping.Reading;
import io.gantry.mapping.Source;
import io.gantry.mapping.compile.CompiledMapping;
import io.gantry.mapping.compile.FileShape;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Schema;
import io.gantry.validation.Hypothesis;
import io.gantry.validation.IssueCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds how a sample of a column's cells can be read as a field, and what only a person can decide. */
final class ColumnReading {

    private static final double WORTH_CHOOSING = 0.5;
    private static final String MORE_THAN_ONE = "the cells can be read in more than one way";

    private final Field field;
    private final Schema schema;
    private final String column;
    private final List<SampledCell> cells;
    private final List<MappingProposal.Question> questions = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private ColumnMapping mapping;
    private Hypotheses hypotheses;
    private ReadCells now;

    private ColumnReading(Field field, Schema schema, String column, List<SampledCell> cells) {
        this.field = field;
        this.schema = schema;
        this.column = column;
        this.cells = cells;
        this.mapping = new ColumnMapping(field.name(), new Source.Named(column, List.of()), Reading.PLAIN, Checks.NONE);
        this.hypotheses = hypotheses(mapping);
        this.now = hypotheses.read(Map.of(), cells);
    }

    /**
     * Finds it.
     *
     * @param cells a sample without blank ones
     * @param rows how many rows the sample has
     */
    static ColumnReading of(Field field, Schema schema, String column, List<SampledCell> cells, int rows) {
        ColumnReading reading = new ColumnReading(field, schema, column, cells);
        reading.decide();
        reading.askAboutBlanks(rows);
        reading.askAboutTheRest();
        return reading;
    }

    private Hypotheses hypotheses(ColumnMapping mapping) {
        ImportMapping one =
                new ImportMapping(List.of(mapping), LoadRule.INSERT, ErrorPolicy.SKIP_ROWS, DriftPolicy.DEFAULT);
        List<String> key = schema.key().contains(field.name()) ? List.of(field.name()) : List.of();
        return new Hypotheses(CompiledMapping.of(one, schema, key, FileShape.PLAIN), 0, null);
    }

    private void accept(Map<String, Object> patch, String words) {
        mapping = new ImportMapping(List.of(mapping), LoadRule.INSERT, ErrorPolicy.SKIP_ROWS, DriftPolicy.DEFAULT)
                .patched(field.name(), patch)
                .columns()
                .get(0);
        int before = now.good();
        hypotheses = hypotheses(mapping);
        now = hypotheses.read(Map.of(), cells);
        int more = now.good() - before;
        notes.add(more == 0 ? words : String.format(Locale.ROOT, "%s (%,d of %,d cells)", words, more, cells.size()));
    }

    private void decide() {
        if (field.type() == FieldType.STRING) {
            trim();
            return;
        }
        missing();
        List<Hypotheses.Tried> whole = whole();
        List<SampledCell> bad = now.bad();
        if (bad.isEmpty()) {
            if (!whole.isEmpty()) {
                // that they can be read as they are does not say that this is meant: 1.234 is a thousand for some
                // people
                List<Hypothesis> choices = new ArrayList<>();
                choices.add(new Hypothesis("read as it is", cells.size(), cells.size(), Map.of()));
                whole.forEach(tried -> choices.add(choice(tried)));
                ask(MORE_THAN_ONE, choices);
            }
        } else if (whole.isEmpty()) {
            List<Hypotheses.Tried> mending = hypotheses.mending(bad, cells);
            int best = mending.isEmpty() ? 0 : mending.get(0).cells().good();
            if (best > 0 && best >= WORTH_CHOOSING * bad.size()) {
                choose(mending.stream()
                        .filter(tried -> tried.cells().good() == best)
                        .toList());
            }
        } else {
            choose(whole);
        }
    }

    /** The readings that read all cells, each in its own way, and not as they are read now. */
    private List<Hypotheses.Tried> whole() {
        List<String> texts = cells.stream().map(SampledCell::text).toList();
        List<Hypotheses.Tried> found = new ArrayList<>();
        ReadingGuesses.of(mapping, field, false, texts).forEach((patch, words) -> {
            ReadCells tried = hypotheses.read(patch, cells);
            if (tried.good() == cells.size()
                    && !patch.containsKey("nullTokens")
                    && !tried.isSameAs(now)
                    && found.stream().noneMatch(before -> before.cells().isSameAs(tried))) {
                found.add(new Hypotheses.Tried(patch, words, tried));
            }
        });
        return found;
    }

    private void choose(List<Hypotheses.Tried> fitting) {
        boolean mixed = fitting.get(0).patch().containsKey("percent")
                && cells.stream()
                        .anyMatch(cell -> cell.kind() == TextBatch.Kind.TEXT
                                && !cell.text().contains("%"));
        if (fitting.size() == 1 && !mixed) {
            accept(fitting.get(0).patch(), fitting.get(0).words());
        } else {
            ask(
                    mixed
                            ? "some numbers have a percent sign and some have none, which are read as they are: 20 is 2,000 %"
                            : MORE_THAN_ONE,
                    fitting.stream().map(ColumnReading::choice).toList());
        }
    }

    private static Hypothesis choice(Hypotheses.Tried tried) {
        return new Hypothesis(tried.words(), tried.cells().good(), tried.cells().size(), tried.patch());
    }

    private void trim() {
        Map<String, Object> patch = Map.of("trim", true);
        ReadCells trimmed = hypotheses.read(patch, cells);
        boolean blanks = !trimmed.isSameAs(now);
        boolean key = schema.key().contains(field.name());
        if (blanks && !(key && trimmed.merges(false))) {
            accept(patch, "blanks around it are dropped");
        } else if (blanks) {
            ask(
                    "without the blanks around them, different keys of the sample are the same",
                    List.of(new Hypothesis("blanks around it are dropped", 0, cells.size(), patch)));
        }
    }

    /** Texts that mean no value are set aside first, so that they do not hide how the others are written. */
    private void missing() {
        Set<String> tokens = ReadingGuesses.tokens(now.bad());
        if (tokens.isEmpty() || field.isRequired() || schema.key().contains(field.name())) {
            return;
        }
        String quoted = "'" + String.join("', '", tokens) + "'";
        boolean number = field.type() == FieldType.INTEGER
                || field.type() == FieldType.DECIMAL
                || field.type() == FieldType.FLOAT;
        if (number && tokens.stream().anyMatch(token -> token.equals("-") || token.equals("--") || token.equals("–"))) {
            List<SampledCell> bad = now.bad();
            List<SampledCell> dashes = bad.stream()
                    .filter(cell -> tokens.contains(cell.text().strip()))
                    .toList();
            ask(
                    quoted + " can be no value, or 0",
                    hypotheses.mending(dashes, cells).stream()
                            .filter(tried -> tried.patch().containsKey("nullTokens")
                                    || tried.patch().containsKey("values"))
                            .map(ColumnReading::choice)
                            .toList());
        } else {
            accept(Map.of("nullTokens", List.copyOf(tokens)), "read " + quoted + " as no value");
        }
    }

    /** A column of nothing but crosses and blanks: is a blank cell false? */
    private void askAboutBlanks(int rows) {
        if (field.type() == FieldType.BOOLEAN
                && !cells.isEmpty()
                && cells.size() < rows
                && now.good() == cells.size()
                && now.isOneValue()) {
            ask(
                    "all cells that are not blank have the same value; a blank cell can be no value, or the other one",
                    List.of(
                            new Hypothesis("blank cells are no value", 0, rows - cells.size(), Map.of()),
                            new Hypothesis(
                                    "blank cells are the other value",
                                    rows - cells.size(),
                                    rows - cells.size(),
                                    Map.of("default", isTrue() ? "false" : "true"))));
        }
    }

    private boolean isTrue() {
        ReadCells trues = hypotheses.read(Map.of("oneOf", List.of("true")), cells);
        return trues.good() == cells.size();
    }

    private void askAboutTheRest() {
        int bad = cells.size() - now.good();
        if (bad == 0) {
            return;
        }
        if (now.count(IssueCode.TWO_DIGIT_YEAR.name()) * 2 >= bad) {
            ask("the years have two digits: give a format" + shortYears()
                    + " and 'pivot', the latest year that they may mean");
        } else if (questions.isEmpty()) {
            ask(String.format(
                    Locale.ROOT,
                    "%,d of %,d cells of the sample cannot be read as %s; their rows will be rejected",
                    bad,
                    cells.size(),
                    field.type()));
        }
    }

    /** The formats with years of two digits that read the most cells, whatever the century. */
    private String shortYears() {
        List<String> best = new ArrayList<>();
        int most = 0;
        for (String pattern : ReadingGuesses.shortYears(field.type())) {
            int good = hypotheses
                    .read(Map.of("formats", List.of("iso", pattern), "pivot", 2099), cells)
                    .good();
            if (good > most) {
                best.clear();
                most = good;
            }
            if (good == most && good > now.good()) {
                best.add(pattern);
            }
        }
        return best.isEmpty() ? "" : " (" + String.join(" or ", best) + ")";
    }

    private void ask(String text) {
        ask(text, List.of());
    }

    private void ask(String text, List<Hypothesis> choices) {
        questions.add(new MappingProposal.Question(field.name(), column, text, choices));
    }

    ColumnMapping mapping() {
        return mapping;
    }

    List<MappingProposal.Question> questions() {
        return questions;
    }

    MappingProposal.Match match(double similarity) {
        double readable = cells.isEmpty() ? 1 : (double) now.good() / cells.size();
        return new MappingProposal.Match(field.name(), column, similarity, readable, String.join("; ", notes));
    }
}
