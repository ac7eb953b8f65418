// SPDX-License-Identifier: Apache-2.0
package io.gantry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the things that were asked for. Paging is stable: a thing that is there from the first page to the last is on
 * exactly one of them, whatever is added meanwhile.
 *
 * @param <T> what they are
 * @param items in order
 * @param next where the next page begins; null when this is the last
 */
public record Page<T>(List<T> items, @Nullable String next) {

    public Page {
        items = List.copyOf(items);
    }
}
