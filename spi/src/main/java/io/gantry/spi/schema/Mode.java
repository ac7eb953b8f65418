// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.schema;

/** Whether a field must have a value. */
public enum Mode {
    /** Every row has a value. */
    REQUIRED,
    /** A row may go without. */
    NULLABLE,
    /** A new row may go without: the store makes a value for it, such as the next number. */
    DEFAULTED,
    /** The store computes the value of every row: it can be read, and not be loaded. */
    READ_ONLY
}
