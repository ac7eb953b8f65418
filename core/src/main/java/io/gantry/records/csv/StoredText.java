// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * A file opened as text: its encoding known, its byte order mark passed, and its bytes counted as they are read.
 *
 * <p>A file that is not text at all fails here, by the look of its first bytes.
 */
final class StoredText implements AutoCloseable {

    private static final int HEAD = 1024;

    private final CountedBytes stored;
    private final Charset charset;
    private final InputStream rest;

    private StoredText(CountedBytes stored, Charset charset, InputStream rest) {
        this.stored = stored;
        this.charset = charset;
        this.rest = rest;
    }

    static StoredText open(FileContent file, Dialect dialect, Limits limits) throws IOException {
        if (file.length() > limits.bytes()) {
            throw Failures.tooManyBytes(limits.bytes());
        }
        CountedBytes stored = new CountedBytes(file.open(), limits.bytes());
        try {
            byte[] head = stored.readNBytes(HEAD);
            Charset declared = dialect.encoding();
            ByteOrderMark mark = ByteOrderMark.of(head);
            if (mark != null && declared != null && !mark.fits(declared)) {
                throw Failures.otherEncoding(file.name(), mark.charset().name(), declared.name());
            }
            Charset charset = mark != null ? mark.charset() : declared != null ? declared : StandardCharsets.UTF_8;
            FileLook.requireText(file.name(), head, charset);
            int from = mark == null ? 0 : mark.length();
            return new StoredText(
                    stored,
                    charset,
                    new SequenceInputStream(new ByteArrayInputStream(head, from, head.length - from), stored));
        } catch (IOException | RuntimeException e) {
            stored.close();
            throw e;
        }
    }

    Charset charset() {
        return charset;
    }

    /** Its bytes as stored, behind the byte order mark. */
    InputStream bytes() {
        return rest;
    }

    /** Its text as UTF-8; where its own encoding is UTF-8 that are the bytes as stored, well-formed or not. */
    InputStream utf8() {
        return charset.equals(StandardCharsets.UTF_8) ? rest : new Utf8Stream(new LenientDecoder(rest, charset));
    }

    /** How many of the stored bytes have been read. */
    long consumed() {
        return stored.count();
    }

    @Override
    public void close() throws IOException {
        stored.close();
    }
}
