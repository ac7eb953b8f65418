// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.schema;

/** The types a field may have. Each says the Java class of its values as objects. */
public enum FieldType {
    /** Text of any length; {@link String}. */
    STRING,
    /** A whole number of 64 bits; {@link Long}. */
    INTEGER,
    /** An exact decimal number; {@link java.math.BigDecimal}. */
    DECIMAL,
    /** A binary floating point number of 64 bits; {@link Double}. */
    FLOAT,
    /** True or false; {@link Boolean}. */
    BOOLEAN,
    /** A day of the ISO calendar; {@link java.time.LocalDate}. */
    DATE,
    /** A time of day with microseconds; {@link java.time.LocalTime}. */
    TIME,
    /**
     * An instant with microseconds; {@link java.time.Instant}. A store without zones holds it as the local time of UTC.
     */
    TIMESTAMP,
    /** A universally unique identifier; {@link java.util.UUID}. */
    UUID,
    /** Raw bytes; {@code byte[]}. */
    BYTES
}
