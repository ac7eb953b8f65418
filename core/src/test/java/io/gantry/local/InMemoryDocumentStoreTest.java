// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import io.gantry.spi.document.DocumentStore;
import io.gantry.testkit.DocumentStoreContract;

class InMemoryDocumentStoreTest extends DocumentStoreContract {

    @Override
    protected DocumentStore create() {
        return new InMemoryDocumentStore();
    }

    @Override
    protected DocumentStore again(DocumentStore store) {
        return store;
    }

    @Override
    protected boolean areShared() {
        return false;
    }
}
