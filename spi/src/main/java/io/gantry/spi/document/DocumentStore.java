// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.document;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Keeps documents. Safe for use by several threads, and, where the store is shared, by several processes.
 *
 * <p><b>Atomicity.</b> A commit is done whole or not at all, also when the process or the store's machine dies in the midst
 * of it. Once {@link #commit} has returned, its changes are kept as well as the store can keep anything.
 *
 * <p><b>Isolation.</b> Each call of {@link #find}, {@link #query} or {@link #count} sees the store as it was at one instant,
 * all of a commit or nothing of it, and never an instant before the call began: what was committed until then, by whatever
 * thread or process, is seen. Two calls, and so two pages of a query, may see two instants. The expectations of a commit
 * are judged at the instant at which its changes are made: of several commits that expect the same revision of a document,
 * one is done and the others conflict. A commit depends on no documents but those it writes.
 *
 * <p><b>Failures</b> are {@link io.gantry.spi.ProviderException}s. By their code: what a document or query may not be is
 * refused with {@code DOCUMENT_KIND_UNKNOWN}, {@code DOCUMENT_ATTRIBUTE_UNKNOWN}, {@code DOCUMENT_INVALID},
 * {@code DOCUMENT_LIMIT_EXCEEDED}, {@code DOCUMENT_TEXT_INVALID} or {@code INVALID_CURSOR}, all of kind {@code DATA}, before
 * anything is changed; use before {@link #open} or after {@link #close} with {@code STORE_CLOSED}. By their kind:
 * {@code TRANSIENT} when the store is away or too busy, and nothing was changed; {@code UNKNOWN_OUTCOME} when it got lost
 * while a commit was being made final, so that only a look at the documents can tell whether it was; {@code INTERNAL} for
 * all that should never be.
 */
public interface DocumentStore extends AutoCloseable {

    /**
     * Declares the kinds of documents that will be kept; called once, before anything else. A kind that was declared
     * before, by this process or an earlier one, may have gained attributes: documents that are there have no values of
     * these until they are replaced. An attribute that is no longer declared keeps its values, but need not be given back. A
     * store that is shared may be opened by several processes at the same time.
     *
     * @param kinds all kinds
     * @throws io.gantry.spi.ProviderException with code {@code DOCUMENT_KIND_CHANGED} and kind {@code DATA} when an
     *     attribute was declared with another type before
     */
    void open(Collection<DocumentKind> kinds);

    /**
     * Finds a document.
     *
     * @param tenant any text
     * @param kind which kind
     * @param id any text; one that no document can have finds nothing
     * @return the document as last committed, if there is one
     */
    Optional<Document> find(String tenant, String kind, String id);

    /**
     * Finds documents by their attributes.
     *
     * @param query which
     * @return the first page, or the page after the query's cursor
     */
    DocumentPage query(DocumentQuery query);

    /**
     * How many documents a query finds on all its pages together.
     *
     * @param query its order, limit and cursor do not matter
     * @return 0 or more
     */
    long count(DocumentQuery query);

    /**
     * Makes several changes in one step: all of them or none.
     *
     * @param writes what to change; no document twice. Nothing happens when there are none
     * @throws io.gantry.spi.ProviderException with code {@code REVISION_CONFLICT} and kind {@code DENIED} when a document is
     *     not as a write expects it to be: then nothing was changed
     */
    void commit(List<DocumentWrite> writes);

    /** Ends the use of the store. Waits for nothing; closing twice does nothing more. */
    @Override
    void close();
}
