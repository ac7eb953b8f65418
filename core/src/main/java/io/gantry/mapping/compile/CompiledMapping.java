// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.mapping.ColumnMapping;
import io.gantry.mapping.DriftPolicy.Reaction;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.Source;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.records.TextReadableFormat.ShortRecords;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.Mode;
import io.gantry.spi.schema.Schema;
import io.gantry.validation.DriftFinding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A mapping compiled for the header of one file. Immutable; each thread takes a {@link RowMapper} of its own. */
public final class CompiledMapping {

    private static final byte[] NO_TEXT = new byte[0];

    private final ImportMapping mapping;
    private final FileShape file;
    private final HeaderMatch match;
    private final List<Field> fields;
    private final Set<String> key;
    private final Set<String> required;
    private final Set<String> lenient;

    private CompiledMapping(
            ImportMapping mapping, FileShape file, List<Field> fields, Set<String> key, Set<String> lenient) {
        this.mapping = mapping;
        this.file = file;
        this.match = new HeaderMatch(mapping, file.header());
        this.fields = fields;
        this.key = key;
        this.required = new HashSet<>(key);
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).isRequired() || mapping.columns().get(i).checks().required()) {
                required.add(fields.get(i).name());
            } else if (fields.get(i).mode() == Mode.DEFAULTED && mapping.load().mode() != LoadMode.UPDATE) {
                required.remove(fields.get(i).name()); // a row without one is new, and the dataset makes it up
            }
        }
        this.lenient = lenient;
    }

    /**
     * Compiles a mapping that was found to fit the schema.
     *
     * @param mapping what to do
     * @param schema of the dataset
     * @param key the fields that tell rows apart
     * @param file what the file looks like
     * @return the compiled mapping
     */
    public static CompiledMapping of(ImportMapping mapping, Schema schema, List<String> key, FileShape file) {
        List<Field> fields = new ArrayList<>();
        for (ColumnMapping column : mapping.columns()) {
            fields.add(schema.field(column.to()).orElseThrow());
        }
        return new CompiledMapping(mapping, file, fields, Set.copyOf(key), Set.of());
    }

    /**
     * The same, but cells of some fields that cannot be read become no value, with a warning.
     *
     * @param fields their names
     * @return a copy
     */
    public CompiledMapping lenient(Set<String> fields) {
        return new CompiledMapping(mapping, file, this.fields, key, Set.copyOf(fields));
    }

    /**
     * The mapping that was compiled.
     *
     * @return the definition
     */
    public ImportMapping mapping() {
        return mapping;
    }

    /**
     * The fields that are loaded.
     *
     * @return in the order of the mapping's columns
     */
    public List<Field> fields() {
        return fields;
    }

    /**
     * How the header differs from what the mapping expects.
     *
     * @return what was found, columns first that are missing
     */
    public List<DriftFinding> drift() {
        return List.copyOf(match.findings());
    }

    /**
     * Names of the file's columns.
     *
     * @return empty when it has no header
     */
    public List<String> header() {
        return file.header();
    }

    /**
     * Where a field's text stands in a record, the cells in front counted.
     *
     * @param column index of the mapping's columns
     * @return from 0; -1 when it comes from no single column
     */
    public int place(int column) {
        Source source = mapping.columns().get(column).source();
        if (source instanceof Source.Named || source instanceof Source.Position) {
            return match.place(source).map(place -> place + file.lead()).orElse(-1);
        }
        return -1;
    }

    /**
     * The name people know a field's column by.
     *
     * @param column index of the mapping's columns
     * @return the column's name in the file, or that of the field when it comes from no single column
     */
    public String columnName(int column) {
        int place = place(column) - file.lead();
        List<String> header = file.header();
        if (place >= 0 && place < header.size() && !header.get(place).isBlank()) {
            return header.get(place);
        }
        Source source = mapping.columns().get(column).source();
        if (source instanceof Source.Named named) {
            return named.name();
        }
        return source instanceof Source.Position position
                ? "column " + position.number()
                : mapping.columns().get(column).to();
    }

    /**
     * Makes what maps rows.
     *
     * @param capacity greatest number of rows of a batch
     * @return for one thread
     */
    public RowMapper mapper(int capacity) {
        return new RowMapper(this, capacity);
    }

    ColumnMapper.CellSource source(int column) {
        Source source = mapping.columns().get(column).source();
        if (source instanceof Source.Constant constant) {
            return ColumnMapper.CellSource.constant(constant.text());
        }
        if (source instanceof Source.Template template) {
            List<byte[]> texts = new ArrayList<>();
            List<Integer> places = new ArrayList<>();
            for (Template.Part part : Template.of(template.pattern()).parts()) {
                texts.add(part.isColumn() ? NO_TEXT : part.text().getBytes(StandardCharsets.UTF_8));
                places.add(
                        part.isColumn()
                                ? match.place(new Source.Named(part.text(), List.of()))
                                        .map(place -> place + file.lead())
                                        .orElse(Integer.MAX_VALUE)
                                : -1);
            }
            return ColumnMapper.CellSource.template(texts, places);
        }
        int place = place(column);
        return place < 0
                ? ColumnMapper.CellSource.nothing()
                : ColumnMapper.CellSource.column(place, fields.get(column).type());
    }

    /**
     * Whether a field is part of the key.
     *
     * @param column index of the mapping's columns
     * @return true for a field that tells rows apart
     */
    public boolean isKey(int column) {
        return key.contains(fields.get(column).name());
    }

    boolean isRequired(int column) {
        return required.contains(fields.get(column).name());
    }

    boolean isLenient(int column) {
        return lenient.contains(fields.get(column).name());
    }

    /** Whether every row is rejected because this field's column is not there. */
    boolean isLost(int column) {
        return match.rejectsRows(fields.get(column).name());
    }

    /** How many cells a record should have; 0 when any number will do. */
    int width() {
        int names = file.header().size();
        while (names > 0 && file.header().get(names - 1).isBlank() && !match.isUsed(names - 1)) {
            names--; // a delimiter at the end of each line makes a column that is none
        }
        return names == 0 ? 0 : names + file.lead();
    }

    ShortRecords shortRecords() {
        return file.shortRecords();
    }

    /** How many cells at the beginning of each record are none of the file's. */
    int lead() {
        return file.lead();
    }

    /**
     * Whether texts of the file that look like formulas have an apostrophe in front.
     *
     * @return as the file's format said
     */
    public boolean isGuarded() {
        return file.guarded();
    }

    /** Places of columns a value in which rejects the row. */
    int[] forbiddenPlaces() {
        return mapping.drift().unknown() == Reaction.REJECT_ROW
                ? Arrays.stream(match.unknownPlaces())
                        .map(place -> place + file.lead())
                        .toArray()
                : new int[0];
    }
}
