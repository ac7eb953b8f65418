// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.mapping.DriftPolicy.Reaction;
import io.gantry.validation.DriftFinding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How the columns of a file differ from those of the file that was loaded before it. */
final class HeaderChange {

    private HeaderChange() {}

    static List<DriftFinding> between(List<String> last, List<String> header, Reaction reaction) {
        List<DriftFinding> findings = new ArrayList<>();
        Set<String> before = new HashSet<>(last);
        Set<String> now = new HashSet<>(header);
        for (String column : header) {
            if (!before.contains(column)) {
                findings.add(finding(DriftFinding.Kind.ADDED, column, reaction, "is new since the last file"));
            }
        }
        for (String column : last) {
            if (!now.contains(column)) {
                findings.add(finding(DriftFinding.Kind.REMOVED, column, reaction, "was in the last file, and is gone"));
            }
        }
        List<String> stayed = header.stream().filter(before::contains).toList();
        List<String> stayedBefore = last.stream().filter(now::contains).toList();
        if (!stayed.equals(stayedBefore)) {
            for (int i = 0; i < Math.min(stayed.size(), stayedBefore.size()); i++) {
                if (!stayed.get(i).equals(stayedBefore.get(i))) {
                    findings.add(finding(
                            DriftFinding.Kind.REORDERED,
                            stayed.get(i),
                            reaction,
                            "stands where '" + stayedBefore.get(i) + "' stood in the last file"));
                    break; // all behind it have moved as well
                }
            }
        }
        return findings;
    }

    private static DriftFinding finding(DriftFinding.Kind kind, String column, Reaction reaction, String what) {
        return new DriftFinding(kind, column, null, reaction, "Column '" + column + "' " + what);
    }
}
