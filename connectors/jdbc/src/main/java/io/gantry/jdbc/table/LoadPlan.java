// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Layout;
import io.gantry.jdbc.sql.TableColumn;
import io.gantry.jdbc.sql.TableId;
import io.gantry.spi.dataset.Load;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.schema.Reference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A load, laid over the table it goes to. */
final class LoadPlan {

    private final Load load;
    private final Layout layout;
    private final List<String> key;
    private final List<String> values;
    private final Set<String> blankable;
    private final Set<String> chosen;
    private final List<String> lacking;
    private final List<List<String>> uniques = new ArrayList<>();
    private final Set<Layout.Link> references = new LinkedHashSet<>();

    /**
     * Makes the plan.
     *
     * @param overrides whether rows may bring values for columns that the database always makes up
     * @param datasets finds the table of a dataset by its name
     */
    LoadPlan(Load load, Layout layout, boolean overrides, Function<String, TableId> datasets) {
        this.load = load;
        this.layout = layout;
        List<String> fields = load.names();
        boolean holdsKey = !layout.key().isEmpty() && fields.containsAll(layout.key());
        key = load.rules().key().isEmpty() && holdsKey
                ? layout.key()
                : load.rules().key();
        values = fields.stream().filter(field -> !key.contains(field)).toList();
        lacking = layout.columns().values().stream()
                .filter(column -> column.required() && !fields.contains(column.name()))
                .map(TableColumn::name)
                .toList();
        List<String> made = key.stream()
                .filter(field ->
                        layout.column(field).defaulted() && layout.key().contains(field))
                .toList();
        blankable = load.mode() != LoadMode.UPDATE && made.size() == 1 ? Set.copyOf(made) : Set.of();
        chosen = fields.stream()
                .filter(field -> !overrides && layout.column(field).always())
                .collect(Collectors.toSet());
        addUnique(layout.key());
        layout.uniques().forEach(this::addUnique);
        load.rules().uniques().forEach(this::addUnique);
        for (Layout.Link link : layout.references()) {
            if (fields.containsAll(link.columns())) {
                references.add(link);
            }
        }
        for (Reference reference : load.rules().references()) {
            references.add(new Layout.Link(
                    layout.table(), reference.fields(), datasets.apply(reference.dataset()), reference.targets()));
        }
    }

    private void addUnique(List<String> unique) {
        Set<String> set = new HashSet<>(unique);
        if (!set.isEmpty()
                && load.names().containsAll(set)
                && !set.equals(new HashSet<>(key))
                && uniques.stream().noneMatch(other -> set.equals(new HashSet<>(other)))) {
            uniques.add(unique);
        }
    }

    Load load() {
        return load;
    }

    LoadMode mode() {
        return load.mode();
    }

    Layout layout() {
        return layout;
    }

    List<String> fields() {
        return load.names();
    }

    /** The fields that tell rows apart; empty when nothing does. */
    List<String> key() {
        return key;
    }

    /** The fields that are not in the key. */
    List<String> values() {
        return values;
    }

    /** The fields outside of the key that an update sets. */
    List<String> settable() {
        return values.stream().filter(name -> !layout.column(name).always()).toList();
    }

    /** The field of the key without which a row is new, because the database makes it up; at most one. */
    Set<String> blankable() {
        return blankable;
    }

    /** Fields whose values the database always makes up, so that the rows may not choose them. */
    Set<String> chosen() {
        return chosen;
    }

    /** Required columns that the load does not hold: it cannot add rows. */
    List<String> lacking() {
        return lacking;
    }

    /** What must be unique beside the key. */
    List<List<String>> uniques() {
        return uniques;
    }

    /** What must be found. */
    Set<Layout.Link> references() {
        return references;
    }

    /** Whether the load holds what identifies a row of the table. */
    boolean holdsIdentity() {
        return !layout.key().isEmpty() && load.names().containsAll(layout.key());
    }

    /** Whether rows are told apart by other fields than the table's own key, which the load may not change then. */
    boolean ownKey() {
        return !new HashSet<>(key).equals(new HashSet<>(layout.key()));
    }
}
