// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import java.util.ArrayList;
import java.util.List;

/**
 * Some of a long row of cells, spread evenly over it: every cell, then every second, then every fourth. Which cells it holds
 * depends on nothing but their order.
 */
final class Sample {

    private static final int MOST = 256;

    private final List<String> texts = new ArrayList<>();
    private long seen;
    private long stride = 1;

    /** Whether the next cell is one to keep. */
    boolean wantsNext() {
        return seen++ % stride == 0;
    }

    void add(String text) {
        texts.add(text);
        if (texts.size() == MOST) {
            List<String> half = new ArrayList<>();
            for (int i = 0; i < MOST; i += 2) {
                half.add(texts.get(i));
            }
            texts.clear();
            texts.addAll(half);
            stride *= 2;
        }
    }

    List<String> texts() {
        return List.copyOf(texts);
    }
}
