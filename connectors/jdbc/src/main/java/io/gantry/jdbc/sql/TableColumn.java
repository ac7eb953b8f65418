// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import io.gantry.spi.schema.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * A column as the database's metadata describes it.
 *
 * @param name its exact name
 * @param type the type of field it can be, or null when there is none
 * @param jdbcType one of {@link java.sql.Types}
 * @param typeName the database's name of its type
 * @param size greatest length or number of digits; 0 for unbounded
 * @param digits digits behind the point, or of a second; 0 where that says nothing
 * @param nullable whether it takes nulls
 * @param defaulted whether it gets a value by itself
 * @param computed whether it is always computed, and takes no values
 * @param always whether the database makes up its value whenever it is not told to be overridden
 * @param sequence the quoted name of the sequence from which it gets values by itself; empty where there is none
 * @param storage how to name the type that holds the same values without constraints, or empty where there is no need
 * @param cast the type that values of {@code storage} must be cast to, or empty where there is no need
 * @param bytewise whether two values are equal to the database just when their bytes are
 */
public record TableColumn(
        String name,
        @Nullable FieldType type,
        int jdbcType,
        String typeName,
        int size,
        int digits,
        boolean nullable,
        boolean defaulted,
        boolean computed,
        boolean always,
        String sequence,
        String storage,
        String cast,
        boolean bytewise) {

    public boolean hasType(String name) {
        return typeName.equalsIgnoreCase(name);
    }

    /** Whether a new row must bring a value. */
    public boolean required() {
        return !nullable && !defaulted && !computed;
    }

    /** Whether its values are exchanged as text, which the database itself converts. */
    public boolean isText() {
        return !cast.isEmpty();
    }

    public FieldType fieldType() {
        if (type == null) {
            throw new IllegalStateException(name + " is no field");
        }
        return type;
    }
}
