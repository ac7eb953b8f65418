// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** An array that grows. */
final class MemoryTarget implements Target {
    /** As long as an array can be on the usual virtual machines. */
    private static final int LIMIT = Integer.MAX_VALUE - 8;

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    byte[] bytes() {
        return content.toByteArray();
    }

    @Override
    public OutputStream open(boolean append) {
        if (!append) {
            content.reset();
        }
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                if (length > LIMIT - content.size()) {
                    throw new IOException("more bytes than an array can hold");
                }
                content.write(buffer, offset, length);
            }
        };
    }

    @Override
    public String toString() {
        return "memory";
    }
}
