// SPDX-License-Identifier: Apache-2.0
package io.gantry.pipeline;

/** Which way a pipeline moves rows. */
public enum Direction {
    /** From a file into a dataset. */
    IMPORT,
    /** From a dataset into a file. */
    EXPORT
}
