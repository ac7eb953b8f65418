// SPDX-License-Identifier: Apache-2.0
package io.gantry.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the content of two versions differs, told in the words of the definition and not in lines of its text: columns are
 * compared by the field they fill, whatever their order.
 *
 * @param from the older version
 * @param to the newer version
 * @param changes in order of their paths
 */
public record VersionDiff(String from, String to, List<Change> changes) {

    public VersionDiff {
        changes = List.copyOf(changes);
    }

    /**
     * One difference.
     *
     * @param path where, such as {@code mapping.columns[email].reading.trim}
     * @param before as JSON; null when it was not there
     * @param after as JSON; null when it is gone
     * @param weight how much it matters
     */
    public record Change(
            String path, @Nullable String before, @Nullable String after, Weight weight) {}

    /** How much a change matters to those who make files for the pipeline or use what it loads. */
    public enum Weight {
        /** Files that were good may be rejected, or values come out otherwise. */
        BREAKING,
        /** Something is possible that was not. */
        ADDITION,
        /** All else. */
        DETAIL
    }

    /**
     * The heaviest change.
     *
     * @return {@link Weight#DETAIL} when there is none
     */
    public Weight weight() {
        return changes.stream().map(Change::weight).min(Weight::compareTo).orElse(Weight.DETAIL);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(from).append(" → ").append(to);
        for (Change change : changes) {
            text.append("\n  ")
                    .append(change.before == null ? "+ " : change.after == null ? "- " : "~ ")
                    .append(change.path)
                    .append(": ")
                    .append(change.before == null ? "" : change.before)
                    .append(change.before == null || change.after == null ? "" : " → ")
                    .append(change.after == null ? "" : change.after);
        }
        return text.toString();
    }
}
