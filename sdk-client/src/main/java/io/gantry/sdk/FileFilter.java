// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.Locale;

/** What an export is for. */
public enum FileFilter {
    /** For moving services to another tenant; only these files can be imported again. */
    MIGRATE,
    /** For hybrid deployments. */
    ONPREMISES;

    String onTheWire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
