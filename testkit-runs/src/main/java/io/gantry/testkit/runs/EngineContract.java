// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.UndoableDataset;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.schema.Schema;
import java.util.function.Supplier;

/**
 * What must hold of engines that keep their state in one document store and load one dataset, however many of them there are,
 * whatever they do at the same time, and wherever one of them stops. The author of a {@link DocumentStore}, or of a
 * {@link Dataset}, extends it, hands in both, and inherits the tests.
 *
 * <p>For stores that several engines can share, and datasets that are a {@link ReadableDataset} and an
 * {@link UndoableDataset}.
 */
public abstract class EngineContract
        implements EngineMoves,
                EngineSubmissions,
                EngineCancellations,
                EngineRollbacks,
                EngineUndo,
                EngineSettings,
                EngineAudit,
                EngineFairness,
                EngineLimits,
                EngineLeases,
                EngineHandOvers,
                EngineFailures {

    /** For the test class that extends the suite. */
    protected EngineContract() {}

    /**
     * Makes a new, empty place for documents.
     *
     * @return gives a store with the documents of this place each time, for one more engine; not opened yet. Several are open
     *     at the same time, and closing one leaves the others open
     */
    protected abstract Supplier<DocumentStore> documents();

    /**
     * Makes a new, empty dataset.
     *
     * @param name lower-case letters, digits and underscores, never used before; the dataset's name
     * @param schema its fields and key; always the same
     * @return the dataset
     */
    protected abstract Dataset create(String name, Schema schema);

    /** Called when the datasets made so far are not used any more, for stores that would fill up. */
    protected void clear() {}

    /**
     * Which calls of the store are made to fail, one in a test: every first, every second, and so on.
     *
     * @return 1 unless overridden, for all calls; more where a run takes long
     */
    protected int failureStep() {
        return 1;
    }
}
