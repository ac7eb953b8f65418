// SPDX-License-Identifier: Apache-2.0
package io.gantry.pipeline;

import io.gantry.spi.schema.FieldType;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run may be told: {@code {{name}}} in a constant, a default or the value of a condition stands for its value. Without
 * being declared there are {@code {{ds}}}, the day the run was submitted on (in UTC, {@code 2026-01-31}), {@code {{ts}}}, the
 * moment ({@code 2026-01-31T08:15:00Z}), and {@code {{run}}}, its id.
 *
 * @param name by which it is called
 * @param type what its value is, written in ISO notation
 * @param defaultValue the value of a run that is told none; null when every run must be told one
 * @param oneOf the values it may have; empty when it may have any
 */
public record Parameter(
        @NotNull
        @Pattern(
                regexp = "[a-z][a-z0-9_]{0,49}",
                message = "must be 1 to 50 lower case letters, digits and '_', a letter first")
        String name,

        @NotNull FieldType type,
        @Nullable String defaultValue,
        List<String> oneOf) {

    public Parameter {
        oneOf = List.copyOf(oneOf);
    }

    /**
     * A parameter that every run must be told.
     *
     * @param name by which it is called
     * @param type what its value is
     * @return the parameter
     */
    public static Parameter required(String name, FieldType type) {
        return new Parameter(name, type, null, List.of());
    }

    /**
     * A parameter that a run may be told.
     *
     * @param name by which it is called
     * @param type what its value is
     * @param defaultValue its value else
     * @return the parameter
     */
    public static Parameter optional(String name, FieldType type, String defaultValue) {
        return new Parameter(name, type, defaultValue, List.of());
    }
}
