// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping;

import io.gantry.validation.Hypothesis;
import java.util.List;

/**
 * A mapping proposed from a sample file, for a person to look over. Where cells can be read in more than one way, none is chosen:
 * the column is mapped as it is, and a question names the ways.
 *
 * @param mapping what is proposed
 * @param matches why each of its columns was matched
 * @param questions what a person must still decide
 * @param unusedColumns columns of the file that no field was found for
 * @param emptyFields fields of the dataset that no column was found for
 */
public record MappingProposal(
        ImportMapping mapping,
        List<Match> matches,
        List<Question> questions,
        List<String> unusedColumns,
        List<String> emptyFields) {

    public MappingProposal {
        matches = List.copyOf(matches);
        questions = List.copyOf(questions);
        unusedColumns = List.copyOf(unusedColumns);
        emptyFields = List.copyOf(emptyFields);
    }

    /**
     * Why a column was matched with a field.
     *
     * @param field of the dataset
     * @param column of the file
     * @param similarity of their names, 0 to 1
     * @param readable share of the sample's cells that the proposed mapping can read as the field's type, 0 to 1
     * @param note how the cells are read, and how many of them need it, when it takes more than their type
     */
    public record Match(String field, String column, double similarity, double readable, String note) {}

    /**
     * What a person must decide about a column before the mapping is used.
     *
     * @param field of the dataset
     * @param column of the file
     * @param text what is open
     * @param choices the readings that fit equally well, the likelier first; {@link ImportMapping#patched} makes one the mapping's.
     *     A choice without a patch leaves the mapping as it is. Empty when only a person can say what to set
     */
    public record Question(String field, String column, String text, List<Hypothesis> choices) {
        public Question {
            choices = List.copyOf(choices);
        }
    }
}
