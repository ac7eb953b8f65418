// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping;

import io.gantry.spi.dataset.Duplicates;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.schema.Reference;
import java.util.List;

/**
 * What a load does to the dataset, and what must hold of its rows together.
 *
 * @param mode what to do with rows that are, or are not, there
 * @param key the fields that tell rows apart; empty for the dataset's own key
 * @param duplicates what to do with rows of the file that have the same key
 * @param uniques sets of fields whose values together must differ from row to row
 * @param references fields that must be a key of another dataset
 */
public record LoadRule(
        LoadMode mode,
        List<String> key,
        Duplicates duplicates,
        List<List<String>> uniques,
        List<Reference> references) {

    /** Inserts, by the dataset's own key. */
    public static final LoadRule INSERT =
            new LoadRule(LoadMode.INSERT, List.of(), Duplicates.KEEP_FIRST, List.of(), List.of());

    public LoadRule {
        key = List.copyOf(key);
        uniques = uniques.stream().map(List::copyOf).toList();
        references = List.copyOf(references);
    }
}
