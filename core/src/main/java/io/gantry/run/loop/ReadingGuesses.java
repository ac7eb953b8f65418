// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.check.Names;
import io.gantry.mapping.ColumnMapping;
import io.gantry.mapping.Reading;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Guesses how the cells of a column may be meant: patches of the column's mapping with words for people, the likelier first. None
 * of them drops a sign, a percent sign or a word that changes a number, and none guesses a century.
 */
final class ReadingGuesses {

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
            "d MMM uuuu",
            "d MMMM uuuu",
            "MMM d, uuuu",
            "MMMM d, uuuu",
            "d-MMM-uuuu");
    private static final List<String> SHORT_YEARS =
            List.of("d/M/uu", "M/d/uu", "d.M.uu", "d-M-uu", "uu-M-d", "d-MMM-uu");
    private static final List<String> TIMES = List.of("HH:mm", "HH:mm:ss", "H:mm", "h:mm a", "h:mm:ss a", "HHmm");
    private static final Set<String> NOTHING = Set.of(
            "N/A", "n/a", "NA", "NULL", "null", "None", "none", "-", "--", "–", "?", "#N/A", "NaN", "nan", ".",
            "unknown", "Unknown");
    private static final Set<String> DASHES = Set.of("-", "--", "–");
    private static final int MOST_SPELLINGS = 50;
    private static final int SHOWN_SPELLINGS = 5;

    private final ColumnMapping column;
    private final Field field;
    private final boolean key;
    private final Map<Map<String, Object>, String> guesses = new LinkedHashMap<>();

    private ReadingGuesses(ColumnMapping column, Field field, boolean key) {
        this.column = column;
        this.field = field;
        this.key = key;
    }

    /**
     * Guesses for texts of a column.
     *
     * @param key whether the field tells rows apart: then its values are not spelled anew
     * @return patches, and what they do
     */
    static Map<Map<String, Object>, String> of(ColumnMapping column, Field field, boolean key, List<String> texts) {
        ReadingGuesses guesses = new ReadingGuesses(column, field, key);
        guesses.nothing(texts);
        switch (field.type()) {
            case DATE, TIMESTAMP, TIME -> guesses.temporal();
            case INTEGER, DECIMAL, FLOAT -> guesses.number(texts);
            case BOOLEAN -> guesses.truth(texts);
            case STRING -> guesses.text(texts);
            default -> {}
        }
        return guesses.guesses;
    }

    /** The texts that often mean that there is no value. */
    static Set<String> tokens(List<SampledCell> cells) {
        Set<String> seen = new LinkedHashSet<>();
        for (SampledCell cell : cells) {
            String text = cell.text().strip();
            if (NOTHING.contains(text)) {
                seen.add(text);
            }
        }
        return seen;
    }

    /** Formats with years of two digits, to be tried with some pivot; they are named to people, and never patches. */
    static List<String> shortYears(FieldType type) {
        if (type == FieldType.DATE) {
            return SHORT_YEARS;
        }
        List<String> patterns = new ArrayList<>(SHORT_YEARS);
        SHORT_YEARS.forEach(date -> TIMES.forEach(time -> patterns.add(date + " " + time)));
        return patterns;
    }

    private void nothing(List<String> texts) {
        Set<String> seen = new LinkedHashSet<>();
        for (String text : texts) {
            if (NOTHING.contains(text.strip())) {
                seen.add(text.strip());
            }
        }
        if (seen.isEmpty() || field.isRequired() || key || column.checks().required()) {
            return;
        }
        Set<String> tokens = new LinkedHashSet<>(column.reading().nullTokens());
        tokens.addAll(seen);
        guesses.put(Map.of("nullTokens", List.copyOf(tokens)), "read " + quoted(seen) + " as no value");
        boolean number = field.type() == FieldType.DECIMAL
                || field.type() == FieldType.INTEGER
                || field.type() == FieldType.FLOAT;
        if (number && DASHES.containsAll(seen)) {
            // accounts have a dash for nothing owed
            Map<String, String> values = new LinkedHashMap<>(column.reading().values());
            seen.forEach(dash -> values.put(dash, "0"));
            guesses.put(values(values), "read " + quoted(seen) + " as 0");
        }
    }

    private Map<String, Object> values(Map<String, String> values) {
        Reading reading = column.reading();
        Reading.Unmapped unmapped = reading.values().isEmpty() ? Reading.Unmapped.KEEP : reading.unmapped();
        return Map.of("values", values, "unmapped", Names.word(unmapped));
    }

    private void temporal() {
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
                if (present.isEmpty()) {
                    formats.add("iso"); // the cells that are good now must stay so
                }
                formats.add(pattern);
                guesses.put(Map.of("formats", formats), "read with format " + pattern);
            }
        }
    }

    private void number(List<String> texts) {
        Affixes affixes = Affixes.of(texts);
        Reading.Numbers numbers = column.reading().numbers();
        Map<String, Object> base = new LinkedHashMap<>();
        List<String> words = new ArrayList<>();
        String neutral = affixes.neutral();
        if (neutral != null && !numbers.ignore().contains(neutral)) {
            List<String> ignore = new ArrayList<>(numbers.ignore());
            ignore.add(neutral);
            base.put("ignore", ignore);
            words.add("without '" + neutral + "'");
        }
        Set<String> negative = new LinkedHashSet<>();
        numbers.negative().forEach(way -> negative.add(Names.word(way)));
        for (String way : affixes.negative()) {
            if (negative.add(way)) {
                words.add(
                        switch (way) {
                            case "parentheses" -> "(5) as -5";
                            case "trailing" -> "5- as -5";
                            default -> "the minus sign − as a minus";
                        });
                base.put("negative", List.copyOf(negative));
            }
        }
        if (affixes.percent() && !numbers.percent()) {
            base.put("percent", true);
            words.add("15% as 0.15");
        }
        if (affixes.booked() && !negative.contains("credit") && !negative.contains("debit")) {
            for (String side : List.of("credit", "debit")) {
                Map<String, Object> patch = new LinkedHashMap<>(base);
                List<String> ways = new ArrayList<>(negative);
                ways.add(side);
                patch.put("negative", ways);
                List<String> more = new ArrayList<>(words);
                more.add(
                        side.equals("credit")
                                ? "CR as negative and DR as positive"
                                : "DR as negative and CR as positive");
                notations(patch, more);
            }
        } else {
            notations(base, words);
        }
    }

    private void notations(Map<String, Object> patch, List<String> words) {
        List<String> locales = List.of("en-US", "de-DE", "fr-FR", "de-CH");
        List<String> samples = List.of("1,234.5", "1.234,5", "1 234,5", "1'234.5");
        if (!patch.isEmpty()) {
            guesses.put(patch, "read " + String.join(", ", words));
        }
        for (int i = 0; i < locales.size(); i++) {
            Map<String, Object> located = new LinkedHashMap<>(patch);
            located.put("locale", locales.get(i));
            String like = "as numbers like " + samples.get(i);
            guesses.put(located, "read " + (words.isEmpty() ? like : String.join(", ", words) + ", " + like));
        }
    }

    private void truth(List<String> texts) {
        for (TruthWords.Pair pair : TruthWords.PAIRS) {
            Map<String, String> values = new LinkedHashMap<>(column.reading().values());
            int before = values.size();
            for (String text : texts) {
                String word = TruthWords.folded(text);
                if (pair.isYes(word)) {
                    values.put(text.strip(), "true");
                } else if (pair.isNo(word)) {
                    values.put(text.strip(), "false");
                }
            }
            if (values.size() > before) {
                guesses.put(
                        Map.of("values", values, "unmapped", Names.word(Reading.Unmapped.KEEP)),
                        "read '" + pair.yes() + "' as true and '" + pair.no() + "' as false");
            }
        }
    }

    private void text(List<String> texts) {
        guesses.put(Map.of("trim", true), "blanks around it are dropped");
        if (key) {
            return;
        }
        for (Reading.LetterCase letters : List.of(Reading.LetterCase.LOWER, Reading.LetterCase.UPPER)) {
            String word = Names.word(letters);
            guesses.put(Map.of("case", word, "trim", true), "made " + word + " case, blanks around it dropped");
        }
        Set<String> right = new LinkedHashSet<>(column.checks().oneOf());
        right.addAll(column.reading().values().keySet());
        Map<String, String> values = new LinkedHashMap<>(column.reading().values());
        List<String> spellings = new ArrayList<>();
        for (String text : new LinkedHashSet<>(texts)) {
            Spelling.nearest(text, right).ifPresent(near -> {
                if (values.putIfAbsent(text, column.reading().values().getOrDefault(near, near)) == null) {
                    spellings.add("'" + text + "' as '" + near + "'");
                }
            });
        }
        if (!spellings.isEmpty() && spellings.size() <= MOST_SPELLINGS) {
            guesses.put(
                    values(values),
                    "read " + String.join(", ", spellings.subList(0, Math.min(SHOWN_SPELLINGS, spellings.size())))
                            + (spellings.size() <= SHOWN_SPELLINGS
                                    ? ""
                                    : String.format(
                                            Locale.ROOT,
                                            " and %d more spellings",
                                            spellings.size() - SHOWN_SPELLINGS)));
        }
    }

    private static String quoted(Set<String> texts) {
        return "'" + String.join("', '", texts) + "'";
    }
}
