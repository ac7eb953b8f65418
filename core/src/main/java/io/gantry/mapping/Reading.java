// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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
 * @param trim whether blanks and characters that cannot be seen are dropped around text; around all other types they always
 *     are. All blanks of Unicode count, such as the no-break space, and all marks without width, such as U+200B and U+FEFF
 * @param letterCase what becomes of the letters of a text
 * @param nullTokens texts that mean no value, beside the empty one
 * @param defaultValue the text to read where there is no value; null for none
 * @param values texts and what to read instead, in order
 * @param unmapped what to do with a text that is not in the value map
 * @param formats patterns of dates and times ({@code dd/MM/uuuu}), tried in order, or {@code iso}; {@code hex} or
 *     {@code base64} of bytes; when empty, ISO notation and base64
 * @param locale how numbers and names of months are written; null for a point, no grouping and English
 * @param numbers what stands around the digits of a number
 * @param times what the text of a date or time leaves open
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
        @Valid Numbers numbers,
        @Valid Times times) {

    /** Every cell as it is. */
    public static final Reading PLAIN = new Reading(
            false,
            LetterCase.KEEP,
            List.of(),
            null,
            Map.of(),
            Unmapped.REJECT,
            List.of(),
            null,
            Numbers.PLAIN,
            Times.PLAIN);

    public Reading {
        nullTokens = List.copyOf(nullTokens);
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        formats = List.copyOf(formats);
    }

    /**
     * The same reading with another default.
     *
     * @param text to read where there is no value
     * @return a copy
     */
    public Reading withDefault(String text) {
        return new Reading(trim, letterCase, nullTokens, text, values, unmapped, formats, locale, numbers, times);
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

    /**
     * What stands around the digits of a number.
     *
     * @param ignore texts that may stand before or behind a number and do not change it, such as {@code €}
     * @param negative how negative numbers are written; a number written in another way is not read
     * @param percent whether a number with a percent sign is a hundredth of what is written: {@code 15%} is 0.15, as a percent
     *     cell of a workbook is. A number without the sign is read as it is
     */
    public record Numbers(
            List<@NotEmpty String> ignore, @NotEmpty List<Negative> negative, boolean percent) {

        /** A minus in front, and nothing else. */
        public static final Numbers PLAIN = new Numbers(List.of(), List.of(Negative.LEADING), false);

        public Numbers {
            ignore = List.copyOf(ignore);
            negative = List.copyOf(negative);
        }
    }

    /** A way to write negative numbers. */
    public enum Negative {
        /** {@code -250.00}. */
        LEADING,
        /** {@code 250.00-}. */
        TRAILING,
        /** {@code (250.00)}. */
        PARENTHESES,
        /** The minus sign U+2212, or a dash, wherever a minus may stand. */
        MINUS_SIGN,
        /** {@code CR 250.00} or {@code 250.00 CR}; {@code DR} marks positive numbers. */
        CREDIT,
        /** {@code DR 250.00} or {@code 250.00 DR}; {@code CR} marks positive numbers. */
        DEBIT
    }

    /**
     * What the text of a date or time leaves open.
     *
     * @param zone where local dates with time are; null for UTC
     * @param pivot the latest year that a year of two digits may mean, such as 2030: then {@code 30} is 2030 and {@code 31} is
     *     1931; null when there are no such years
     * @param clockChange what to do with a local time that the clocks skip or show twice
     */
    public record Times(
            @Nullable ZoneId zone,
            @Nullable @Min(1000) @Max(9999) Integer pivot,
            ClockChange clockChange) {

        /** Timestamps are in UTC, years have four digits. */
        public static final Times PLAIN = new Times(null, null, ClockChange.REJECT);
    }

    /** What to do with a local time that the clocks skip when they go forward, or show twice when they go back. */
    public enum ClockChange {
        /** The row is rejected. */
        REJECT,
        /** It is the earlier of the two instants that it may mean. */
        EARLIER,
        /** It is the later of the two instants that it may mean. */
        LATER
    }
}
