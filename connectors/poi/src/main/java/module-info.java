// SPDX-License-Identifier: Apache-2.0
/** Workbooks of Excel 97 to 2003, and workbooks behind a password. */
module io.gantry.poi {
    requires transitive io.gantry.spi;
    requires org.apache.poi.poi;
    requires static transitive org.jspecify;

    exports io.gantry.poi;

    uses io.gantry.spi.records.RecordFormat;

    provides io.gantry.spi.records.RecordFormat with
            io.gantry.poi.ExcelFormat;
}
