// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.local.InMemoryDocumentStore;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentPage;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.document.DocumentWrite;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does with its commits what it is told to, one after the other, and then what it should. */
final class LosingDocuments implements DocumentStore {

    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final Deque<Consumer<List<DocumentWrite>>> fates = new ArrayDeque<>();
    private final List<List<DocumentWrite>> commits = new ArrayList<>();
    private boolean away;

    static ProviderException lost() {
        return new ProviderException(
                "STORE_LOST", FailureKind.UNKNOWN_OUTCOME, "The store was lost while it committed");
    }

    private static ProviderException away() {
        return new ProviderException("STORE_AWAY", FailureKind.TRANSIENT, "The store is away; nothing was changed");
    }

    /** What becomes of the next commit of which that was not said yet. */
    void next(Consumer<List<DocumentWrite>> fate) {
        fates.add(fate);
    }

    void away(boolean isAway) {
        away = isAway;
    }

    InMemoryDocumentStore real() {
        return store;
    }

    List<List<DocumentWrite>> commits() {
        return commits;
    }

    void commitThenLose() {
        fates.add(writes -> {
            store.commit(writes);
            throw lost();
        });
    }

    void lose() {
        fates.add(writes -> {
            throw lost();
        });
    }

    void failTransiently() {
        fates.add(writes -> {
            throw away();
        });
    }

    /** The store is lost, and what was committed is there only once the next commit is about to be made. */
    void loseThenArriveBefore(Runnable next) {
        fates.add(writes -> {
            fates.addFirst(later -> {
                store.commit(writes);
                next.run();
                store.commit(later);
            });
            throw lost();
        });
    }

    @Override
    public void open(Collection<DocumentKind> kinds) {
        store.open(kinds);
    }

    private <T> T ask(Function<DocumentStore, T> question) {
        if (away) {
            throw away();
        }
        return question.apply(store);
    }

    @Override
    public Optional<Document> find(String tenant, String kind, String id) {
        return ask(asked -> asked.find(tenant, kind, id));
    }

    @Override
    public DocumentPage query(DocumentQuery query) {
        return ask(asked -> asked.query(query));
    }

    @Override
    public long count(DocumentQuery query) {
        return ask(asked -> asked.count(query));
    }

    @Override
    public void commit(List<DocumentWrite> writes) {
        commits.add(writes);
        Consumer<List<DocumentWrite>> fate = fates.poll();
        if (fate == null) {
            store.commit(writes);
        } else {
            fate.accept(writes);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
