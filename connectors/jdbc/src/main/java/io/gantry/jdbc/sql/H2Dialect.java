// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import io.gantry.spi.schema.FieldType;

/** H2. */
public final class H2Dialect extends Dialect {

    @Override
    public boolean comparesBytes() {
        return true;
    }

    @Override
    public boolean countsHalves() {
        return true;
    }

    @Override
    public boolean holdsInfinity() {
        return true;
    }

    @Override
    public boolean holdsNoNumber() {
        return true;
    }

    @Override
    public String same(String left, String right) {
        return left + " IS NOT DISTINCT FROM " + right;
    }

    @Override
    public String exactText(String value, TableColumn column) {
        return column.hasType("varchar_ignorecase") ? "CAST(" + value + " AS VARCHAR)" : value;
    }

    @Override
    public String ordered(String value, TableColumn column) {
        return column.fieldType() == FieldType.STRING ? "STRINGTOUTF8(" + value + ")" : value;
    }

    @Override
    public String position(String part, String text, TableColumn column) {
        return "LOCATE(" + exact(part, column) + ", " + exact(text, column) + ")";
    }

    @Override
    public String createStage() {
        return "CREATE LOCAL TEMPORARY TABLE ";
    }

    @Override
    public boolean temporaryStage() {
        return true;
    }

    @Override
    public boolean checksRowByRow() {
        return true;
    }

    @Override
    public String overriding() {
        return " OVERRIDING SYSTEM VALUE";
    }

    @Override
    public String returning(String insert, String columns) {
        return "SELECT " + columns + " FROM FINAL TABLE (" + insert + ")";
    }
}
