// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A downloaded file of an export.
 *
 * @param path its location
 * @param length its length in bytes
 * @param origin its address and, if the server announced one, its hash
 * @param hashChecked whether the announced hash was recognised and verified
 */
public record ExportedFile(Path path, long length, RemoteFile origin, boolean hashChecked) {
    private static final int BUFFER = 64 * 1024;

    /** {@return the file's name} */
    public String name() {
        return String.valueOf(path.getFileName());
    }

    /**
     * {@return the content of the file}
     *
     * @throws ImpexException with {@link ErrorCode#SOURCE_UNREADABLE} if the file is gone, or too large for an array
     */
    public byte[] bytes() {
        try {
            return Files.readAllBytes(path);
        } catch (IOException | OutOfMemoryError e) {
            throw unreadable(e);
        }
    }

    /**
     * {@return the content of the file as a stream, to be closed by the caller}
     *
     * @throws ImpexException with {@link ErrorCode#SOURCE_UNREADABLE} if the file is gone
     */
    public InputStream open() {
        try {
            return Files.newInputStream(path);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * {@return the SHA-256 of the file in lower-case hex} Reads the whole file each time.
     *
     * @throws ImpexException with {@link ErrorCode#SOURCE_UNREADABLE} if the file is gone
     */
    public String sha256() {
        MessageDigest digest = FileHash.digest("SHA-256");
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
            while (in.read(buffer) >= 0) {
                // The stream adds what is read to the digest.
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private ImpexException unreadable(Throwable cause) {
        return new ImpexException(
                ErrorCode.SOURCE_UNREADABLE,
                "the file " + path + " cannot be read: " + cause,
                Circumstances.NONE,
                cause);
    }
}
