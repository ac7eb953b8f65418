// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.Locale;

/** Which versions of the services an export takes. */
public enum VersionFilter {
    /** Only the latest version. */
    LATEST,
    /** Every version. */
    ALL;

    String onTheWire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
