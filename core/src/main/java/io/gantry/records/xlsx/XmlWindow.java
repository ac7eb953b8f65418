// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.ProviderException;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The piece of a part that is in memory, in UTF-8. What lies before {@link #pos} is done with and goes when more is
 * needed. The fields are open to the scanner, whose loops run over them byte by byte.
 */
final class XmlWindow implements Closeable {

    private static final int LARGEST = 1 << 20;

    /** Replaced when it grows. */
    byte[] bytes = new byte[1 << 16];
    /** The next byte to look at. */
    int pos;
    /** Behind the last byte. */
    int end;

    private final PartStream part;
    private InputStream in;

    XmlWindow(PartStream part) {
        this.part = part;
        this.in = part;
    }

    /** Finds out the encoding; to be called first. */
    void begin() throws IOException {
        ensure(4);
        int first = end < 2 ? 0 : (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
        if (first == 0xFEFF || first == '<') {
            transcode(StandardCharsets.UTF_16BE);
        } else if (first == 0xFFFE || first == '<' << 8) {
            transcode(StandardCharsets.UTF_16LE);
        }
        if (ensure(3) && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            pos = 3;
        }
    }

    private void transcode(Charset charset) {
        InputStream seen = new ByteArrayInputStream(Arrays.copyOf(bytes, end));
        end = 0;
        in = new Utf8Stream(new SequenceInputStream(seen, in), charset);
    }

    /** Gets more of the part; false when there is no more. */
    boolean fill() throws IOException {
        if (pos > 0) {
            System.arraycopy(bytes, pos, bytes, 0, end - pos);
            end -= pos;
            pos = 0;
        } else if (end == bytes.length) {
            if (end >= LARGEST) {
                throw broken("a tag has more than " + LARGEST + " bytes");
            }
            bytes = Arrays.copyOf(bytes, end * 2);
        }
        int read = in.read(bytes, end, bytes.length - end);
        end += Math.max(0, read);
        return read >= 0;
    }

    /** Makes sure that there are so many bytes from here; false when the part has less. */
    boolean ensure(int count) throws IOException {
        while (end - pos < count) {
            if (!fill()) {
                return false;
            }
        }
        return true;
    }

    /** Whether the next bytes are these. */
    boolean at(byte[] mark) throws IOException {
        return ensure(mark.length) && Arrays.equals(bytes, pos, pos + mark.length, mark, 0, mark.length);
    }

    /** Moves behind the next occurrence of a mark. */
    void skipPast(byte[] mark) throws IOException {
        while (true) {
            int last = end - mark.length;
            int p = pos;
            while (p <= last && !Arrays.equals(bytes, p, p + mark.length, mark, 0, mark.length)) {
                p++;
            }
            pos = p;
            if (p <= last) {
                pos += mark.length;
                return;
            }
            more();
        }
    }

    /** Moves to the next tag outside the root, where there is no text; false at the end of the document. */
    boolean toOutsideTag() throws IOException {
        while (ensure(1)) {
            if (bytes[pos] == '<') {
                return true;
            } else if (!XmlAttributes.isBlank(bytes[pos])) {
                throw broken("there is text outside the root element");
            }
            pos++;
        }
        return false;
    }

    /** Gets more where the document cannot be at its end yet. */
    void more() throws IOException {
        if (!fill()) {
            throw broken("it ends in the middle");
        }
    }

    ProviderException broken(String what) {
        return part.broken(what, null);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
