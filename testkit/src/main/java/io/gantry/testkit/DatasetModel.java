// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import io.gantry.spi.dataset.DatasetWriter.Outcome;
import io.gantry.spi.dataset.Duplicates;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.RollbackOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a dataset whose key is its first field should do, said as plainly as can be. */
final class DatasetModel {

    /** What a load came to. */
    record Loaded(Outcome outcome, List<String> codes) {}

    private record Change(
            long id,
            @Nullable List<@Nullable Object> before,
            @Nullable List<@Nullable Object> after) {}

    private final Map<Long, List<@Nullable Object>> rows = new TreeMap<>();
    private final Map<String, List<Change>> changes = new HashMap<>();
    private final Map<String, RollbackOutcome> rolledBack = new HashMap<>();

    Set<List<@Nullable Object>> rows() {
        return new HashSet<>(Values.plain(new ArrayList<>(rows.values())));
    }

    @Nullable
    List<@Nullable Object> row(long id) {
        return rows.get(id);
    }

    void put(long id, @Nullable List<@Nullable Object> row) {
        if (row == null) {
            rows.remove(id);
        } else {
            rows.put(id, row);
        }
    }

    Loaded load(String run, LoadMode mode, Duplicates duplicates, List<List<@Nullable Object>> file) {
        List<String> codes = new ArrayList<>();
        List<Change> made = new ArrayList<>();
        Map<Long, List<Integer>> places = new HashMap<>();
        for (int i = 0; i < file.size(); i++) {
            places.computeIfAbsent(id(file.get(i)), id -> new ArrayList<>()).add(i);
        }
        long unchanged = 0;
        for (int i = 0; i < file.size(); i++) {
            List<@Nullable Object> row = file.get(i);
            long id = id(row);
            List<@Nullable Object> before = rows.get(id);
            if (!Objects.equals(kept(places.get(id), duplicates), i)) {
                codes.add(i + 2 + " DUPLICATE_KEY");
            } else if (mode == LoadMode.INSERT && before != null) {
                codes.add(i + 2 + " ALREADY_EXISTS");
            } else if (mode == LoadMode.UPDATE && before == null) {
                codes.add(i + 2 + " NOT_FOUND");
            } else if (same(before, row)) {
                unchanged++;
            } else {
                made.add(new Change(id, before, row));
            }
        }
        long inserted = made.stream().filter(change -> change.before == null).count();
        long updated = made.size() - inserted;
        long deleted = mode == LoadMode.REPLACE ? deleteAllBut(places.keySet(), made) : 0;
        made.forEach(change -> put(change.id, change.after));
        changes.put(run, made);
        return new Loaded(new Outcome(inserted, updated, unchanged, deleted), codes);
    }

    private long deleteAllBut(Collection<Long> named, List<Change> made) {
        List<Long> gone =
                rows.keySet().stream().filter(id -> !named.contains(id)).toList();
        gone.forEach(id -> made.add(new Change(id, rows.get(id), null)));
        return gone.size();
    }

    RollbackOutcome rollBack(String run) {
        return rolledBack.computeIfAbsent(run, this::reverse);
    }

    private RollbackOutcome reverse(String run) {
        long reversed = 0;
        long kept = 0;
        for (Change change : Objects.requireNonNull(changes.get(run))) {
            List<@Nullable Object> now = rows.get(change.id);
            if (same(now, change.after)) {
                put(change.id, change.before);
                reversed++;
            } else if (same(now, change.before)) {
                reversed++;
            } else {
                kept++;
            }
        }
        return new RollbackOutcome(reversed, kept, 0, List.of());
    }

    private static @Nullable Integer kept(@Nullable List<Integer> places, Duplicates duplicates) {
        if (places == null) {
            return null;
        }
        return switch (duplicates) {
            case KEEP_FIRST -> places.get(0);
            case KEEP_LAST -> places.get(places.size() - 1);
            case REJECT_ALL -> places.size() == 1 ? places.get(0) : null;
        };
    }

    private static boolean same(@Nullable List<@Nullable Object> one, @Nullable List<@Nullable Object> other) {
        if (one == null || other == null) {
            return one == other;
        }
        return Values.plain(List.of(one)).equals(Values.plain(List.of(other)));
    }

    private static long id(List<@Nullable Object> row) {
        return (Long) Objects.requireNonNull(row.get(0));
    }
}
