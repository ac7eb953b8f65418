// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

/** A database that is none of those known by name, taken to know standard SQL. */
final class StandardDialect extends Dialect {

    @Override
    boolean checksRowByRow() {
        return true;
    }

    @Override
    boolean listsKeys() {
        return false;
    }

    @Override
    boolean returns() {
        return false;
    }
}
