// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.util.List;

/** Where the text of a field comes from. */
public sealed interface Source {

    /**
     * The column of that name. Names are compared without regard to case, accents, blanks and punctuation, unless a column
     * has exactly the name.
     *
     * @param name as in the header
     * @param aliases other names, tried in order when there is no column of the name
     */
    record Named(@NotBlank String name, List<@NotBlank String> aliases) implements Source {
        public Named {
            aliases = List.copyOf(aliases);
        }
    }

    /**
     * The column at that place.
     *
     * @param number from 1
     */
    record Position(@Positive int number) implements Source {}

    /**
     * The same text in every row.
     *
     * @param text as it could stand in a file
     */
    record Constant(String text) implements Source {}

    /**
     * A text put together from columns: {@code "{First name} {Last name}"}. {@code {{} and {@code }}} stand for braces. A
     * column without a value gives nothing; when none of its columns has a value, neither has the field.
     *
     * @param pattern the text with names of columns in braces
     */
    record Template(@NotBlank String pattern) implements Source {}
}
