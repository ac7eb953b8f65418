// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.records.Limits;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/**
 * The characters handed to Commons CSV, remembered from the end of the last record on: so the raw text of a record can be
 * had, and a record beyond the limits is stopped while it is being read, not when memory is full.
 */
final class RecordedText extends Reader {

    /** Commons CSV reads this far ahead of what it has parsed. */
    private static final int AHEAD = 1 << 13;

    private static final int MOST_DELIMITERS = 1 << 20;

    private final LenientDecoder decoder;
    private final Dialect dialect;
    private final Limits limits;
    private char[] window = new char[2 * AHEAD];
    private int from;
    private int to;
    private long line = 1;
    private int delimiters;
    private int start;

    RecordedText(LenientDecoder decoder, Dialect dialect, Limits limits) {
        this.decoder = decoder;
        this.dialect = dialect;
        this.limits = limits;
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
        if (to - from > (long) limits.recordBytes() + 2 * AHEAD) {
            throw Failures.limit("recordBytes", limits.recordBytes(), line);
        }
        makeRoom(Math.min(length, AHEAD));
        int read = decoder.read(window, to, Math.min(length, AHEAD));
        if (read > 0) {
            System.arraycopy(window, to, into, offset, read);
            watchDelimiters(to, to + read);
            to += read;
        }
        return read;
    }

    private void makeRoom(int length) {
        if (window.length - to >= length) {
            return;
        }
        int size = to - from;
        char[] roomy = size * 2 > window.length ? Arrays.copyOf(window, window.length * 2) : window;
        System.arraycopy(window, from, roomy, 0, size);
        window = roomy;
        from = 0;
        to = size;
    }

    /**
     * Stops a record of very many cells before it has become very many objects. Delimiters are counted whether they are quoted
     * or not, so only an excess that no real record has is stopped here; the exact number is looked at when the record is there.
     */
    private void watchDelimiters(int begin, int end) {
        char delimiter = dialect.delimiter().charAt(0);
        for (int i = begin; i < end; i++) {
            if (window[i] == delimiter) {
                delimiters++;
            }
        }
        if (delimiters > Math.max(MOST_DELIMITERS, 4L * limits.columns())) {
            throw Failures.limit("columns", limits.columns(), line);
        }
    }

    /**
     * Passes the blank and comment lines before a record.
     *
     * @return the line on which the record begins
     */
    long beginRecord() {
        while (from < to && (isLineEnd(window[from]) || isComment(window[from]))) {
            while (from < to && !isLineEnd(window[from])) {
                from++;
            }
            if (from < to) {
                passLineEnd();
            }
        }
        start = from;
        return line;
    }

    /**
     * Passes a record.
     *
     * @param linesRead how many line ends of the file there are before and in it, that which ends it included
     * @return how many characters it has without that line end; they begin at {@link #start} of {@link #window}
     */
    int endRecord(long linesRead) {
        int end = to;
        while (from < to && line <= linesRead) {
            if (isLineEnd(window[from])) {
                end = from;
                passLineEnd();
            } else {
                end = to;
                from++;
            }
        }
        delimiters = 0;
        return end - start;
    }

    char[] window() {
        return window;
    }

    int start() {
        return start;
    }

    private void passLineEnd() {
        from += window[from] == '\r' && from + 1 < to && window[from + 1] == '\n' ? 2 : 1;
        line++;
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    private boolean isComment(char c) {
        Character comment = dialect.comment();
        return comment != null && c == comment;
    }

    @Override
    public void close() {
        // The file is closed by who opened it.
    }
}
