// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.document;

/** One change of one document. */
public sealed interface DocumentWrite {

    /**
     * Adds a document that is not there.
     *
     * @param document its revision is 1
     */
    record Insert(Document document) implements DocumentWrite {}

    /**
     * Replaces a document that is there.
     *
     * @param document its revision is one more than that of the document to replace
     */
    record Replace(Document document) implements DocumentWrite {}

    /**
     * Deletes a document that is there.
     *
     * @param tenant whose
     * @param kind which kind
     * @param id its id
     * @param revision which it must have
     */
    record Delete(String tenant, String kind, String id, long revision) implements DocumentWrite {}
}
