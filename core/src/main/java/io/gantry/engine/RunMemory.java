// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline remembers of its last run that succeeded. It changes in the commit that ends the run, or not at all.
 *
 * @param header the columns of the last file that was loaded; empty when it had no header, or none was loaded
 * @param mark the greatest value that an incremental export took; null when there is none
 */
record RunMemory(List<String> header, @Nullable String mark) {

    /** What the document store is told of memories; a pipeline's has its id. */
    static final DocumentKind KIND = new DocumentKind("run_memory", Map.of());

    static final RunMemory NONE = new RunMemory(List.of(), null);

    RunMemory {
        header = List.copyOf(header);
    }

    static RunMemory of(Engine engine, String tenant, String pipeline) {
        return engine.documents()
                .find(tenant, KIND.name(), pipeline)
                .map(document -> Json.read(document.body(), RunMemory.class))
                .orElse(NONE);
    }

    /** Has it remembered. */
    void save(Engine engine, String tenant, String pipeline, Journal.Draft draft) {
        long revision = engine.documents()
                .find(tenant, KIND.name(), pipeline)
                .map(Document::revision)
                .orElse(0L);
        Document document = new Document(tenant, KIND.name(), pipeline, revision + 1, Map.of(), Json.write(this));
        if (revision == 0) {
            draft.insert(document);
        } else {
            draft.replace(document);
        }
    }
}
