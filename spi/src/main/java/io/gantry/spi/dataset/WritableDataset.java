// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

import java.util.Set;

/** A dataset that can be loaded. */
public interface WritableDataset extends Dataset {

    /**
     * The load modes it knows.
     *
     * @return at least one
     */
    Set<LoadMode> modes();

    /**
     * Begins a load. Nothing of it is seen by others before {@link DatasetWriter#apply}.
     *
     * @param load its mode is one of {@link #modes}, its fields and keys are known to fit the schema
     * @return to be closed by the caller
     */
    DatasetWriter write(Load load);
}
