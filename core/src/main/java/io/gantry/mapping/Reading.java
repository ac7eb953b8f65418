// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the text of a cell becomes a value. The steps are taken in this order: trim, null tokens, default, value map, letter
 * case, format.
 *
 * @param trim whether blanks around text are dropped; around all other types they always are
 * @param letterCase what becomes of the letters of a text
 * @param nullTokens texts that mean no value, beside the empty one
 * @param defaultValue the text to read where there is no value; null for none
 * @param values texts and what to read instead, in order
 * @param unmapped what to do with a text that is not in the value map
 * @param formats patterns of dates and times ({@code dd/MM/uuuu}), tried in order; {@code hex} or {@code base64} of bytes;
 *     when empty, ISO notation and base64
 * @param locale how numbers and names of months are written; null for a point, no grouping and English
 * @param zone where local dates with time are; null for UTC
 * @param ignore texts that may stand before or behind a number, such as {@code €} or {@code %}
 */
public record Reading(
        boolean trim,
        LetterCase letterCase,
        List<String> nullTokens,
        @Nullable String defaultValue,
        Map<String, String> values,
        Unmapped unmapped,
        List<@NotBlank String> formats,
        @Nullable Locale locale,
        @Nullable ZoneId zone,
        List<@NotEmpty String> ignore) {

    /** Every cell as it is. */
    public static final Reading PLAIN = new Reading(
            false, LetterCase.KEEP, List.of(), null, Map.of(), Unmapped.REJECT, List.of(), null, null, List.of());

    public Reading {
        nullTokens = List.copyOf(nullTokens);
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        formats = List.copyOf(formats);
        ignore = List.copyOf(ignore);
    }

    /**
     * The same reading with another default.
     *
     * @param text to read where there is no value
     * @return a copy
     */
    public Reading withDefault(String text) {
        return new Reading(trim, letterCase, nullTokens, text, values, unmapped, formats, locale, zone, ignore);
    }

    /** What becomes of the letters of a text. */
    public enum LetterCase {
        /** They stay as they are. */
        KEEP,
        /** They become lower case. */
        LOWER,
        /** They become upper case. */
        UPPER
    }

    /** What to do with a text that is not in the value map. */
    public enum Unmapped {
        /** The row is rejected. */
        REJECT,
        /** It is read as it is. */
        KEEP,
        /** It means no value. */
        NULL
    }
}
