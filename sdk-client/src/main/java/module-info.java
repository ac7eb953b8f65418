// SPDX-License-Identifier: Apache-2.0
/** The typed client of remote ImpEx servers. */
module io.gantry.sdk {
    requires transitive okhttp3;
    requires com.fasterxml.jackson.databind;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.gantry.sdk;
}
