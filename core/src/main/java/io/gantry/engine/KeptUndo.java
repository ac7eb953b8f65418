// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.Principal;
import io.gantry.run.RunStatus;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.UndoableDataset;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentQuery.Operator;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What datasets keep to undo runs: for how long, and that they forget it then. Each run that can be undone has a document that
 * all engines see, from the commit that ends it to the commit that follows the forgetting.
 */
final class KeptUndo {

    /** What the document store is told of it. */
    static final DocumentKind KIND = new DocumentKind("kept_undo", Map.of("until", DocumentKind.Type.TIME));

    private static final Logger LOG = LoggerFactory.getLogger(KeptUndo.class);

    /** How long nobody looks after nothing was found to be forgotten. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** How long nobody else tries to forget what someone tries to forget. */
    private static final Duration TRIES = Duration.ofHours(1);

    private final Engine engine;
    private volatile Instant nextLook = Instant.MIN;

    KeptUndo(Engine engine) {
        this.engine = engine;
    }

    private record Entry(String tenant, String run, String dataset) {}

    /** Has what it takes to undo a run that ends kept for as long as its tenant wants, if there is anything to undo. */
    static RunState keep(Engine engine, String tenant, RunState ended, Journal.Draft draft) {
        RunState.Result result = ended.result();
        boolean loaded = ended.status() == RunStatus.SUCCEEDED || ended.status() == RunStatus.PARTIAL;
        if (!loaded || !ended.order().loads() || ended.isPreview() || result == null) {
            return ended;
        }
        if (result.counts().loaded() + result.counts().deleted() == 0) {
            return ended;
        }
        String name = new PipelineDocuments(engine.documents(), tenant).dataset(ended);
        boolean undoable = engine.datasets()
                .apply(tenant, name)
                .filter(UndoableDataset.class::isInstance)
                .isPresent();
        if (!undoable) {
            return ended;
        }
        Duration kept = Duration.ofDays(SettingsBook.of(engine, tenant).undoDays());
        Instant until = engine.clock().instant().plus(kept);
        draft.insert(document(new Entry(tenant, ended.id(), name), 1, until));
        return ended.undoable(until);
    }

    private static Document document(Entry entry, long revision, Instant until) {
        return new Document(Engine.SHARED, KIND.name(), entry.run, revision, Map.of("until", until), Json.write(entry));
    }

    /** Has nothing kept for a run that was taken back. */
    static void drop(Engine engine, String run, Journal.Draft draft) {
        engine.documents().find(Engine.SHARED, KIND.name(), run).ifPresent(draft::delete);
    }

    /** Fails when a run is not to be taken back any more. */
    static void check(Engine engine, RunState run) {
        Instant until = run.undoUntil();
        if (until != null && !engine.clock().instant().isBefore(until)) {
            throw new GantryException(
                    ErrorCode.UNDO_EXPIRED,
                    "Run '" + run.id() + "' could be rolled back until " + until
                            + "; what that takes is not kept any longer, as the tenant's settings say",
                    Map.of("until", until.toString()),
                    null);
        }
    }

    /** Has a dataset forget one run, if the time for one is over; false when there is none. */
    boolean forgetNext() {
        Instant now = engine.clock().instant();
        if (now.isBefore(nextLook)) {
            return false;
        }
        // behind the last moment at which an engine with a slow clock may have begun to take it back
        Optional<Document> due = engine
                .documents()
                .query(DocumentQuery.of(Engine.SHARED, KIND.name())
                        .where("until", Operator.LESS, now.minus(engine.lease()))
                        .orderBy("until", false)
                        .page(1, null))
                .documents()
                .stream()
                .findFirst();
        if (due.isEmpty()) {
            nextLook = now.plus(PAUSE);
            return false;
        }
        forget(due.get(), now);
        return true;
    }

    private void forget(Document due, Instant now) {
        Entry entry = Json.read(due.body(), Entry.class);
        if (!begin(entry, due.revision(), now)) {
            return;
        }
        try {
            Dataset dataset = engine.dataset(entry.tenant, entry.dataset);
            if (dataset instanceof UndoableDataset undoable) {
                undoable.forgetUndo(entry.run);
            }
        } catch (ProviderException | GantryException e) {
            LOG.debug("What it takes to undo a run cannot be forgotten now: run={}", entry.run, e);
            return;
        }
        engine.journal().commit(entry.tenant, draft -> {
            Optional<Document> tried = find(entry, due.revision() + 1);
            tried.ifPresent(draft::delete);
            tried.ifPresent(
                    document -> draft.note(Principal.ENGINE, "RUN_UNDO_FORGET", "run:" + entry.run, null, null, null));
            return tried.isPresent();
        });
    }

    /** Keeps others from forgetting it, too, and from taking the run back from now on; false when it is not to be forgotten. */
    private boolean begin(Entry entry, long revision, Instant now) {
        return engine.journal().commit(entry.tenant, draft -> {
            Optional<Document> due = find(entry, revision);
            if (due.isEmpty()) {
                return false; // someone else is at it
            }
            Optional<RunState> run = engine.documents()
                    .find(entry.tenant, RunState.KIND.name(), entry.run)
                    .map(RunState::of)
                    .filter(found -> found.status() != RunStatus.ROLLED_BACK);
            if (run.isEmpty()) {
                draft.delete(due.get());
                return false;
            }
            draft.replace(document(entry, revision + 1, now.plus(TRIES)));
            if (run.get().rollback() != null) {
                return false; // it is being taken back at this moment
            }
            draft.replace(run.get().touched().document(entry.tenant));
            return true;
        });
    }

    private Optional<Document> find(Entry entry, long revision) {
        return engine.documents()
                .find(Engine.SHARED, KIND.name(), entry.run)
                .filter(document -> document.revision() == revision);
    }
}
