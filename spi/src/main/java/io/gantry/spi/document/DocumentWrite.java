// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.document;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One change of one document. */
public sealed interface DocumentWrite {

    /**
     * Whose document it changes.
     *
     * @return the tenant
     */
    String tenant();

    /**
     * What it changes.
     *
     * @return the document's kind
     */
    String kind();

    /**
     * Which document it changes.
     *
     * @return the document's id
     */
    String id();

    /**
     * Checks that no document is changed twice. A store does so before it writes.
     *
     * @param writes what shall be done in one step
     * @throws ProviderException with code {@code DOCUMENT_INVALID} when one is
     */
    static void check(List<DocumentWrite> writes) {
        Set<List<String>> seen = new HashSet<>();
        for (DocumentWrite write : writes) {
            if (!seen.add(List.of(write.tenant(), write.kind(), write.id()))) {
                throw DocumentText.invalid(
                        "The " + write.kind() + " '" + write.id() + "' is written twice in one commit");
            }
        }
    }

    /**
     * The failure for a document that is not as this write expects it to be.
     *
     * @return with code {@code REVISION_CONFLICT}
     */
    default ProviderException conflict() {
        return new ProviderException(
                "REVISION_CONFLICT",
                FailureKind.DENIED,
                "The " + kind() + " '" + id() + "' was changed by someone else at the same time",
                Map.of("kind", kind(), "id", id()),
                null);
    }

    /**
     * Adds a document that is not there.
     *
     * @param document its revision is 1
     */
    record Insert(Document document) implements DocumentWrite {

        public Insert {
            if (document.revision() != 1) {
                throw DocumentText.invalid(
                        "A document to insert has revision " + document.revision() + "; it must be 1");
            }
        }

        @Override
        public String tenant() {
            return document.tenant();
        }

        @Override
        public String kind() {
            return document.kind();
        }

        @Override
        public String id() {
            return document.id();
        }
    }

    /**
     * Replaces a document that is there.
     *
     * @param document its revision is one more than that of the document to replace
     */
    record Replace(Document document) implements DocumentWrite {

        public Replace {
            if (document.revision() < 2) {
                throw DocumentText.invalid("A document that replaces another has revision 1; it must be at least 2");
            }
        }

        @Override
        public String tenant() {
            return document.tenant();
        }

        @Override
        public String kind() {
            return document.kind();
        }

        @Override
        public String id() {
            return document.id();
        }
    }

    /**
     * Deletes a document that is there.
     *
     * @param tenant whose
     * @param kind which kind
     * @param id its id
     * @param revision which it must have
     */
    record Delete(String tenant, String kind, String id, long revision) implements DocumentWrite {

        public Delete {
            DocumentText.checkName("tenant", tenant, Document.LONGEST_TENANT);
            DocumentText.checkName("id", id, Document.LONGEST_ID);
        }
    }
}
