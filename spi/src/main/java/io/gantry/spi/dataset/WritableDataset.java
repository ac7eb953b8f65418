// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

import io.gantry.spi.schema.Reference;
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
     * Whether its writers can check a reference: those they cannot, the engine checks by asking the other dataset.
     *
     * @param reference to a dataset that the engine knows under the reference's name
     * @return true when a load may have this reference among its rules
     */
    default boolean resolves(Reference reference) {
        return false;
    }

    /**
     * Begins a load. Nothing of it is seen by others before {@link DatasetWriter#apply}.
     *
     * @param load its mode is one of {@link #modes}, its fields and keys are known to fit the schema
     * @return to be closed by the caller
     */
    DatasetWriter write(Load load);
}
