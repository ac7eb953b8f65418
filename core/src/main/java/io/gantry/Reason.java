// SPDX-License-Identifier: Apache-2.0
package io.gantry;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * Why something was done.
 *
 * @param code such as {@code WRONG_FILE}
 * @param text for people; required when the code is {@code OTHER}
 */
public record Reason(
        @NotNull @Pattern(regexp = "[A-Z][A-Z0-9_]{0,49}", message = "must be 1 to 50 capital letters, digits and '_'")
        String code,

        @Size(max = 2000) String text) {

    /** The code that asks for a text. */
    public static final String OTHER = "OTHER";

    /**
     * A reason that needs no text.
     *
     * @param code such as {@code WRONG_FILE}
     * @return the reason
     */
    public static Reason of(String code) {
        return new Reason(code, "");
    }

    /**
     * A reason in words.
     *
     * @param text why
     * @return the reason, with code {@code OTHER}
     */
    public static Reason other(String text) {
        return new Reason(OTHER, text);
    }
}
