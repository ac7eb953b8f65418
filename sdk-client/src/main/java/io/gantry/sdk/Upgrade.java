// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.Locale;

/** The number of an added version. */
public enum Upgrade {
    /** The next major version. */
    MAJOR,
    /** The next minor version. */
    MINOR,
    /** The next patch version. */
    PATCH;

    String onTheWire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
