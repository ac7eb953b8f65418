// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentPage;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.document.DocumentWrite;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A store of which one call fails. Used by one thread. */
final class FailingDocuments implements DocumentStore {

    /** How a call fails. */
    enum Failure {
        /** Nothing is done. */
        TRANSIENT,
        /** Nothing is done, and it cannot be told. */
        UNKNOWN_NOT_DONE,
        /** It is done, and it cannot be told. */
        UNKNOWN_DONE;

        private ProviderException exception() {
            return this == TRANSIENT
                    ? new ProviderException(
                            "STORE_AWAY", FailureKind.TRANSIENT, "The store is away; nothing was changed")
                    : new ProviderException(
                            "STORE_LOST", FailureKind.UNKNOWN_OUTCOME, "The store got lost while it was written to");
        }
    }

    private final DocumentStore store;
    private Failure failure = Failure.TRANSIENT;
    private int left = -1;

    FailingDocuments(DocumentStore store) {
        this.store = store;
    }

    /** Has a call fail: the next, when it is the first, or one later. Commits alone, unless nothing is done. */
    void fail(int call, Failure how) {
        left = call;
        failure = how;
    }

    /** Whether the call that is to fail was not made yet; no call fails any more. */
    boolean isUnused() {
        boolean unused = left > 0;
        left = -1;
        return unused;
    }

    private boolean isDue(boolean commit) {
        return (commit || failure == Failure.TRANSIENT) && left > 0 && --left == 0;
    }

    private <T> T read(Supplier<T> call) {
        if (isDue(false)) {
            throw failure.exception();
        }
        return call.get();
    }

    @Override
    public void open(Collection<DocumentKind> kinds) {
        store.open(kinds);
    }

    @Override
    public Optional<Document> find(String tenant, String kind, String id) {
        return read(() -> store.find(tenant, kind, id));
    }

    @Override
    public DocumentPage query(DocumentQuery query) {
        return read(() -> store.query(query));
    }

    @Override
    public long count(DocumentQuery query) {
        return read(() -> store.count(query));
    }

    @Override
    public void commit(List<DocumentWrite> writes) {
        boolean due = isDue(true);
        if (!due || failure == Failure.UNKNOWN_DONE) {
            store.commit(writes);
        }
        if (due) {
            throw failure.exception();
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
