// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.file;

import java.time.Instant;

/** A file in a {@link FileStore}. */
public interface StoredFile extends FileContent {

    /**
     * The opaque name by which its tenant finds it again.
     *
     * @return not a path; letters, digits, {@code -} and {@code _}
     */
    String ref();

    /**
     * The SHA-256 of its bytes.
     *
     * @return 64 lower case hexadecimal digits
     */
    String sha256();

    /**
     * When it was stored.
     *
     * @return by the store's clock
     */
    Instant storedAt();
}
