// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import io.gantry.spi.document.DocumentStore;

/**
 * What every {@link DocumentStore} must do. A provider's author extends it, implements the hooks, and inherits the tests.
 */
public abstract class DocumentStoreContract
        implements DocumentWrites,
                DocumentRefusals,
                DocumentValues,
                DocumentSearches,
                DocumentPaging,
                DocumentRaces,
                DocumentReopening {

    /** For the test class that extends the suite. */
    protected DocumentStoreContract() {}

    /**
     * Makes a new, empty store. What is written to it is seen in none made before or after.
     *
     * @return not opened yet; the suite opens and closes it
     */
    protected abstract DocumentStore create();

    /**
     * Makes a store with the documents of another.
     *
     * @param store made by {@link #create} or by this; closed, unless stores {@link #areShared}
     * @return not opened yet; the given store itself where it may be opened again
     */
    protected abstract DocumentStore again(DocumentStore store);

    /**
     * Whether several stores may be open at the same time with the same documents, as when each is a process.
     *
     * @return true unless overridden
     */
    protected boolean areShared() {
        return true;
    }
}
