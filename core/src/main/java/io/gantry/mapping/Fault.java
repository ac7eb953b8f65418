// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping;

import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong with a definition.
 *
 * @param path where, such as {@code columns[2].to}
 * @param message what is wrong and what would be right, for people
 * @param suggestion the nearest right name, where one is near
 */
public record Fault(String path, String message, @Nullable String suggestion) {

    @Override
    public String toString() {
        return path + ": " + message + (suggestion == null ? "" : "; did you mean '" + suggestion + "'?");
    }
}
