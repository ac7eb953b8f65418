// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

import org.jspecify.annotations.Nullable;

/**
 * Something about a file as a whole that rejects no row, and that a person should know before trusting the rows: lines that
 * were left out, or a choice made on weak evidence.
 *
 * @param code stable, such as {@code COMMENTS_SKIPPED}; never given another meaning
 * @param message for people: what was seen, what was done about it, what would be right
 * @param count how often it was seen; null when it is not countable
 */
public record FileWarning(
        String code, String message, @Nullable Long count) {

    public FileWarning {
        if (code.isBlank() || count != null && count < 0) {
            throw new IllegalArgumentException("A warning has a code, and no negative count");
        }
    }
}
