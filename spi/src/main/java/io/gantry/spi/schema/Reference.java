// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.schema;

import java.util.List;

/**
 * Fields whose values, taken together, must be a key of a dataset. A row in which one of the fields has no value refers
 * to nothing and is not checked.
 *
 * @param fields the referring fields, at least one
 * @param dataset the name of the dataset referred to
 * @param targets the fields there, in the same order
 */
public record Reference(List<String> fields, String dataset, List<String> targets) {

    public Reference {
        fields = List.copyOf(fields);
        targets = List.copyOf(targets);
        if (fields.isEmpty() || fields.size() != targets.size()) {
            throw new IllegalArgumentException("A reference needs as many target fields as fields, at least one: "
                    + fields + " to " + dataset + targets);
        }
    }
}
