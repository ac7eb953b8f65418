// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.document;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Keeps documents. Safe for use by several threads, and, where the store is shared, by several processes. */
public interface DocumentStore extends AutoCloseable {

    /**
     * Declares the kinds of documents that will be kept; called once, before anything else. A kind that was declared
     * before, by this process or an earlier one, may have gained attributes.
     *
     * @param kinds all kinds
     */
    void open(Collection<DocumentKind> kinds);

    /**
     * Finds a document.
     *
     * @param tenant whose
     * @param kind which kind
     * @param id its id
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
     * Makes several changes in one step: all of them or none.
     *
     * @param writes what to change; no document twice
     * @throws io.gantry.spi.ProviderException with code {@code REVISION_CONFLICT} when a document is not as a write
     *     expects it to be: then nothing was changed
     */
    void commit(List<DocumentWrite> writes);

    /** Ends the use of the store. */
    @Override
    void close();
}
