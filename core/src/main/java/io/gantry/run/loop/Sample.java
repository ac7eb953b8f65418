// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of a long row of cells, spread evenly over it: every cell, then every second, then every fourth. Which cells it holds
 * depends on nothing but their order.
 */
final class Sample {

    private static final int MOST = 256;

    private final List<SampledCell> cells = new ArrayList<>();
    private long seen;
    private long stride = 1;

    /** Whether the next cell is one to keep. */
    boolean wantsNext() {
        return seen++ % stride == 0;
    }

    /** Keeps a cell. */
    void add(@Nullable SampledCell cell) {
        if (cell == null) {
            return;
        }
        cells.add(cell);
        if (cells.size() == MOST) {
            List<SampledCell> half = new ArrayList<>();
            for (int i = 0; i < MOST; i += 2) {
                half.add(cells.get(i));
            }
            cells.clear();
            cells.addAll(half);
            stride *= 2;
        }
    }

    List<SampledCell> cells() {
        return List.copyOf(cells);
    }
}
