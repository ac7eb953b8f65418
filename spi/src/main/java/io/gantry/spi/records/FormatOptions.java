// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The options of a format, by name: as definitions hold them, all text.
 *
 * @param values unmodifiable, in order of names
 */
public record FormatOptions(Map<String, String> values) {

    /** No options: the format's defaults. */
    public static final FormatOptions NONE = new FormatOptions(Map.of());

    public FormatOptions {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /**
     * An option's value.
     *
     * @param name the option
     * @return its value, or null when it is not set
     */
    public @Nullable String get(String name) {
        return values.get(name);
    }

    /**
     * An option's value.
     *
     * @param name the option
     * @param otherwise what to give when it is not set
     * @return its value
     */
    public String get(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /**
     * The same options with one set.
     *
     * @param name the option
     * @param value its value
     * @return a copy
     */
    public FormatOptions with(String name, String value) {
        Map<String, String> more = new TreeMap<>(values);
        more.put(name, value);
        return new FormatOptions(more);
    }

    /**
     * The failure for an option that makes no sense.
     *
     * @param name the option
     * @param right what would be right, for people: completes "must be …"
     * @return with code {@code INVALID_OPTION}
     */
    public ProviderException invalid(String name, String right) {
        String value = get(name, "");
        return new ProviderException(
                "INVALID_OPTION",
                FailureKind.DATA,
                "Option '" + name + "' is '" + value + "'; it must be " + right,
                Map.of("option", name, "value", value),
                null);
    }
}
