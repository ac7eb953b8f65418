// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes that are read, and fails when there are more than allowed. */
final class CountedBytes extends FilterInputStream {

    private final long allowed;
    private long count;

    CountedBytes(InputStream in, long allowed) {
        super(in);
        this.allowed = allowed;
    }

    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        int b = in.read();
        add(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = in.read(into, offset, length);
        add(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long n) throws IOException {
        long skipped = in.skip(n);
        add(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void add(long read) {
        count += read;
        if (count > allowed) {
            throw Failures.tooManyBytes(allowed);
        }
    }
}
