// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The same text in UTF-8: for the rare part in UTF-16. */
final class Utf8Stream extends InputStream {

    private final Reader reader;
    private final char[] chars = new char[4096];
    private int kept;
    private byte[] bytes = new byte[0];
    private int pos;

    Utf8Stream(InputStream in, Charset charset) {
        reader = new InputStreamReader(in, charset);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (pos == bytes.length && !refill()) {
            return -1;
        }
        int count = Math.min(length, bytes.length - pos);
        System.arraycopy(bytes, pos, into, offset, count);
        pos += count;
        return count;
    }

    private boolean refill() throws IOException {
        int read = reader.read(chars, kept, chars.length - kept);
        if (read < 0 && kept == 0) {
            return false;
        }
        int count = kept + Math.max(0, read);
        // Half of a pair waits for its other half.
        kept = read > 0 && Character.isHighSurrogate(chars[count - 1]) ? 1 : 0;
        bytes = new String(chars, 0, count - kept).getBytes(StandardCharsets.UTF_8);
        if (kept == 1) {
            chars[0] = chars[count - 1];
        }
        pos = 0;
        return true;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
