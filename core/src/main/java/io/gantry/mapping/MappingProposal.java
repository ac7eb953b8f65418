// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping;

import java.util.List;

/**
 * A mapping proposed from a sample file, for a person to look over.
 *
 * @param mapping what is proposed
 * @param matches why each of its columns was matched
 * @param unusedColumns columns of the file that no field was found for
 * @param emptyFields fields of the dataset that no column was found for
 */
public record MappingProposal(
        ImportMapping mapping, List<Match> matches, List<String> unusedColumns, List<String> emptyFields) {

    public MappingProposal {
        matches = List.copyOf(matches);
        unusedColumns = List.copyOf(unusedColumns);
        emptyFields = List.copyOf(emptyFields);
    }

    /**
     * Why a column was matched with a field.
     *
     * @param field of the dataset
     * @param column of the file
     * @param similarity of their names, 0 to 1
     * @param readable share of the sample's cells that can be read as the field's type, 0 to 1
     * @param note how the cells are read, when it takes more than their type
     */
    public record Match(String field, String column, double similarity, double readable, String note) {}
}
