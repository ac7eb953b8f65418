// SPDX-License-Identifier: Apache-2.0
/** An ImpEx server in memory, for tests. */
module io.gantry.sdk.testserver {
    requires jdk.httpserver;
    requires com.fasterxml.jackson.databind;
    requires static transitive org.jspecify;

    exports io.gantry.sdk.testserver;
}
