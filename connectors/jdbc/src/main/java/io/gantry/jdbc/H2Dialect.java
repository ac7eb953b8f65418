// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.spi.schema.FieldType;

/** H2. */
final class H2Dialect extends Dialect {

    @Override
    boolean comparesBytes() {
        return true;
    }

    @Override
    boolean countsHalves() {
        return true;
    }

    @Override
    boolean holdsInfinity() {
        return true;
    }

    @Override
    boolean holdsNoNumber() {
        return true;
    }

    @Override
    String same(String left, String right) {
        return left + " IS NOT DISTINCT FROM " + right;
    }

    @Override
    String exactText(String value, TableColumn column) {
        return column.hasType("varchar_ignorecase") ? "CAST(" + value + " AS VARCHAR)" : value;
    }

    @Override
    String ordered(String value, TableColumn column) {
        return column.fieldType() == FieldType.STRING ? "STRINGTOUTF8(" + value + ")" : value;
    }

    @Override
    String position(String part, String text, TableColumn column) {
        return "LOCATE(" + exact(part, column) + ", " + exact(text, column) + ")";
    }

    @Override
    String createStage() {
        return "CREATE LOCAL TEMPORARY TABLE ";
    }

    @Override
    boolean temporaryStage() {
        return true;
    }

    @Override
    boolean checksRowByRow() {
        return true;
    }

    @Override
    String overriding() {
        return " OVERRIDING SYSTEM VALUE";
    }

    @Override
    String returning(String insert, String columns) {
        return "SELECT " + columns + " FROM FINAL TABLE (" + insert + ")";
    }
}
