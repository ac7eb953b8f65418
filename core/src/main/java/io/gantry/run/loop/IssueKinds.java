// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The kinds of issues a run has met, numbered. Used by one thread. */
final class IssueKinds {

    private static final int MOST = 1 << 19;
    private static final int MOST_SAME = 1 << 12;

    private final Map<Kind, Integer> ids = new HashMap<>();
    /** Most kinds are made once, and come again and again. */
    private final Map<Kind, Integer> same = new IdentityHashMap<>();

    private final List<Kind> kinds = new ArrayList<>();

    /**
     * A kind of issue.
     *
     * @param column index of the mapping's columns, or -1 when it is not about a single one
     * @param fields names of the fields it is about
     * @param code stable
     * @param message the rule, to be put behind the name of the column
     * @param warning whether the row is kept all the same
     */
    record Kind(int column, List<String> fields, String code, String message, boolean warning)
            implements Comparable<Kind> {

        private static final Comparator<Kind> ORDER = Comparator.comparingInt(Kind::column)
                .thenComparing(kind -> String.join(",", kind.fields))
                .thenComparing(Kind::code)
                .thenComparing(Kind::message)
                .thenComparing(Kind::warning);

        @Override
        public int compareTo(Kind other) {
            return ORDER.compare(this, other);
        }
    }

    int id(Kind kind) {
        Integer seen = same.get(kind);
        if (seen != null) {
            return seen;
        }
        Integer id = ids.get(kind);
        if (id != null) {
            if (same.size() < MOST_SAME) {
                same.put(kind, id);
            }
            return id;
        }
        if (kinds.size() == MOST) {
            // a provider that words every issue differently: the rest is told of without its words
            return id(new Kind(kind.column(), kind.fields(), kind.code(), "", kind.warning()));
        }
        ids.put(kind, kinds.size());
        kinds.add(kind);
        return kinds.size() - 1;
    }

    /** The kinds with these ids, in their order. */
    List<Kind> all(int[] ids) {
        List<Kind> found = new ArrayList<>();
        for (int id : ids) {
            found.add(kinds.get(id));
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }
}
