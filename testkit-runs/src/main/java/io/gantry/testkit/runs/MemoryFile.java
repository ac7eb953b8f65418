// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import io.gantry.spi.file.FileContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file in memory. */
record MemoryFile(String name, byte[] bytes) implements FileContent {

    static MemoryFile of(String name, FileContent content) throws IOException {
        try (InputStream in = content.open()) {
            return new MemoryFile(name, in.readAllBytes());
        }
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }
}
