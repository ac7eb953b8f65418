// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.file;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Keeps files for tenants. A ref is good for its tenant only: to all others it looks like one that never was. Safe for
 * use by several threads.
 */
public interface FileStore {

    /**
     * Begins a new file. It is there for others only once it is committed, whole.
     *
     * @param tenant whose it shall be
     * @param name for people; kept as it is, never used as a path
     * @return to be closed by the caller
     * @throws IOException when it cannot be written
     */
    PendingFile create(String tenant, String name) throws IOException;

    /**
     * Finds a file.
     *
     * @param tenant who asks
     * @param ref any text
     * @return the file, when there is one of that tenant
     * @throws IOException when the store cannot be read
     */
    Optional<StoredFile> find(String tenant, String ref) throws IOException;

    /**
     * Deletes a file.
     *
     * @param tenant who asks
     * @param ref any text
     * @return false when there was none of that tenant
     * @throws IOException when the store cannot be written
     */
    boolean delete(String tenant, String ref) throws IOException;

    /** A file that is being written. Used by one thread. */
    interface PendingFile extends AutoCloseable {

        /**
         * Where to write its bytes.
         *
         * @return closed with the file; closing it alone changes nothing
         */
        OutputStream out();

        /**
         * Makes it a file of the store.
         *
         * @return the file
         * @throws IOException when it cannot be stored: then nothing is
         */
        StoredFile commit() throws IOException;

        /** Discards it, unless it was committed. */
        @Override
        void close() throws IOException;
    }
}
