// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.GantryException;
import io.gantry.spi.FailureKind;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.document.DocumentWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The commits of one decision of which it could not be told whether they were made, because the store was lost meanwhile.
 *
 * <p>One that is not there may still arrive. But then it has taken the number in the chain, or the revisions, that the next
 * attempt wants: that one conflicts, and the first is found when it is looked for again. So the decision is made once.
 *
 * @param <T> what the decision results in
 */
final class Doubts<T> {

    /** A store that is lost that often while it commits is not asked for more. */
    private static final int MOST = 3;

    private final DocumentStore documents;
    private final List<Doubt<T>> doubts = new ArrayList<>();

    private record Doubt<T>(List<DocumentWrite> writes, T result, GantryException failure) {}

    /** What of a write can be seen. */
    private enum Sight {
        THERE,
        NOT_THERE,
        /** Someone has changed or deleted the document since. */
        UNTOLD
    }

    Doubts(DocumentStore documents) {
        this.documents = documents;
    }

    void add(List<DocumentWrite> writes, T result, GantryException failure) {
        doubts.add(new Doubt<>(List.copyOf(writes), result, failure));
    }

    /**
     * Looks whether one of the commits was made.
     *
     * @return its result; empty when the decision is to be taken anew
     * @throws GantryException what the commit failed with, when that cannot be told
     */
    Optional<T> made() {
        for (Doubt<T> doubt : doubts) {
            Sight sight = sight(doubt);
            if (sight == Sight.THERE) {
                return Optional.of(doubt.result);
            }
            if (sight == Sight.UNTOLD || doubts.size() > MOST) {
                throw doubt.failure;
            }
        }
        return Optional.empty();
    }

    /** What to fail with instead of a later failure: that one tells nothing of the commits before. */
    GantryException failure(GantryException later) {
        boolean telling = later.kind() != FailureKind.TRANSIENT && later.kind() != FailureKind.UNKNOWN_OUTCOME;
        if (doubts.isEmpty() || telling) {
            return later;
        }
        GantryException first = doubts.get(0).failure;
        first.addSuppressed(later);
        return first;
    }

    private Sight sight(Doubt<T> doubt) {
        boolean audited = false;
        boolean all = true;
        for (DocumentWrite write : doubt.writes) {
            Sight sight;
            try {
                sight = sight(write);
            } catch (GantryException e) {
                doubt.failure.addSuppressed(e);
                throw doubt.failure;
            }
            if (sight == Sight.NOT_THERE) {
                return sight;
            }
            audited |= isEvent(write);
            all &= sight == Sight.THERE;
        }
        // an event stays as it is, whatever becomes of the other documents
        return audited || all ? Sight.THERE : Sight.UNTOLD;
    }

    private static boolean isEvent(DocumentWrite write) {
        return write instanceof DocumentWrite.Insert insert
                && insert.document().kind().equals(Journal.EVENTS.name());
    }

    private Sight sight(DocumentWrite write) {
        if (write instanceof DocumentWrite.Delete delete) {
            Optional<Document> found = documents.find(delete.tenant(), delete.kind(), delete.id());
            return found.filter(document -> document.revision() <= delete.revision())
                            .isPresent()
                    ? Sight.NOT_THERE
                    : Sight.UNTOLD;
        }
        Document wanted = write instanceof DocumentWrite.Insert insert
                ? insert.document()
                : ((DocumentWrite.Replace) write).document();
        Optional<Document> found = documents.find(wanted.tenant(), wanted.kind(), wanted.id());
        if (found.isEmpty()) {
            return isEvent(write) ? Sight.NOT_THERE : Sight.UNTOLD;
        }
        if (found.get().revision() > wanted.revision()) {
            return Sight.UNTOLD;
        }
        boolean same = found.get().revision() == wanted.revision()
                && found.get().body().equals(wanted.body());
        return same ? Sight.THERE : Sight.NOT_THERE;
    }
}
