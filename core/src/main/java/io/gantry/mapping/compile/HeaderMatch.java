// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.check.Names;
import io.gantry.mapping.ColumnMapping;
import io.gantry.mapping.DriftPolicy;
import io.gantry.mapping.DriftPolicy.Reaction;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.Source;
import io.gantry.validation.DriftFinding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds the columns that a mapping names in the header of a file. Names are resolved here, and never again. */
final class HeaderMatch {

    private final List<String> header;
    private final DriftPolicy policy;
    private final Map<String, Integer> exact = new HashMap<>();
    private final Map<String, Integer> normal = new HashMap<>();
    private final Set<Integer> used = new HashSet<>();
    private final Map<String, Integer> renamed = new HashMap<>();
    private final Set<String> missing = new TreeSet<>();
    private final List<DriftFinding> findings = new ArrayList<>();

    /**
     * @param header names of the file's columns; empty when it has none
     */
    HeaderMatch(ImportMapping mapping, List<String> header) {
        this.header = header;
        this.policy = mapping.drift();
        for (int i = 0; i < header.size(); i++) {
            exact.putIfAbsent(header.get(i), i);
            normal.putIfAbsent(Names.normalize(header.get(i)), i);
        }
        List<ColumnMapping> lost = new ArrayList<>();
        for (ColumnMapping column : mapping.columns()) {
            if (!claim(column.source())) {
                lost.add(column);
            }
        }
        lost.forEach(this::drifted);
        for (int i = 0; i < header.size(); i++) {
            if (!used.contains(i)) {
                unused(i);
            }
        }
    }

    private void unused(int place) {
        String name = header.get(place);
        if (!name.isBlank()) {
            List<Integer> places = places(name::equals);
            findings.add(new DriftFinding(
                    places.size() > 1 ? DriftFinding.Kind.DUPLICATED : DriftFinding.Kind.UNKNOWN,
                    name,
                    null,
                    policy.unknown(),
                    "The mapping does not know column '" + name + "'"
                            + (places.size() > 1
                                    ? " (column " + (place + 1) + "); columns " + listed(places) + " have this name"
                                    : ""),
                    place + 1));
        } else if (header.subList(place, header.size()).stream().anyMatch(later -> !later.isBlank())) {
            // blank names at the end come from delimiters there; cells below them are an issue of their rows
            findings.add(new DriftFinding(
                    DriftFinding.Kind.UNNAMED,
                    "",
                    null,
                    policy.unknown(),
                    "Column " + (place + 1) + " has no name; a mapping can read it by its position",
                    place + 1));
        }
    }

    private List<Integer> places(Predicate<String> wanted) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            if (wanted.test(header.get(i))) {
                places.add(i + 1);
            }
        }
        return places;
    }

    private static String listed(List<Integer> places) {
        return places.stream().map(String::valueOf).collect(Collectors.joining(" and "));
    }

    /** Marks the columns of a source as used; false when one is not there. */
    private boolean claim(Source source) {
        if (source instanceof Source.Named || source instanceof Source.Position) {
            Optional<Integer> place = place(source);
            place.ifPresent(used::add);
            return place.isPresent();
        }
        if (source instanceof Source.Template template) {
            boolean all = true;
            for (String name : Template.of(template.pattern()).columns()) {
                all &= claim(new Source.Named(name, List.of()));
            }
            return all;
        }
        return true;
    }

    /** The place of a source's column in the file, from 0. */
    Optional<Integer> place(Source source) {
        if (source instanceof Source.Position position) {
            int place = position.number() - 1;
            return place < header.size() || header.isEmpty() ? Optional.of(place) : Optional.empty();
        }
        Source.Named named = (Source.Named) source;
        Integer place = find(named.name());
        for (int i = 0; place == null && i < named.aliases().size(); i++) {
            place = find(named.aliases().get(i));
        }
        return Optional.ofNullable(place == null ? renamed.get(named.name()) : place);
    }

    private @Nullable Integer find(String name) {
        Integer place = exact.get(name);
        String other = Names.normalize(name);
        if (place == null) {
            place = normal.get(other);
        }
        if (place != null) {
            List<Integer> places = places(
                    exact.containsKey(name)
                            ? name::equals
                            : one -> Names.normalize(one).equals(other));
            if (places.size() > 1) {
                throw new GantryException(
                        ErrorCode.DUPLICATE_HEADER,
                        "The header has column '" + header.get(place) + "' more than once, as columns " + listed(places)
                                + "; rename one of them, or have the mapping read column " + places.get(0)
                                + " by its position",
                        Map.of("column", header.get(place), "positions", places),
                        null);
            }
        }
        return place;
    }

    private void drifted(ColumnMapping column) {
        Source source = column.source();
        if (source instanceof Source.Template template) {
            for (String name : Template.of(template.pattern()).columns()) {
                if (find(name) == null) {
                    drifted(column, name);
                }
            }
        } else if (source instanceof Source.Named named) {
            drifted(column, named.name());
        } else if (source instanceof Source.Position position) {
            missing(column, "column " + position.number(), "The file has only " + header.size() + " columns");
        }
    }

    private void drifted(ColumnMapping column, String name) {
        List<String> free = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            if (!used.contains(i)) {
                free.add(header.get(i));
            }
        }
        Optional<String> near = Names.nearest(name, free);
        if (near.isEmpty()) {
            missing(column, name, "Column '" + name + "' is not in the file");
            return;
        }
        findings.add(new DriftFinding(
                DriftFinding.Kind.RENAMED,
                name,
                column.to(),
                policy.renamed(),
                "Column '" + name + "' is not in the file; '" + near.get() + "' may be its new name"));
        int place = header.indexOf(near.get());
        if (policy.renamed() == Reaction.ADAPT) {
            renamed.put(name, place);
        } else {
            missing.add(column.to());
        }
        used.add(place);
    }

    private void missing(ColumnMapping column, String name, String message) {
        missing.add(column.to());
        findings.add(new DriftFinding(DriftFinding.Kind.MISSING, name, column.to(), policy.missing(), message));
    }

    /** Fields whose column is not in the file, and which reject every row for that reason. */
    boolean rejectsRows(String field) {
        return missing.contains(field)
                && findings.stream()
                        .anyMatch(
                                finding -> field.equals(finding.field()) && finding.reaction() == Reaction.REJECT_ROW);
    }

    /** Whether the mapping reads a column. */
    boolean isUsed(int place) {
        return used.contains(place);
    }

    /** Places of columns that the mapping does not know. */
    int[] unknownPlaces() {
        return IntStream.range(0, header.size())
                .filter(place -> !used.contains(place))
                .toArray();
    }

    List<DriftFinding> findings() {
        return findings;
    }
}
