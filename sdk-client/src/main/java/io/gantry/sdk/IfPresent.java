// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.Locale;

/** What an import does when a service exists already. */
public enum IfPresent {
    /** The whole import fails. */
    ABORT,
    /** The service is replaced with its versions; its call history is lost. */
    REPLACE,
    /** The versions are added to the service. */
    ADD_VERSION;

    String onTheWire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
