// SPDX-License-Identifier: Apache-2.0
/** What a provider of storage, files, datasets, record formats or run engines implements. */
module io.gantry.spi {
    requires static org.jspecify;

    exports io.gantry.spi;
}
