// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.LoadRule;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.Load;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.LookupDataset;
import io.gantry.spi.dataset.WritableDataset;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.Reference;
import io.gantry.spi.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which rules of a load the dataset checks itself, and which the engine has to check for it.
 *
 * @param rules the dataset's
 * @param references the engine's: references into datasets of other stores
 */
record LoadPlan(LoadMode mode, Load.Rules rules, Map<Reference, LookupDataset> references) {

    static LoadPlan of(
            ImportMapping mapping,
            WritableDataset dataset,
            Schema schema,
            boolean correction,
            Function<String, Optional<Dataset>> datasets) {
        LoadRule rule = mapping.load();
        // a correction brings single rows: those of the first file are not in it, and must stay
        LoadMode mode = correction && rule.mode() == LoadMode.REPLACE ? LoadMode.UPSERT : rule.mode();
        if (!dataset.modes().contains(mode)) {
            throw new GantryException(
                    ErrorCode.DATASET_UNFIT,
                    "Dataset '" + dataset.name() + "' cannot be loaded by " + mode + "; it can by " + dataset.modes());
        }
        Set<Reference> all = new LinkedHashSet<>(rule.references());
        Set<String> mapped = new HashSet<>(mapping.fields());
        schema.references().stream()
                .filter(reference -> mapped.containsAll(reference.fields()))
                .forEach(all::add);
        List<Reference> own = new ArrayList<>();
        Map<Reference, LookupDataset> others = new LinkedHashMap<>();
        for (Reference reference : all) {
            if (dataset.resolves(reference)) {
                if (rule.references().contains(reference)) {
                    own.add(reference);
                }
                continue;
            }
            Optional<Dataset> target = datasets.apply(reference.dataset());
            if (target.isPresent() && target.get() instanceof LookupDataset lookup) {
                others.put(reference, lookup);
            } else if (rule.references().contains(reference)) {
                throw new GantryException(
                        ErrorCode.DATASET_UNFIT,
                        "Dataset '" + reference.dataset() + "' cannot be asked for keys, and so cannot be referred to");
            }
        }
        List<String> key = rule.key().isEmpty() ? schema.key() : rule.key();
        if (mode == LoadMode.INSERT && rule.key().isEmpty() && !mapped.containsAll(key)) {
            key = List.of(); // the dataset makes it up
        }
        return new LoadPlan(mode, new Load.Rules(key, rule.duplicates(), rule.uniques(), own), others);
    }

    Load load(RunContext context, List<Field> fields) {
        return new Load(
                context.run(),
                context.attempt(),
                mode,
                fields,
                rules,
                context.time(),
                context.cancellation(),
                context.expectedMark());
    }
}
