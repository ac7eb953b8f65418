// SPDX-License-Identifier: Apache-2.0
/** The typed client of remote ImpEx servers. */
module io.gantry.sdk {
    requires static transitive org.jspecify;

    exports io.gantry.sdk;
}
