// SPDX-License-Identifier: Apache-2.0
/** The contract suites that every provider must pass, with a settable clock and scripted fakes. */
module io.gantry.testkit {
    requires transitive io.gantry.spi;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;
    requires static transitive org.jspecify;

    exports io.gantry.testkit;

    opens io.gantry.testkit;
}
