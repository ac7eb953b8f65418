// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.schema;

import java.util.Objects;

/**
 * One field of a dataset.
 *
 * @param name unique in its schema, case-sensitive, not blank
 * @param type the type of its values
 * @param mode whether every row must have a value
 * @param size bounds of the values
 * @param sensitivity whether reports may show values
 * @param description for people; empty when there is none
 */
public record Field(String name, FieldType type, Mode mode, Size size, Sensitivity sensitivity, String description) {

    public Field {
        Objects.requireNonNull(type);
        Objects.requireNonNull(mode);
        Objects.requireNonNull(size);
        Objects.requireNonNull(sensitivity);
        Objects.requireNonNull(description);
        if (name.isBlank()) {
            throw new IllegalArgumentException("A field needs a name");
        }
    }

    /**
     * The bounds a store puts on a field's values; 0 means unbounded.
     *
     * @param length greatest number of characters (STRING, in Unicode code points) or bytes (BYTES)
     * @param precision greatest number of digits of a DECIMAL
     * @param scale digits a DECIMAL may have behind its point; only meaningful with a precision
     */
    public record Size(int length, int precision, int scale) {
        /** No bounds. */
        public static final Size UNBOUNDED = new Size(0, 0, 0);
    }

    /**
     * A nullable, unbounded, public field.
     *
     * @param name its name
     * @param type its type
     * @return the field
     */
    public static Field of(String name, FieldType type) {
        return new Field(name, type, Mode.NULLABLE, Size.UNBOUNDED, Sensitivity.PUBLIC, "");
    }

    /**
     * Whether every row must have a value.
     *
     * @return true for {@link Mode#REQUIRED}
     */
    public boolean isRequired() {
        return mode == Mode.REQUIRED;
    }

    /**
     * The same field, required.
     *
     * @return a copy
     */
    public Field required() {
        return new Field(name, type, Mode.REQUIRED, size, sensitivity, description);
    }

    /**
     * The same field with text of bounded length.
     *
     * @param length characters (STRING) or bytes (BYTES), 0 for any number
     * @return a copy
     */
    public Field length(int length) {
        return new Field(name, type, mode, new Size(length, size.precision, size.scale), sensitivity, description);
    }

    /**
     * The same field with decimal numbers of bounded size.
     *
     * @param precision digits in all, 0 for any number
     * @param scale digits behind the point
     * @return a copy
     */
    public Field decimal(int precision, int scale) {
        return new Field(name, type, mode, new Size(size.length, precision, scale), sensitivity, description);
    }

    /**
     * The same field with another sensitivity.
     *
     * @param sensitivity what reports may show
     * @return a copy
     */
    public Field sensitivity(Sensitivity sensitivity) {
        return new Field(name, type, mode, size, sensitivity, description);
    }

    /**
     * The same field with a description.
     *
     * @param description for people
     * @return a copy
     */
    public Field describedAs(String description) {
        return new Field(name, type, mode, size, sensitivity, description);
    }
}
