// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.file.FileContent;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** A file in memory, whose stream may give its bytes in pieces of random length. */
record MemoryFile(String name, byte[] bytes, long pieces) implements FileContent {

    static MemoryFile of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static MemoryFile of(String text, Charset charset) {
        return of(text.getBytes(charset));
    }

    static MemoryFile of(byte[] bytes) {
        return new MemoryFile("test.csv", bytes, 0);
    }

    MemoryFile inPieces(long seed) {
        return new MemoryFile(name, bytes, seed);
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public InputStream open() {
        InputStream whole = new ByteArrayInputStream(bytes);
        if (pieces == 0) {
            return whole;
        }
        Random random = new Random(pieces);
        return new FilterInputStream(whole) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(length, 1 + random.nextInt(9)));
            }
        };
    }
}
