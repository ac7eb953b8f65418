// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping;

import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of a value, beside what the dataset's schema says.
 *
 * @param required whether there must be one
 * @param min smallest value allowed of a number, date, time or timestamp, written in ISO notation; null for none
 * @param max largest value allowed; null for none
 * @param minLength fewest characters of a text; 0 for any number
 * @param maxLength most characters of a text; 0 for any number
 * @param pattern a regular expression ({@link java.util.regex.Pattern}) that the whole text matches; null for none
 * @param email whether a text must be an e-mail address
 * @param oneOf the values allowed, written in ISO notation; empty for all
 */
public record Checks(
        boolean required,
        @Nullable String min,
        @Nullable String max,
        @PositiveOrZero int minLength,
        @PositiveOrZero int maxLength,
        @Nullable String pattern,
        boolean email,
        List<String> oneOf) {

    /** Nothing beside the schema. */
    public static final Checks NONE = new Checks(false, null, null, 0, 0, null, false, List.of());

    public Checks {
        oneOf = List.copyOf(oneOf);
    }
}
