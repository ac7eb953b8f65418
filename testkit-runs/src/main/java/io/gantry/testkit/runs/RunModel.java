// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import io.gantry.spi.dataset.Duplicates;
import io.gantry.spi.dataset.LoadMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset of {@link People} should do, said as plainly as can be.
 *
 * <p>References into another store are judged by the engine, row by row, before the dataset judges the rows together; those
 * into the same store by the dataset, among rows that differ in their key.
 */
final class RunModel {

    /**
     * What is to become of a row.
     *
     * @param row its index in the file; -1 when it is not there
     */
    record Change(
            int row,
            String id,
            @Nullable List<@Nullable Object> before,
            @Nullable List<@Nullable Object> after) {

        boolean isNew() {
            return before == null;
        }

        boolean changesNothing() {
            return Objects.equals(before, after);
        }
    }

    /**
     * What a load comes to.
     *
     * @param codes for each row of the file why it is rejected; null for those that are not
     * @param changes of the rows that are not rejected, then those that are deleted
     */
    record Loaded(List<@Nullable String> codes, List<Change> changes) {

        int rejected() {
            return (int) codes.stream().filter(Objects::nonNull).count();
        }

        long inserted() {
            return changes.stream().filter(Change::isNew).count();
        }

        long updated() {
            return changes.stream()
                    .filter(change -> !change.isNew() && change.row() >= 0 && !change.changesNothing())
                    .count();
        }

        long unchanged() {
            return changes.stream().filter(Change::changesNothing).count();
        }

        long deleted() {
            return changes.stream().filter(change -> change.row() < 0).count();
        }

        List<Change> real() {
            return changes.stream().filter(change -> !change.changesNothing()).toList();
        }
    }

    private final Rules rules;
    private final boolean unique;
    private final boolean referring;
    private final boolean engineRefers;
    private final TreeMap<String, List<@Nullable Object>> rows = new TreeMap<>();

    /**
     * @param unique whether the code is unique
     * @param referring whether the team must be there
     * @param engineRefers whether it is the engine that looks for it
     */
    RunModel(Rules rules, boolean unique, boolean referring, boolean engineRefers) {
        this.rules = rules;
        this.unique = unique;
        this.referring = referring;
        this.engineRefers = engineRefers;
    }

    RunModel copy() {
        RunModel copy = new RunModel(rules, unique, referring, engineRefers);
        copy.rows.putAll(rows);
        return copy;
    }

    boolean isUnique() {
        return unique;
    }

    boolean isReferring() {
        return referring;
    }

    /** All rows, by their key. */
    Map<String, List<@Nullable Object>> rows() {
        return rows;
    }

    /** Tells what a load would do. */
    Loaded load(LoadMode mode, List<FileRow> file) {
        @Nullable String[] codes = new @Nullable String[file.size()];
        Set<String> named = new HashSet<>();
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < codes.length; i++) {
            FileRow row = file.get(i);
            named.add(row.id());
            codes[i] = row.fault() != null ? row.fault() : engineRefers && dangles(row) ? "REFERENCE_NOT_FOUND" : null;
            if (codes[i] == null) {
                left.add(i);
            }
        }
        left.removeAll(rejectRepeated(file, List.copyOf(left), codes));
        for (int i : left) {
            boolean there = rows.containsKey(file.get(i).id());
            if (mode == LoadMode.INSERT && there) {
                codes[i] = "ALREADY_EXISTS";
            } else if (mode == LoadMode.UPDATE && !there) {
                codes[i] = "NOT_FOUND";
            } else if (dangles(file.get(i))) {
                codes[i] = "REFERENCE_NOT_FOUND";
            }
        }
        left.removeIf(i -> codes[i] != null);
        if (unique) {
            rejectTaken(mode, file, left, named, codes);
        }
        List<Change> changes = new ArrayList<>();
        for (int i : left) {
            if (codes[i] == null) {
                String id = file.get(i).id();
                changes.add(new Change(i, id, rows.get(id), merged(file.get(i))));
            }
        }
        if (mode == LoadMode.REPLACE) {
            rows.forEach((id, row) -> {
                if (!named.contains(id)) {
                    changes.add(new Change(-1, id, row, null));
                }
            });
        }
        return new Loaded(Arrays.asList(codes), changes);
    }

    private Set<Integer> rejectRepeated(List<FileRow> file, List<Integer> left, @Nullable String[] codes) {
        Map<String, List<Integer>> places = new HashMap<>();
        left.forEach(i -> places.computeIfAbsent(file.get(i).id(), id -> new ArrayList<>())
                .add(i));
        Set<Integer> rejected = new HashSet<>();
        for (List<Integer> same : places.values()) {
            List<Integer> losers = new ArrayList<>(same);
            if (same.size() == 1 || rules.duplicates() == Duplicates.KEEP_FIRST) {
                losers.remove(0);
            } else if (rules.duplicates() == Duplicates.KEEP_LAST) {
                losers.remove(losers.size() - 1);
            }
            rejected.addAll(losers);
        }
        rejected.forEach(i -> codes[i] = "DUPLICATE_KEY");
        return rejected;
    }

    /** Of rows with the same code all but the first, and each whose code another row of the dataset has and keeps. */
    private void rejectTaken(
            LoadMode mode, List<FileRow> file, List<Integer> left, Set<String> named, @Nullable String[] codes) {
        int place = People.place(People.CODE);
        Map<Object, String> owners = new HashMap<>();
        rows.forEach((id, row) -> {
            Object code = row.get(place);
            if (code != null && (mode != LoadMode.REPLACE || named.contains(id))) {
                owners.put(code, id);
            }
        });
        Set<Object> seen = new HashSet<>();
        for (int i : left) {
            Object code = merged(file.get(i)).get(place);
            if (code != null
                    && (!seen.add(code)
                            || !owners.getOrDefault(code, file.get(i).id())
                                    .equals(file.get(i).id()))) {
                codes[i] = "DUPLICATE_VALUE";
            }
        }
    }

    private boolean dangles(FileRow row) {
        int place = rules.fields().indexOf(People.TEAM);
        return referring
                && place >= 0
                && !row.cells().get(place).isEmpty()
                && !People.TEAMS.contains(row.cells().get(place));
    }

    /** The row as it will be: fields that the file does not have keep their value. */
    private List<@Nullable Object> merged(FileRow row) {
        List<@Nullable Object> before = rows.get(row.id());
        List<@Nullable Object> after = new ArrayList<>();
        for (int i = 0; i < People.SCHEMA.fields().size(); i++) {
            int place = rules.fields().indexOf(People.SCHEMA.names().get(i));
            after.add(
                    place >= 0
                            ? People.value(
                                    People.SCHEMA.fields().get(i), row.cells().get(place))
                            : before == null ? null : before.get(i));
        }
        return after;
    }

    /** Does what was told. */
    void apply(Loaded loaded) {
        loaded.changes().forEach(change -> put(change.id(), change.after()));
    }

    void put(String id, @Nullable List<@Nullable Object> row) {
        if (row == null) {
            rows.remove(id);
        } else {
            rows.put(id, row);
        }
    }

    /**
     * Takes back what a load did to rows that are as it left them.
     *
     * @return the keys of the rows that someone else has changed since
     */
    List<String> takeBack(Loaded loaded) {
        List<String> kept = new ArrayList<>();
        for (Change change : loaded.real()) {
            List<@Nullable Object> now = rows.get(change.id());
            if (Objects.equals(now, change.after())) {
                put(change.id(), change.before());
            } else if (!Objects.equals(now, change.before())) {
                kept.add(change.id());
            }
        }
        return kept;
    }
}
