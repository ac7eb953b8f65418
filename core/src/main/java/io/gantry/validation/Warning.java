// SPDX-License-Identifier: Apache-2.0
package io.gantry.validation;

import io.gantry.spi.records.FileWarning;
import org.jspecify.annotations.Nullable;

/**
 * Something about a file or a run as a whole that rejected no row, and that a person should know before trusting the rows.
 * Warnings about the cells of one column are an {@link IssueSummary} whose {@code warning} is true.
 *
 * @param code stable, the name of a {@link WarningCode} or of a format's own
 * @param message for people: what was seen, what was done about it, what would be right
 * @param count how often it was seen; null when it is not countable
 */
public record Warning(String code, String message, @Nullable Long count) {

    public Warning {
        if (code.isBlank() || count != null && count < 0) {
            throw new IllegalArgumentException("A warning has a code, and no negative count");
        }
    }

    /**
     * A warning without a count.
     *
     * @param code stable
     * @param message for people
     * @return the warning
     */
    public static Warning of(WarningCode code, String message) {
        return new Warning(code.name(), message, null);
    }

    /**
     * A warning with a count.
     *
     * @param code stable
     * @param message for people
     * @param count how often it was seen
     * @return the warning
     */
    public static Warning of(WarningCode code, String message, long count) {
        return new Warning(code.name(), message, count);
    }

    /**
     * A warning of a file format.
     *
     * @param warning as the format gave it
     * @return the same in a report
     */
    public static Warning of(FileWarning warning) {
        return new Warning(warning.code(), warning.message(), warning.count());
    }
}
