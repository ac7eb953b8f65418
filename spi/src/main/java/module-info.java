// SPDX-License-Identifier: Apache-2.0
/** What a provider of storage, files, datasets, record formats or run engines implements. */
module io.gantry.spi {
    requires static transitive org.jspecify;

    exports io.gantry.spi;
    exports io.gantry.spi.dataset;
    exports io.gantry.spi.document;
    exports io.gantry.spi.file;
    exports io.gantry.spi.records;
    exports io.gantry.spi.run;
    exports io.gantry.spi.schema;
}
