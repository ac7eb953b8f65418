// SPDX-License-Identifier: Apache-2.0
/** Suites that run whole pipelines against a provider's own datasets; whoever has them has the contract suites, too. */
module io.gantry.testkit.runs {
    requires transitive io.gantry.core;
    requires transitive io.gantry.testkit;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;
    requires static transitive org.jspecify;

    exports io.gantry.testkit.crash;
    exports io.gantry.testkit.runs;

    opens io.gantry.testkit.crash;
    opens io.gantry.testkit.runs;

    uses io.gantry.spi.records.RecordFormat;
}
