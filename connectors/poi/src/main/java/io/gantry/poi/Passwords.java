// SPDX-License-Identifier: Apache-2.0
package io.gantry.poi;

import java.util.Optional;

/**
 * Where an application keeps the passwords of workbooks. Definitions and logs only hold the names of passwords. Used by several
 * threads.
 */
@FunctionalInterface
public interface Passwords {

    /**
     * Finds a password.
     *
     * @param name from the option {@code passwordName} of the format
     * @return empty when there is none of that name
     */
    Optional<String> find(String name);
}
