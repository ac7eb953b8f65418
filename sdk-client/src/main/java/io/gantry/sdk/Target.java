// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where the bytes of a download go. */
interface Target {
    /** Opens the target, either emptied or behind the bytes that it has already. */
    OutputStream open(boolean append) throws IOException;

    /** A file, in a directory that exists. */
    static Target file(Path path) {
        return new Target() {
            @Override
            public OutputStream open(boolean append) throws IOException {
                return append ? Files.newOutputStream(path, StandardOpenOption.APPEND) : Files.newOutputStream(path);
            }

            @Override
            public String toString() {
                return "the file " + path;
            }
        };
    }
}
