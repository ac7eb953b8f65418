// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Bytes that can be read as often as one likes. Safe for use by several threads. */
public interface FileContent {

    /**
     * The name it was given, for people: no path.
     *
     * @return such as {@code students.csv}
     */
    String name();

    /**
     * Its size.
     *
     * @return bytes
     */
    long length();

    /**
     * Opens it for reading from its first byte.
     *
     * @return to be closed by the caller
     * @throws IOException when it cannot be read
     */
    InputStream open() throws IOException;

    /**
     * Where it lies as a plain file of this machine, for readers that need random access. The engine makes a temporary
     * copy of a file that has no path when a reader needs one.
     *
     * @return the path, if there is one; not to be written to
     */
    default Optional<Path> path() {
        return Optional.empty();
    }
}
