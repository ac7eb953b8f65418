// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentKind;
import io.gantry.spi.document.DocumentWrite;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Commits pairs of documents to a file until it is killed, and says which it has committed. */
final class CommitForever {

    static final DocumentKind LEFT = new DocumentKind("left_half", Map.of("number", DocumentKind.Type.NUMBER));
    static final DocumentKind RIGHT = new DocumentKind("right_half", Map.of("number", DocumentKind.Type.NUMBER));

    private CommitForever() {}

    /**
     * Commits.
     *
     * @param args the file, and the first number
     */
    public static void main(String[] args) {
        try (JdbcDocuments store = JdbcDocuments.file(Path.of(args[0]))) {
            store.open(List.of(LEFT, RIGHT));
            for (long number = Long.parseLong(args[1]); ; number++) {
                store.commit(List.of(half(LEFT, number), half(RIGHT, number)));
                System.out.println(number);
            }
        }
    }

    private static DocumentWrite half(DocumentKind kind, long number) {
        return new DocumentWrite.Insert(
                new Document("acme", kind.name(), "n" + number, 1, Map.of("number", number), "x".repeat(2_000)));
    }
}
