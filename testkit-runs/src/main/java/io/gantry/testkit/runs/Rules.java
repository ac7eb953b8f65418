// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.ImportMappingBuilder;
import io.gantry.spi.dataset.Duplicates;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.schema.Reference;
import io.gantry.spi.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The rules of a world.
 *
 * @param fields those that its files have, in order
 * @param unique who says that the code is unique
 * @param reference who says that the team must be there
 * @param sheet whether its files are workbooks
 */
record Rules(Duplicates duplicates, List<String> fields, Told unique, Told reference, boolean sheet) {

    /** Who says a rule. */
    enum Told {
        NOBODY,
        MAPPING,
        DATASET
    }

    static Rules of(Random random) {
        Told unique = Told.values()[random.nextInt(Told.values().length)];
        Told reference = Told.values()[random.nextInt(Told.values().length)];
        List<String> fields = new ArrayList<>(People.SCHEMA.names());
        boolean partial = random.nextInt(3) == 0;
        fields.removeIf(field -> partial
                && random.nextInt(3) == 0
                && !People.SCHEMA.field(field).orElseThrow().isRequired()
                && !(field.equals(People.CODE) && unique == Told.MAPPING)
                && !(field.equals(People.TEAM) && reference == Told.MAPPING));
        Duplicates duplicates = Duplicates.values()[random.nextInt(Duplicates.values().length)];
        return new Rules(duplicates, fields, unique, reference, random.nextInt(4) == 0);
    }

    /** The schema to ask a provider for. */
    Schema schema(String teams) {
        Schema schema = unique == Told.DATASET ? People.SCHEMA.unique(People.CODE) : People.SCHEMA;
        return reference == Told.DATASET ? schema.reference(People.reference(teams)) : schema;
    }

    ImportMapping mapping(LoadMode mode, Policy policy, Reference team) {
        return ImportMapping.of(builder -> {
            ImportMappingBuilder mapping = builder.columns(fields.toArray(String[]::new))
                    .load(mode)
                    .duplicates(duplicates)
                    .errors(policy.rule());
            if (unique == Told.MAPPING) {
                mapping = mapping.unique(People.CODE);
            }
            return reference == Told.MAPPING ? mapping.reference(team) : mapping;
        });
    }

    boolean has(String field) {
        return fields.contains(field);
    }
}
