// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.file.FileContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The beginning of a file, which can be read again and again.
 *
 * @param name of the file
 * @param bytes its first
 * @param isWhole whether they are all of it
 */
record Sample(String name, byte[] bytes, boolean isWhole) implements FileContent {

    static final int SIZE = 1 << 18;
    private static final int HEAD = 1 << 15;
    private static final int HEAD_LINES = 100;

    static Sample of(FileContent file) throws IOException {
        try (InputStream in = file.open()) {
            byte[] bytes = in.readNBytes(SIZE);
            return new Sample(file.name(), bytes, bytes.length < SIZE || in.read() < 0);
        }
    }

    /** Its beginning: enough lines to tell a dialect by. */
    Sample head() {
        int lines = 0;
        int end = 0;
        while (end < bytes.length && (end < HEAD || lines < HEAD_LINES)) {
            if (bytes[end] == '\n' || bytes[end] == '\r') {
                lines++;
            }
            end++;
        }
        return end == bytes.length ? this : new Sample(name, Arrays.copyOf(bytes, end), false);
    }

    /** How many line ends there are, roughly. */
    long lines() {
        long lines = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r' && (i + 1 == bytes.length || bytes[i + 1] != '\n')) {
                lines++;
            }
        }
        return lines;
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
