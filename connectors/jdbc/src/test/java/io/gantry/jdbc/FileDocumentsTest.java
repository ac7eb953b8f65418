// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.spi.document.DocumentStore;
import io.gantry.testkit.DocumentStoreContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

class FileDocumentsTest extends DocumentStoreContract {

    @TempDir
    private Path folder;

    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<DocumentStore, Path> files = new ConcurrentHashMap<>();

    private DocumentStore store(Path file) {
        JdbcDocuments store = JdbcDocuments.file(file);
        files.put(store, file);
        return store;
    }

    @Override
    protected DocumentStore create() {
        return store(folder.resolve("new folder").resolve(numbers.incrementAndGet() + ".db"));
    }

    @Override
    protected DocumentStore again(DocumentStore store) {
        return store(Objects.requireNonNull(files.get(store)));
    }
}
