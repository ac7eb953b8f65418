// SPDX-License-Identifier: Apache-2.0
package io.gantry.poi;

import java.util.Optional;

/**
 * A password under its name. Not a record: those show their components.
 */
final class Password {

    /** No password is named. */
    static final Password NONE = new Password("", Optional.empty());

    private final String name;
    private final String text;
    private final boolean known;

    Password(String name, Optional<String> found) {
        this.name = name;
        this.known = found.isPresent();
        this.text = found.orElse("");
    }

    /** The name; empty when none is given. */
    String name() {
        return name;
    }

    boolean isKnown() {
        return known;
    }

    String text() {
        return text;
    }
}
