// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.schema;

/** Whether a field must have a value. */
public enum Mode {
    /** Every row has a value. */
    REQUIRED,
    /** A row may go without. */
    NULLABLE
}
