// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentKind.Type;
import io.gantry.spi.document.DocumentPage;
import io.gantry.spi.document.DocumentQuery;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.document.DocumentWrite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the tests of a document store stand on: an open store with two kinds, and short ways to write and read. */
final class DocumentRig implements AutoCloseable {

    static final String TENANT = "acme";

    /** A kind with an attribute of each type. */
    static final DocumentKind NOTE = new DocumentKind(
            "note", Map.of("word", Type.TEXT, "size", Type.NUMBER, "done", Type.FLAG, "at", Type.TIME));

    /** A kind without attributes. */
    static final DocumentKind PLAIN = new DocumentKind("plain_thing", Map.of());

    private final DocumentStoreContract contract;
    private final DocumentStore store;

    private DocumentRig(DocumentStoreContract contract, DocumentStore store) {
        this.contract = contract;
        this.store = store;
    }

    /** A new, empty store, opened. */
    static DocumentRig of(Object contract) {
        DocumentStoreContract suite = (DocumentStoreContract) contract;
        return new DocumentRig(suite, suite.create()).open(NOTE, PLAIN);
    }

    /** A store with the documents of this one, opened. */
    DocumentRig again(DocumentKind... kinds) {
        return new DocumentRig(contract, contract.again(store)).open(kinds);
    }

    private DocumentRig open(DocumentKind... kinds) {
        store.open(List.of(kinds));
        return this;
    }

    DocumentStoreContract contract() {
        return contract;
    }

    DocumentStore store() {
        return store;
    }

    static Document note(String id, Map<String, Object> attributes) {
        return new Document(TENANT, NOTE.name(), id, 1, attributes, "{\"id\": \"" + id.length() + "\"}");
    }

    static Document word(String id, String word) {
        return note(id, Map.of("word", word));
    }

    static Document number(String id, long size) {
        return note(id, Map.of("size", size));
    }

    /** The same document with its next revision. */
    static Document next(Document document, Map<String, Object> attributes) {
        return new Document(
                document.tenant(),
                document.kind(),
                document.id(),
                document.revision() + 1,
                attributes,
                document.body() + " ");
    }

    static DocumentWrite replaceBy(Document document) {
        return new DocumentWrite.Replace(document);
    }

    static DocumentWrite delete(Document document) {
        return new DocumentWrite.Delete(document.tenant(), document.kind(), document.id(), document.revision());
    }

    void insert(Document... documents) {
        insert(Arrays.asList(documents));
    }

    void insert(List<Document> documents) {
        for (int from = 0; from < documents.size(); from += 250) {
            store.commit(documents.subList(from, Math.min(documents.size(), from + 250)).stream()
                    .<DocumentWrite>map(DocumentWrite.Insert::new)
                    .toList());
        }
    }

    void commit(DocumentWrite... writes) {
        store.commit(List.of(writes));
    }

    @Nullable
    Document find(String id) {
        return store.find(TENANT, NOTE.name(), id).orElse(null);
    }

    static DocumentQuery notes() {
        return DocumentQuery.of(TENANT, NOTE.name());
    }

    /** The documents of all pages. */
    List<Document> all(DocumentQuery query) {
        List<Document> all = new ArrayList<>();
        String cursor = null;
        do {
            DocumentPage page = store.query(query.page(query.limit(), cursor));
            assertThat(page.documents()).hasSizeLessThanOrEqualTo(query.limit());
            all.addAll(page.documents());
            cursor = page.cursor();
            if (cursor != null) {
                assertThat(page.documents()).as("a page that is not the last").hasSize(query.limit());
                assertThat(cursor).matches("[A-Za-z0-9_-]+");
            }
        } while (cursor != null);
        return all;
    }

    List<String> ids(DocumentQuery query) {
        return all(query).stream().map(Document::id).toList();
    }

    static void refused(String code, Runnable action) {
        failed(code, FailureKind.DATA, action);
    }

    static void conflicts(Runnable action) {
        ProviderException failure = failed("REVISION_CONFLICT", FailureKind.DENIED, action);
        assertThat(failure.details()).containsKeys("kind", "id");
    }

    private static ProviderException failed(String code, FailureKind kind, Runnable action) {
        ProviderException failure = catchThrowableOfType(ProviderException.class, action::run);
        assertThat(failure).as("should fail with " + code).isNotNull();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.getMessage()).isNotBlank();
        return failure;
    }

    /** Closes the store before the test is over. */
    void end() {
        store.close();
    }

    @Override
    public void close() {
        store.close();
    }
}
