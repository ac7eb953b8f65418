// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping;

import io.gantry.spi.dataset.Duplicates;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.schema.Reference;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds an {@link ImportMapping}: {@link #column}, {@link #position}, {@link #constant} and {@link #template} each begin a
 * column, what follows says more about it. Used by one thread.
 */
public final class ImportMappingBuilder {

    private final List<Draft> drafts = new ArrayList<>();
    private LoadMode mode = LoadMode.INSERT;
    private List<String> key = List.of();
    private Duplicates duplicates = Duplicates.KEEP_FIRST;
    private final List<List<String>> uniques = new ArrayList<>();
    private final List<Reference> references = new ArrayList<>();
    private ErrorPolicy errors = ErrorPolicy.ALL_OR_NOTHING;
    private DriftPolicy drift = DriftPolicy.DEFAULT;

    ImportMappingBuilder() {}

    /** A column on its way. */
    private static final class Draft {
        private Source source;
        private @Nullable String to;
        private boolean trim;
        private Reading.LetterCase letterCase = Reading.LetterCase.KEEP;
        private List<String> nullTokens = List.of();
        private @Nullable String defaultValue;
        private Map<String, String> values = Map.of();
        private Reading.Unmapped unmapped = Reading.Unmapped.REJECT;
        private List<String> formats = List.of();
        private @Nullable Locale locale;
        private List<String> ignore = List.of();
        private List<Reading.Negative> negative = Reading.Numbers.PLAIN.negative();
        private boolean percent;
        private @Nullable ZoneId zone;
        private @Nullable Integer pivot;
        private Reading.ClockChange clockChange = Reading.ClockChange.REJECT;
        private boolean required;
        private @Nullable String min;
        private @Nullable String max;
        private int minLength;
        private int maxLength;
        private @Nullable String pattern;
        private boolean email;
        private List<String> oneOf = List.of();

        Draft(Source source) {
            this.source = source;
        }

        ColumnMapping build() {
            String field = to;
            if (field == null) {
                field = source instanceof Source.Named named ? named.name() : "";
            }
            return new ColumnMapping(
                    field,
                    source,
                    new Reading(
                            trim,
                            letterCase,
                            nullTokens,
                            defaultValue,
                            values,
                            unmapped,
                            formats,
                            locale,
                            new Reading.Numbers(ignore, negative, percent),
                            new Reading.Times(zone, pivot, clockChange)),
                    new Checks(required, min, max, minLength, maxLength, pattern, email, oneOf));
        }
    }

    private ImportMappingBuilder begin(Source source) {
        drafts.add(new Draft(source));
        return this;
    }

    private Draft current() {
        if (drafts.isEmpty()) {
            throw new IllegalStateException("Begin a column first: column(\"name\")");
        }
        return drafts.get(drafts.size() - 1);
    }

    /**
     * Begins a field that is read from the column of that name; without {@link #to}, the field has the same name.
     *
     * @param name as in the header
     * @return this
     */
    public ImportMappingBuilder column(String name) {
        return begin(new Source.Named(name, List.of()));
    }

    /**
     * Begins a field that is read from the column at that place.
     *
     * @param number from 1
     * @return this
     */
    public ImportMappingBuilder position(int number) {
        return begin(new Source.Position(number));
    }

    /**
     * Begins a field that is the same in every row.
     *
     * @param text as it could stand in a file
     * @return this
     */
    public ImportMappingBuilder constant(String text) {
        return begin(new Source.Constant(text));
    }

    /**
     * Begins a field that is put together from columns.
     *
     * @param pattern see {@link Source.Template}
     * @return this
     */
    public ImportMappingBuilder template(String pattern) {
        return begin(new Source.Template(pattern));
    }

    /**
     * Begins a column for each of the names, read as it is into the field of the same name.
     *
     * @param names as in the header
     * @return this
     */
    public ImportMappingBuilder columns(String... names) {
        for (String name : names) {
            column(name);
        }
        return this;
    }

    /**
     * Other names the column may have.
     *
     * @param names tried in order
     * @return this
     */
    public ImportMappingBuilder alias(String... names) {
        Draft draft = current();
        if (!(draft.source instanceof Source.Named named)) {
            throw new IllegalStateException("Only a column with a name can have an alias");
        }
        List<String> aliases = new ArrayList<>(named.aliases());
        aliases.addAll(List.of(names));
        draft.source = new Source.Named(named.name(), aliases);
        return this;
    }

    /**
     * The field that the column is loaded into.
     *
     * @param field its name in the dataset
     * @return this
     */
    public ImportMappingBuilder to(String field) {
        current().to = field;
        return this;
    }

    /**
     * Drops blanks around the text.
     *
     * @return this
     */
    public ImportMappingBuilder trim() {
        current().trim = true;
        return this;
    }

    /**
     * Makes the letters lower case.
     *
     * @return this
     */
    public ImportMappingBuilder lowerCase() {
        current().letterCase = Reading.LetterCase.LOWER;
        return this;
    }

    /**
     * Makes the letters upper case.
     *
     * @return this
     */
    public ImportMappingBuilder upperCase() {
        current().letterCase = Reading.LetterCase.UPPER;
        return this;
    }

    /**
     * Texts that mean no value, beside the empty one.
     *
     * @param tokens compared as they are
     * @return this
     */
    public ImportMappingBuilder nullTokens(String... tokens) {
        current().nullTokens = List.of(tokens);
        return this;
    }

    /**
     * The text to read where there is no value.
     *
     * @param text as it could stand in a file
     * @return this
     */
    public ImportMappingBuilder defaultValue(String text) {
        current().defaultValue = text;
        return this;
    }

    /**
     * Adds to the value map.
     *
     * @param text what stands in the file
     * @param instead what to read instead
     * @return this
     */
    public ImportMappingBuilder value(String text, String instead) {
        Map<String, String> more = new LinkedHashMap<>(current().values);
        more.put(text, instead);
        current().values = more;
        return this;
    }

    /**
     * What to do with a text that is not in the value map; without it, the row is rejected.
     *
     * @param unmapped what to do
     * @return this
     */
    public ImportMappingBuilder unmapped(Reading.Unmapped unmapped) {
        current().unmapped = unmapped;
        return this;
    }

    /**
     * How dates, times or bytes are written.
     *
     * @param patterns tried in order
     * @return this
     */
    public ImportMappingBuilder format(String... patterns) {
        current().formats = List.of(patterns);
        return this;
    }

    /**
     * How numbers and names of months are written.
     *
     * @param locale such as {@link Locale#GERMANY}
     * @return this
     */
    public ImportMappingBuilder locale(Locale locale) {
        current().locale = locale;
        return this;
    }

    /**
     * Where local dates with time are.
     *
     * @param zone such as {@code ZoneId.of("Europe/London")}
     * @return this
     */
    public ImportMappingBuilder zone(ZoneId zone) {
        current().zone = zone;
        return this;
    }

    /**
     * What may stand before or behind a number.
     *
     * @param texts such as {@code €}
     * @return this
     */
    public ImportMappingBuilder ignore(String... texts) {
        current().ignore = List.of(texts);
        return this;
    }

    /**
     * How negative numbers are written; without it, with a minus in front.
     *
     * @param ways all that occur
     * @return this
     */
    public ImportMappingBuilder negative(Reading.Negative... ways) {
        current().negative = List.of(ways);
        return this;
    }

    /**
     * Reads {@code 15%} as 0.15.
     *
     * @return this
     */
    public ImportMappingBuilder percent() {
        current().percent = true;
        return this;
    }

    /**
     * Which century years of two digits are in; without it, they are refused.
     *
     * @param latest the latest year that they may mean, such as 2030
     * @return this
     */
    public ImportMappingBuilder pivot(int latest) {
        current().pivot = latest;
        return this;
    }

    /**
     * What to do with a local time that the clocks skip or show twice; without it, the row is rejected.
     *
     * @param change which instant it means
     * @return this
     */
    public ImportMappingBuilder clockChange(Reading.ClockChange change) {
        current().clockChange = change;
        return this;
    }

    /**
     * There must be a value.
     *
     * @return this
     */
    public ImportMappingBuilder required() {
        current().required = true;
        return this;
    }

    /**
     * The smallest value allowed.
     *
     * @param value in ISO notation
     * @return this
     */
    public ImportMappingBuilder min(String value) {
        current().min = value;
        return this;
    }

    /**
     * The largest value allowed.
     *
     * @param value in ISO notation
     * @return this
     */
    public ImportMappingBuilder max(String value) {
        current().max = value;
        return this;
    }

    /**
     * How many characters a text may have.
     *
     * @param min fewest
     * @param max most; 0 for any number
     * @return this
     */
    public ImportMappingBuilder length(int min, int max) {
        current().minLength = min;
        current().maxLength = max;
        return this;
    }

    /**
     * What the whole text must match.
     *
     * @param regex a regular expression
     * @return this
     */
    public ImportMappingBuilder pattern(String regex) {
        current().pattern = regex;
        return this;
    }

    /**
     * The text must be an e-mail address.
     *
     * @return this
     */
    public ImportMappingBuilder email() {
        current().email = true;
        return this;
    }

    /**
     * The values allowed.
     *
     * @param values in ISO notation
     * @return this
     */
    public ImportMappingBuilder oneOf(String... values) {
        current().oneOf = List.of(values);
        return this;
    }

    /**
     * New rows only.
     *
     * @param key the fields that tell rows apart; none for the dataset's own key
     * @return this
     */
    public ImportMappingBuilder insert(String... key) {
        return load(LoadMode.INSERT, key);
    }

    /**
     * Adds new rows, updates those that are there.
     *
     * @param key the fields that tell rows apart; none for the dataset's own key
     * @return this
     */
    public ImportMappingBuilder upsert(String... key) {
        return load(LoadMode.UPSERT, key);
    }

    /**
     * Updates rows that are there.
     *
     * @param key the fields that tell rows apart; none for the dataset's own key
     * @return this
     */
    public ImportMappingBuilder update(String... key) {
        return load(LoadMode.UPDATE, key);
    }

    /**
     * Adds new rows, updates those that are there, deletes those that are not in the file.
     *
     * @param key the fields that tell rows apart; none for the dataset's own key
     * @return this
     */
    public ImportMappingBuilder replace(String... key) {
        return load(LoadMode.REPLACE, key);
    }

    /**
     * Sets the load mode.
     *
     * @param mode what to do with rows that are, or are not, there
     * @param key the fields that tell rows apart; none for the dataset's own key
     * @return this
     */
    public ImportMappingBuilder load(LoadMode mode, String... key) {
        this.mode = mode;
        this.key = List.of(key);
        return this;
    }

    /**
     * What to do with rows of the file that have the same key; without it, the first is kept.
     *
     * @param duplicates what to do
     * @return this
     */
    public ImportMappingBuilder duplicates(Duplicates duplicates) {
        this.duplicates = duplicates;
        return this;
    }

    /**
     * Values of these fields together must differ from row to row.
     *
     * @param fields names
     * @return this
     */
    public ImportMappingBuilder unique(String... fields) {
        uniques.add(List.of(fields));
        return this;
    }

    /**
     * A field must be a key of another dataset.
     *
     * @param field the referring field
     * @param dataset the dataset it refers to
     * @param target the field there
     * @return this
     */
    public ImportMappingBuilder reference(String field, String dataset, String target) {
        return reference(new Reference(List.of(field), dataset, List.of(target)));
    }

    /**
     * Fields must together be a key of another dataset.
     *
     * @param reference which fields, and where
     * @return this
     */
    public ImportMappingBuilder reference(Reference reference) {
        references.add(reference);
        return this;
    }

    /**
     * How many rows may be rejected; without it, none.
     *
     * @param policy such as {@link ErrorPolicy#SKIP_ROWS}
     * @return this
     */
    public ImportMappingBuilder errors(ErrorPolicy policy) {
        this.errors = policy;
        return this;
    }

    /**
     * Loads good rows, however many are bad.
     *
     * @return this
     */
    public ImportMappingBuilder skipInvalidRows() {
        return errors(ErrorPolicy.SKIP_ROWS);
    }

    /**
     * What to do when the columns of a file are not as expected.
     *
     * @param policy for each kind of drift
     * @return this
     */
    public ImportMappingBuilder drift(DriftPolicy policy) {
        this.drift = policy;
        return this;
    }

    ImportMapping build() {
        return new ImportMapping(
                drafts.stream().map(Draft::build).toList(),
                new LoadRule(mode, key, duplicates, uniques, references),
                errors,
                drift);
    }
}
