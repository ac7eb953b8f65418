// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.schema;

/** How much harm it does when a field's values are seen by the wrong person. */
public enum Sensitivity {
    /** May be shown in reports, previews and messages. */
    PUBLIC,
    /** Tells something about a person: reports hide the values. */
    PERSONAL,
    /** Never leaves the dataset unmasked: reports hide the values. */
    SECRET;

    /**
     * Whether reports, previews and messages leave the values out.
     *
     * @return true for everything but {@link #PUBLIC}
     */
    public boolean hidesValues() {
        return this != PUBLIC;
    }
}
