// SPDX-License-Identifier: Apache-2.0
/** The engine: pipelines, mapping, validation, runs, reports, rollback. */
module io.gantry.core {
    requires transitive io.gantry.spi;
    requires static transitive org.jspecify;

    provides io.gantry.spi.records.RecordFormat with
            io.gantry.records.xlsx.XlsxFormat;
}
