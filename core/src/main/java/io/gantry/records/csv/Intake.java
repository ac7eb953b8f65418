// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import java.io.IOException;
import java.io.InputStream;

/**
 * Fills buffers from a stream, and takes back what was filled in vain: the beginning of a record that did not end in the
 * buffer, or records for which a batch had no place. What was given back comes first the next time.
 */
final class Intake {

    private final InputStream in;
    private byte[] kept = new byte[0];
    private int from;
    private int to;
    private boolean streamed;

    Intake(InputStream in) {
        this.in = in;
    }

    /**
     * Fills a buffer.
     *
     * @return where the bytes end: before the end asked for only when the file ends there
     */
    int fill(byte[] buffer, int start, int end) throws IOException {
        int at = start;
        if (from < to) {
            int length = Math.min(to - from, end - at);
            System.arraycopy(kept, from, buffer, at, length);
            from += length;
            at += length;
        }
        while (at < end) {
            int read = in.read(buffer, at, end - at);
            if (read < 0) {
                break;
            }
            streamed = true;
            at += read;
        }
        return at;
    }

    /** Takes back the last bytes of all that was filled since the last time. */
    void giveBack(byte[] buffer, int start, int length) {
        if (streamed) {
            if (kept.length < length) {
                kept = new byte[Math.max(length, kept.length * 2)];
            }
            System.arraycopy(buffer, start, kept, 0, length);
            from = 0;
            to = length;
            streamed = false;
        } else {
            // They are still there: all came from what was kept.
            from -= length;
        }
    }
}
