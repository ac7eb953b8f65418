// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a file.
 *
 * @param cells as they stand there
 * @param fault the code with which the row is rejected by itself; null when nothing is wrong with its single cells
 */
record FileRow(List<String> cells, @Nullable String fault) {

    static FileRow good(List<String> cells) {
        return new FileRow(cells, null);
    }

    /** Its key, which comes first; empty when it has none. */
    String id() {
        return cells.get(0);
    }
}
