// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

/** What a run is for. */
public enum RunMode {
    /** Loads the dataset, or writes the file. */
    LOAD,
    /** Looks what a load would do, and does nothing. */
    PREVIEW
}
