// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.check.BeanRules;
import io.gantry.check.Faults;
import io.gantry.mapping.Checks;
import io.gantry.mapping.ColumnMapping;
import io.gantry.mapping.DriftPolicy;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.LoadRule;
import io.gantry.mapping.Reading;
import io.gantry.mapping.Reading.Negative;
import io.gantry.mapping.Source;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Mode;
import io.gantry.spi.schema.Reference;
import io.gantry.spi.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Finds everything that is wrong with the mapping of an import, seen against the dataset's schema. */
public final class MappingCheck {

    private static final Set<FieldType> NUMBERS = EnumSet.of(FieldType.INTEGER, FieldType.DECIMAL, FieldType.FLOAT);
    private static final Set<FieldType> TEMPORALS = EnumSet.of(FieldType.DATE, FieldType.TIME, FieldType.TIMESTAMP);

    private static final Pattern CHANGES_NUMBERS = Pattern.compile("[\\d+\\-\u2212\u2013()]");

    private final ImportMapping mapping;
    private final Schema schema;
    private final Function<String, Optional<Schema>> datasets;
    private final Faults faults;

    private MappingCheck(
            ImportMapping mapping, Schema schema, Function<String, Optional<Schema>> datasets, Faults faults) {
        this.mapping = mapping;
        this.schema = schema;
        this.datasets = datasets;
        this.faults = faults;
    }

    /**
     * Checks a mapping.
     *
     * @param mapping the definition
     * @param schema of the dataset it loads into
     * @param datasets gives the schema of a dataset by name, for references
     * @param faults where to tell of everything that is wrong
     */
    public static void check(
            ImportMapping mapping, Schema schema, Function<String, Optional<Schema>> datasets, Faults faults) {
        BeanRules.check(mapping, faults);
        new MappingCheck(mapping, schema, datasets, faults).check();
    }

    private void check() {
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (int i = 0; i < mapping.columns().size(); i++) {
            ColumnMapping column = mapping.columns().get(i);
            String path = "columns[" + i + "]";
            Integer before = seen.putIfAbsent(column.to(), i);
            if (before != null) {
                faults.add(path + ".to", "Field '" + column.to() + "' is filled by columns[" + before + "] already");
            }
            source(path, column.source());
            Optional<Field> field = schema.field(column.to());
            if (field.isPresent()) {
                column(path, column, field.get());
            } else if (!column.to().isBlank()) {
                faults.unknown(path + ".to", "field", column.to(), schema.names());
            }
        }
        load(seen.keySet());
        if (mapping.drift().changed() == DriftPolicy.Reaction.REJECT_ROW) {
            faults.add("drift.changed", "concerns the file, not single rows: one of fail, warn, adapt");
        }
    }

    private void source(String path, Source source) {
        if (source instanceof Source.Template template) {
            try {
                if (Template.of(template.pattern()).columns().isEmpty()) {
                    faults.add(path + ".template", "names no column in braces; use a constant instead");
                }
            } catch (IllegalArgumentException e) {
                faults.add(path + ".template", "is no template: " + e.getMessage());
            }
        }
    }

    private void column(String path, ColumnMapping column, Field field) {
        if (field.mode() == Mode.READ_ONLY) {
            faults.add(
                    path + ".to", "names '" + field.name() + "', which the dataset computes: it can only be exported");
        }
        boolean sound = formats(path, column.reading(), field) & bounds(path, column.checks(), field);
        kinds(path, column, field);
        String pattern = column.checks().pattern();
        if (pattern != null) {
            try {
                Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                faults.add(path + ".pattern", "is no regular expression: " + e.getDescription());
                sound = false;
            }
        }
        if (sound) {
            samples(path, column, field);
        }
    }

    private boolean formats(String path, Reading reading, Field field) {
        boolean sound = true;
        for (int i = 0; i < reading.formats().size(); i++) {
            String format = reading.formats().get(i);
            String where = path + ".formats[" + i + "]";
            int before = faults.list().size();
            if (field.type() == FieldType.BYTES) {
                if (!format.equals("hex") && !format.equals("base64")) {
                    faults.unknown(where, "format of bytes", format, List.of("hex", "base64"));
                }
            } else if (TEMPORALS.contains(field.type())) {
                temporal(where, format, reading, field.type());
            } else {
                faults.add(where, "goes with dates, times and bytes; '" + field.name() + "' is " + field.type());
            }
            sound &= before == faults.list().size();
        }
        return sound;
    }

    private void temporal(String where, String format, Reading reading, FieldType type) {
        try {
            TemporalPattern pattern =
                    TemporalPattern.of(format, reading.locale(), reading.times().pivot());
            if (pattern == TemporalPattern.ISO) {
                return;
            }
            if (pattern.hasShortYears() && reading.times().pivot() == null) {
                faults.add(
                        where,
                        "'" + format
                                + "' has a year of two digits: 'pivot' must give the latest year that it may mean");
            } else if (type != FieldType.TIME && !pattern.hasDate()) {
                faults.add(where, "'" + format + "' does not give year, month and day, as in dd/MM/uuuu");
            } else if (type == FieldType.TIME && !pattern.hasTime()) {
                faults.add(where, "'" + format + "' does not give a time of day, as in HH:mm");
            }
        } catch (IllegalArgumentException e) {
            faults.add(where, "'" + format + "' is no pattern such as dd/MM/uuuu: " + e.getMessage());
        }
    }

    private boolean bounds(String path, Checks checks, Field field) {
        boolean bounded = NUMBERS.contains(field.type()) || TEMPORALS.contains(field.type());
        Object min = bound(path + ".min", checks.min(), bounded, field);
        Object max = bound(path + ".max", checks.max(), bounded, field);
        if (min != null && max != null && compare(min, max) > 0) {
            faults.add(path + ".max", "'" + checks.max() + "' is below min, '" + checks.min() + "'");
        }
        if (checks.maxLength() > 0 && checks.minLength() > checks.maxLength()) {
            faults.add(path + ".maxLength", checks.maxLength() + " is below minLength, " + checks.minLength());
        }
        return (checks.min() == null || min != null) && (checks.max() == null || max != null);
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object left, Object right) {
        return ((Comparable<Object>) left).compareTo(right);
    }

    private @Nullable Object bound(String path, @Nullable String text, boolean bounded, Field field) {
        if (text == null) {
            return null;
        }
        if (!bounded) {
            faults.add(path, "goes with numbers, dates and times; '" + field.name() + "' is " + field.type());
            return null;
        }
        Field unsized = Field.of(field.name(), field.type());
        Object value = Parsers.value(unsized, text).orElse(null);
        if (value == null) {
            faults.add(path, "'" + text + "' is no " + field.type() + " in ISO notation");
        }
        return value;
    }

    /** Rules that make no sense for the field's type, or contradict each other. */
    private void kinds(String path, ColumnMapping column, Field field) {
        Checks checks = column.checks();
        Reading reading = column.reading();
        boolean text = field.type() == FieldType.STRING;
        onlyFor(path + ".minLength", checks.minLength() > 0 && !text, "texts", field);
        onlyFor(path + ".maxLength", checks.maxLength() > 0 && !text, "texts", field);
        onlyFor(path + ".pattern", checks.pattern() != null && !text, "texts", field);
        onlyFor(path + ".email", checks.email() && !text, "texts", field);
        onlyFor(path + ".case", reading.letterCase() != Reading.LetterCase.KEEP && !text, "texts", field);
        numbers(path, reading.numbers(), field);
        times(path, reading, field);
        if (text
                && field.size().length() > 0
                && checks.minLength() > field.size().length()) {
            faults.add(
                    path + ".minLength",
                    "asks for " + checks.minLength() + " characters; '" + field.name() + "' holds "
                            + field.size().length());
        }
    }

    private void numbers(String path, Reading.Numbers numbers, Field field) {
        boolean wrong = !NUMBERS.contains(field.type());
        onlyFor(path + ".ignore", wrong && !numbers.ignore().isEmpty(), "numbers", field);
        onlyFor(path + ".percent", wrong && numbers.percent(), "numbers", field);
        boolean plain = numbers.negative().equals(Reading.Numbers.PLAIN.negative());
        onlyFor(path + ".negative", wrong && !plain, "numbers", field);
        if (numbers.negative().contains(Negative.CREDIT) && numbers.negative().contains(Negative.DEBIT)) {
            faults.add(path + ".negative", "has 'credit' and 'debit': only one of them can be negative");
        }
        for (int i = 0; i < numbers.ignore().size(); i++) {
            String text = numbers.ignore().get(i);
            if (CHANGES_NUMBERS.matcher(text).find()) {
                faults.add(
                        path + ".ignore[" + i + "]",
                        "'" + text + "' has a digit or a sign, and changes the number; see 'negative'");
            }
        }
    }

    private void times(String path, Reading reading, Field field) {
        Reading.Times times = reading.times();
        boolean timestamp = field.type() == FieldType.TIMESTAMP;
        onlyFor(path + ".zone", times.zone() != null && !timestamp, "timestamps", field);
        onlyFor(
                path + ".clockChange",
                times.clockChange() != Reading.ClockChange.REJECT && !timestamp,
                "timestamps",
                field);
        boolean dated = timestamp || field.type() == FieldType.DATE;
        onlyFor(path + ".pivot", times.pivot() != null && !dated, "dates and timestamps", field);
    }

    private void onlyFor(String path, boolean wrong, String types, Field field) {
        if (wrong) {
            faults.add(path, "goes with " + types + "; '" + field.name() + "' is " + field.type());
        }
    }

    /** Texts of the definition itself that could never become a value. */
    private void samples(String path, ColumnMapping column, Field field) {
        RowBatch batch = new RowBatch(List.of(field), 1);
        batch.add(1);
        Checks checks = column.checks();
        for (int i = 0; i < checks.oneOf().size(); i++) {
            if (Parsers.value(field, checks.oneOf().get(i)).isEmpty()) {
                faults.add(path + ".oneOf[" + i + "]", "'" + checks.oneOf().get(i) + "' is no " + field.type());
            }
        }
        CellParser<?> parser = Parsers.of(batch.column(0), column.reading(), checks, true);
        if (column.source() instanceof Source.Constant constant) {
            sample(path + ".constant", constant.text(), parser);
        }
        String defaultValue = column.reading().defaultValue();
        if (defaultValue != null) {
            sample(path + ".default", defaultValue, parser);
        }
        column.reading().values().forEach((text, instead) -> {
            if (!instead.isEmpty()) {
                sample(path + ".values." + text, instead, parser);
            }
        });
    }

    private void sample(String path, String text, CellParser<?> parser) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0) {
            return;
        }
        parser.begin(bytes);
        int fault = parser.parse(bytes, 0, bytes.length, 0);
        if (!CellParser.isGood(fault)) {
            faults.add(path, "'" + text + "' " + CellParser.code(fault).phrase());
        }
    }

    private void load(Set<String> mapped) {
        LoadRule load = mapping.load();
        List<String> key = load.key().isEmpty() ? schema.key() : load.key();
        names("load.key", load.key());
        if (key.isEmpty() && load.mode().needsKey()) {
            faults.add("load.key", "must name the fields that tell rows apart: the dataset has no key of its own");
        }
        for (String field : key) {
            boolean made = load.mode() == LoadMode.INSERT
                    && schema.field(field)
                            .filter(one -> one.mode() == Mode.DEFAULTED)
                            .isPresent();
            if (schema.field(field).isPresent() && !mapped.contains(field) && !made) {
                faults.add("columns", "Field '" + field + "' is part of the key, and nothing is mapped to it");
            }
        }
        if (load.mode() != LoadMode.UPDATE) {
            for (Field field : schema.fields()) {
                if (field.isRequired() && !mapped.contains(field.name()) && !key.contains(field.name())) {
                    faults.add("columns", "Field '" + field.name() + "' is required, and nothing is mapped to it");
                }
            }
        }
        for (int i = 0; i < load.uniques().size(); i++) {
            names("load.uniques[" + i + "]", load.uniques().get(i));
            mapped("load.uniques[" + i + "]", load.uniques().get(i), mapped);
        }
        for (int i = 0; i < load.references().size(); i++) {
            reference("load.references[" + i + "]", load.references().get(i), mapped);
        }
    }

    private void names(String path, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            if (schema.field(names.get(i)).isEmpty()) {
                faults.unknown(path + "[" + i + "]", "field", names.get(i), schema.names());
            }
        }
        if (new HashSet<>(names).size() < names.size()) {
            faults.add(path, "names a field twice");
        }
    }

    private void mapped(String path, List<String> names, Set<String> mapped) {
        for (String name : names) {
            if (schema.field(name).isPresent() && !mapped.contains(name)) {
                faults.add(path, "Field '" + name + "' is not loaded: nothing is mapped to it");
            }
        }
    }

    private void reference(String path, Reference reference, Set<String> mapped) {
        names(path + ".fields", reference.fields());
        mapped(path + ".fields", reference.fields(), mapped);
        Optional<Schema> target = datasets.apply(reference.dataset());
        if (target.isEmpty()) {
            faults.add(path + ".dataset", "There is no dataset '" + reference.dataset() + "'");
            return;
        }
        for (int i = 0; i < reference.targets().size(); i++) {
            String name = reference.targets().get(i);
            Optional<Field> there = target.get().field(name);
            Optional<Field> here = schema.field(reference.fields().get(i));
            if (there.isEmpty()) {
                faults.unknown(
                        path + ".targets[" + i + "]",
                        "field",
                        name,
                        target.get().names());
            } else if (here.isPresent() && here.get().type() != there.get().type()) {
                faults.add(
                        path + ".targets[" + i + "]",
                        "'" + name + "' is " + there.get().type() + ", and '"
                                + here.get().name() + "' is " + here.get().type());
            }
        }
    }
}
