// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

/** A database that is none of those known by name, taken to know standard SQL. */
public final class StandardDialect extends Dialect {

    @Override
    public boolean checksRowByRow() {
        return true;
    }

    @Override
    public boolean listsKeys() {
        return false;
    }

    @Override
    public boolean returns() {
        return false;
    }
}
