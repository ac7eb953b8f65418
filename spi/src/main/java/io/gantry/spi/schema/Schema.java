// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of a dataset, in order, with its keys and references.
 *
 * @param fields at least one, names unique
 * @param key the fields of the primary key, in order; empty when there is none
 * @param uniques further sets of fields whose values together are unique, a row without a value in one of them excepted
 * @param references what the rows refer to
 */
public record Schema(List<Field> fields, List<String> key, List<List<String>> uniques, List<Reference> references) {

    public Schema {
        fields = List.copyOf(fields);
        key = List.copyOf(key);
        uniques = uniques.stream().map(List::copyOf).toList();
        references = List.copyOf(references);
        Set<String> names = new HashSet<>();
        for (Field field : fields) {
            if (!names.add(field.name())) {
                throw new IllegalArgumentException("Two fields are named '" + field.name() + "'");
            }
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException("A schema needs a field");
        }
        List<String> named = new ArrayList<>(key);
        uniques.forEach(named::addAll);
        references.forEach(reference -> named.addAll(reference.fields()));
        named.removeAll(names);
        if (!named.isEmpty()) {
            throw new IllegalArgumentException("Keys and references name " + named + "; the fields are "
                    + fields.stream().map(Field::name).toList());
        }
    }

    /**
     * A schema without keys.
     *
     * @param fields its fields
     * @return the schema
     */
    public static Schema of(Field... fields) {
        return new Schema(List.of(fields), List.of(), List.of(), List.of());
    }

    /**
     * The same schema with another primary key.
     *
     * @param fields names of fields
     * @return a copy
     */
    public Schema key(String... fields) {
        return new Schema(this.fields, List.of(fields), uniques, references);
    }

    /**
     * The same schema with one more unique set of fields.
     *
     * @param fields names of fields
     * @return a copy
     */
    public Schema unique(String... fields) {
        List<List<String>> more = new ArrayList<>(uniques);
        more.add(List.of(fields));
        return new Schema(this.fields, key, more, references);
    }

    /**
     * The same schema with one more reference.
     *
     * @param reference to another dataset
     * @return a copy
     */
    public Schema reference(Reference reference) {
        List<Reference> more = new ArrayList<>(references);
        more.add(reference);
        return new Schema(fields, key, uniques, more);
    }

    /**
     * Finds a field.
     *
     * @param name its exact name
     * @return the field, if there is one
     */
    public Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /**
     * The names of the fields, in order.
     *
     * @return unmodifiable
     */
    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }
}
