// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import java.io.IOException;
import java.io.InputStream;

/** Text of another encoding as UTF-8. */
final class Utf8Stream extends InputStream {

    private final LenientDecoder decoder;
    private final boolean raw;
    private final char[] characters = new char[1 << 13];
    private final byte[] bytes = new byte[characters.length * Utf8.MOST_PER_CHAR];
    private int at;
    private int end;

    Utf8Stream(LenientDecoder decoder) {
        this.decoder = decoder;
        this.raw = Utf8.keepsStrayBytes(decoder.charset());
    }

    @Override
    public int read() throws IOException {
        return more() ? bytes[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!more()) {
            return -1;
        }
        int count = Math.min(length, end - at);
        System.arraycopy(bytes, at, into, offset, count);
        at += count;
        return count;
    }

    private boolean more() throws IOException {
        if (at == end) {
            int read = decoder.read(characters, 0, characters.length);
            at = 0;
            end = read < 0 ? 0 : Utf8.encode(characters, 0, read, bytes, 0, raw);
        }
        return at < end;
    }
}
