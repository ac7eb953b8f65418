// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.check.Names;
import io.gantry.mapping.ColumnMapping;
import io.gantry.mapping.DriftPolicy;
import io.gantry.mapping.ErrorPolicy;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.LoadRule;
import io.gantry.mapping.Reading;
import io.gantry.mapping.Source;
import io.gantry.mapping.compile.CompiledMapping;
import io.gantry.mapping.compile.FileShape;
import io.gantry.mapping.compile.RowMapper;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Mode;
import io.gantry.spi.schema.Schema;
import io.gantry.validation.Hypothesis;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for what may be behind the bad cells of one column: each guess is a change of the column's mapping, and is tested on
 * a sample of the cells by reading them with it.
 */
final class Hypotheses {

    private static final int SHOWN = 3;
    private static final double WORTH_TELLING = 0.5;

    private static final List<String> DATES = List.of(
            "uuuu-MM-dd",
            "dd/MM/uuuu",
            "MM/dd/uuuu",
            "dd.MM.uuuu",
            "dd-MM-uuuu",
            "MM-dd-uuuu",
            "uuuu/MM/dd",
            "uuuu.MM.dd",
            "uuuuMMdd",
            "d/M/uuuu",
            "M/d/uuuu",
            "d.M.uuuu",
            "d/M/uu",
            "M/d/uu",
            "d.M.uu",
            "d MMM uuuu",
            "d MMMM uuuu",
            "MMM d, uuuu",
            "MMMM d, uuuu",
            "d-MMM-uuuu",
            "d-MMM-uu");
    private static final List<String> TIMES = List.of("HH:mm", "HH:mm:ss", "H:mm", "h:mm a", "h:mm:ss a", "HHmm");
    private static final List<String> NOTHING = List.of(
            "N/A", "n/a", "NA", "NULL", "null", "None", "none", "-", "--", "?", "#N/A", "NaN", "nan", ".", "unknown",
            "Unknown");
    private static final List<List<String>> YES_NO = List.of(
            List.of("ja", "nein"),
            List.of("oui", "non"),
            List.of("si", "no"),
            List.of("sí", "no"),
            List.of("on", "off"),
            List.of("x", "-"),
            List.of("active", "inactive"),
            List.of("enabled", "disabled"));
    private static final Pattern AFFIXED = Pattern.compile("^([^\\d+.,-]{0,5}?)\\s*[+-]?[\\d.,\\s']+\\s*(\\D{0,5})$");

    private final ColumnMapping column;
    private final Field field;

    Hypotheses(ColumnMapping column, Field field) {
        this.column = column;
        this.field = field;
    }

    /**
     * Tests what a code suggests.
     *
     * @param code of the issues
     * @param texts the cells of a sample
     * @return those that explain half of the sample or more, the best first
     */
    List<Hypothesis> test(String code, List<String> texts) {
        if (texts.isEmpty() || code.equals("REQUIRED")) {
            return List.of();
        }
        Map<Map<String, Object>, String> guesses = new LinkedHashMap<>();
        nothing(texts, guesses);
        switch (field.type()) {
            case DATE, TIMESTAMP, TIME -> temporal(guesses);
            case INTEGER, DECIMAL, FLOAT -> number(texts, guesses);
            case BOOLEAN -> yesNo(texts, guesses);
            default -> text(texts, guesses);
        }
        List<Hypothesis> found = new ArrayList<>();
        guesses.forEach((patch, words) -> {
            int hits = hits(patch, texts);
            if (hits > 0 && hits >= WORTH_TELLING * texts.size()) {
                found.add(new Hypothesis(words, hits, texts.size(), patch));
            }
        });
        found.sort(Comparator.comparingInt(Hypothesis::hits).reversed()); // stable: the stricter guesses come first
        return withoutLooser(found);
    }

    /** Of two formats that read the same cells, the one with two digits says more than the one with one or two. */
    private static List<Hypothesis> withoutLooser(List<Hypothesis> found) {
        List<Hypothesis> kept = new ArrayList<>();
        Set<String> shapes = new LinkedHashSet<>();
        for (Hypothesis hypothesis : found) {
            String shape = hypothesis.hits()
                    + hypothesis.text().replace("dd", "d").replace("MM", "M").replace("HH", "H");
            if (kept.size() < SHOWN && shapes.add(shape)) {
                kept.add(hypothesis);
            }
        }
        return kept;
    }

    /** The texts that cannot be read as the mapping is now. */
    List<String> unreadable(List<String> texts) {
        boolean[] rejected = rejected(Map.of(), texts);
        List<String> bad = new ArrayList<>();
        for (int row = 0; row < texts.size(); row++) {
            if (rejected[row]) {
                bad.add(texts.get(row));
            }
        }
        return bad;
    }

    private int hits(Map<String, Object> patch, List<String> texts) {
        int hits = 0;
        for (boolean bad : rejected(patch, texts)) {
            hits += bad ? 0 : 1;
        }
        return hits;
    }

    private boolean[] rejected(Map<String, Object> patch, List<String> texts) {
        if (texts.isEmpty()) {
            return new boolean[0];
        }
        ImportMapping one = new ImportMapping(
                List.of(new ColumnMapping(column.to(), new Source.Position(1), column.reading(), column.checks())),
                LoadRule.INSERT,
                ErrorPolicy.SKIP_ROWS,
                DriftPolicy.DEFAULT);
        Field nullable = new Field(
                field.name(), field.type(), Mode.NULLABLE, field.size(), field.sensitivity(), field.description());
        CompiledMapping compiled =
                CompiledMapping.of(one.patched(column.to(), patch), Schema.of(nullable), List.of(), FileShape.PLAIN);
        RowMapper mapper = compiled.mapper(texts.size());
        mapper.map(batch(texts), 0);
        return mapper.rejected();
    }

    private static TextBatch batch(List<String> texts) {
        TextBatch batch = new TextBatch(texts.size());
        int used = 0;
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, batch.ensure(used + bytes.length), used, bytes.length);
            batch.cell(used, bytes.length);
            batch.endRecord(1, used, bytes.length);
            used += bytes.length;
        }
        return batch;
    }

    private void nothing(List<String> texts, Map<Map<String, Object>, String> guesses) {
        Set<String> tokens = new LinkedHashSet<>(column.reading().nullTokens());
        Set<String> seen = new LinkedHashSet<>();
        for (String token : NOTHING) {
            if (texts.stream().anyMatch(text -> text.strip().equals(token))) {
                seen.add(token);
            }
        }
        if (!seen.isEmpty() && field.mode() == Mode.NULLABLE && !column.checks().required()) {
            tokens.addAll(seen);
            guesses.put(Map.of("nullTokens", List.copyOf(tokens)), "read " + quoted(seen) + " as no value");
        }
    }

    private void temporal(Map<Map<String, Object>, String> guesses) {
        List<String> patterns = new ArrayList<>();
        switch (field.type()) {
            case DATE -> patterns.addAll(DATES);
            case TIME -> patterns.addAll(TIMES);
            default ->
                DATES.forEach(date -> {
                    TIMES.forEach(time -> patterns.add(date + " " + time));
                    patterns.add(date);
                });
        }
        List<String> present = column.reading().formats();
        for (String pattern : patterns) {
            if (!present.contains(pattern)) {
                List<String> formats = new ArrayList<>(present);
                if (present.isEmpty() && field.type() == FieldType.DATE && !pattern.equals(DATES.get(0))) {
                    formats.add(DATES.get(0)); // the cells that are good now must stay so
                }
                formats.add(pattern);
                guesses.put(Map.of("formats", formats), "read with format " + pattern);
            }
        }
    }

    private void number(List<String> texts, Map<Map<String, Object>, String> guesses) {
        List<String> locales = List.of("en-US", "de-DE", "fr-FR", "de-CH");
        List<String> samples = List.of("1,234.5", "1.234,5", "1 234,5", "1'234.5");
        Set<String> affixes = affixes(texts);
        for (int i = 0; i < locales.size(); i++) {
            guesses.put(Map.of("locale", locales.get(i)), "read as numbers like " + samples.get(i));
        }
        if (!affixes.isEmpty()) {
            List<String> ignore = List.copyOf(affixes);
            guesses.put(Map.of("ignore", ignore), "read without " + quoted(affixes));
            for (int i = 0; i < locales.size(); i++) {
                guesses.put(
                        Map.of("ignore", ignore, "locale", locales.get(i)),
                        "read without " + quoted(affixes) + ", as numbers like " + samples.get(i));
            }
        }
    }

    private static Set<String> affixes(List<String> texts) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String text : texts) {
            Matcher matcher = AFFIXED.matcher(text.strip());
            if (text.length() < 100 && matcher.matches()) {
                for (int group = 1; group <= 2; group++) {
                    String affix = matcher.group(group).strip();
                    if (!affix.isEmpty()) {
                        counts.merge(affix, 1, Integer::sum);
                    }
                }
            }
        }
        Set<String> affixes = new LinkedHashSet<>();
        counts.forEach((affix, count) -> {
            if (count * 10 >= texts.size()) {
                affixes.add(affix);
            }
        });
        return affixes;
    }

    private void yesNo(List<String> texts, Map<Map<String, Object>, String> guesses) {
        for (List<String> pair : YES_NO) {
            Map<String, String> values = new LinkedHashMap<>(column.reading().values());
            for (String text : texts) {
                String word = text.strip();
                if (word.equalsIgnoreCase(pair.get(0))) {
                    values.put(word, "true");
                } else if (word.equalsIgnoreCase(pair.get(1))) {
                    values.put(word, "false");
                }
            }
            if (values.size() > column.reading().values().size()) {
                guesses.put(
                        Map.of("values", values, "unmapped", Names.word(Reading.Unmapped.KEEP)),
                        "read '" + pair.get(0) + "' as true and '" + pair.get(1) + "' as false");
            }
        }
    }

    private void text(List<String> texts, Map<Map<String, Object>, String> guesses) {
        guesses.put(Map.of("trim", true), "blanks around it are dropped");
        for (Reading.LetterCase letters : List.of(Reading.LetterCase.LOWER, Reading.LetterCase.UPPER)) {
            String word = Names.word(letters);
            guesses.put(Map.of("case", word, "trim", true), "made " + word + " case, blanks around it dropped");
        }
        Set<String> right = new LinkedHashSet<>(column.checks().oneOf());
        if (!column.reading().values().isEmpty()) {
            right.addAll(column.reading().values().keySet());
        }
        if (right.isEmpty()) {
            return;
        }
        Map<String, String> values = new LinkedHashMap<>(column.reading().values());
        for (String text : new LinkedHashSet<>(texts)) {
            Names.nearest(text, right)
                    .ifPresent(
                            near -> values.put(text, column.reading().values().getOrDefault(near, near)));
        }
        if (values.size() > column.reading().values().size() && values.size() <= 50) {
            String unmapped = Names.word(
                    column.reading().values().isEmpty()
                            ? Reading.Unmapped.KEEP
                            : column.reading().unmapped());
            guesses.put(
                    Map.of("values", values, "unmapped", unmapped),
                    String.format(Locale.ROOT, "mapped to the nearest value allowed (%d spellings)", values.size()));
        }
    }

    private static String quoted(Set<String> texts) {
        return "'" + String.join("', '", texts) + "'";
    }
}
