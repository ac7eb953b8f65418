// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the documents a query found.
 *
 * @param documents in the query's order
 * @param cursor gives the next page; null when nothing was left behind this one
 */
public record DocumentPage(
        List<Document> documents, @Nullable String cursor) {

    public DocumentPage {
        documents = List.copyOf(documents);
    }
}
