// SPDX-License-Identifier: Apache-2.0
/** Datasets that are tables of a relational database, and documents in one. */
module io.gantry.jdbc {
    requires transitive io.gantry.spi;
    requires transitive java.sql;
    requires static transitive org.jspecify;
    requires static org.checkerframework.checker.qual; // annotations of the driver below
    requires static org.postgresql.jdbc;

    exports io.gantry.jdbc;
}
