// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

/** A dataset that can be read. */
public interface ReadableDataset extends Dataset {

    /**
     * Opens the rows that a selection asks for, as they are at one instant, in the order of the key where there is one.
     *
     * @param selection its fields and filter are known to fit the schema
     * @return to be closed by the caller
     */
    DatasetReader read(Selection selection);
}
