// SPDX-License-Identifier: Apache-2.0
package io.gantry.pipeline;

import java.util.List;
import java.util.Map;

/**
 * What a draft would have done otherwise than the live version with files that were loaded. Rows are looked at one by one:
 * what is checked between rows or against the dataset is no part of it.
 *
 * @param from the live version
 * @param to the draft
 * @param files what was read
 * @param rows rows that both versions read
 * @param newlyRejected rows that only the draft rejects
 * @param newlyAccepted rows that only the live version rejects
 * @param changedValues values that differ among rows that both accept
 * @param changedByField the changed values by field
 * @param rejections rows that only the draft rejects, by code and field; a row may have several
 */
public record Impact(
        String from,
        String to,
        List<ReplayedFile> files,
        long rows,
        long newlyRejected,
        long newlyAccepted,
        long changedValues,
        Map<String, Long> changedByField,
        Map<String, Long> rejections) {

    public Impact {
        files = List.copyOf(files);
        changedByField = Map.copyOf(changedByField);
        rejections = Map.copyOf(rejections);
    }

    /**
     * One file that was read.
     *
     * @param run the run that loaded it
     * @param name of the file
     * @param problem why the draft could not read it at all, such as a missing column; empty when it could
     */
    public record ReplayedFile(String run, String name, String problem) {}

    @Override
    public String toString() {
        long unreadable =
                files.stream().filter(file -> !file.problem().isEmpty()).count();
        return from + " → " + to + ": would newly reject " + newlyRejected + " of " + rows + " rows, newly accept "
                + newlyAccepted + ", change " + changedValues + " values"
                + (unreadable == 0 ? "" : ", and could not read " + unreadable + " of " + files.size() + " files");
    }
}
