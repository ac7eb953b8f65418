// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.records.Limits;
import io.gantry.spi.records.TextBatch;
import org.jspecify.annotations.Nullable;

/**
 * Reads the plain dialects: one byte of delimiter, one or none of quote and of comment.
 *
 * <p>Text behind a closing quote is kept as it stands, quotes included: {@code "a"b"c",d} has the cells {@code ab"c"} and
 * {@code d}; the record has a fault. A quote inside a cell that does not begin with one is a character like any other.
 */
final class ByteRecordReader extends WindowReader {

    /** Stands for a character that the dialect does not have: equal to no byte. */
    private static final int NONE = Integer.MIN_VALUE;

    private static final long LINE_ENDS = Words.repeat((byte) '\n');

    private final byte delimiter;
    private final int quote;
    private final int comment;
    private final long delimiters;
    private final long quotes;
    private final boolean keepsTextBehindQuote;
    private final boolean findsTypographic;

    ByteRecordReader(StoredText text, Dialect dialect, Limits limits) {
        this(text, dialect, limits, WINDOW);
    }

    ByteRecordReader(StoredText text, Dialect dialect, Limits limits, int largestWindow) {
        super(text, limits, largestWindow);
        this.delimiter = (byte) dialect.delimiter().charAt(0);
        this.quote = orNone(dialect.quote());
        this.comment = orNone(dialect.comment());
        this.delimiters = Words.repeat(delimiter);
        this.quotes = Words.repeat((byte) quote);
        this.keepsTextBehindQuote = dialect.tolerance().textBehindQuote();
        this.findsTypographic = dialect.findsTypographic();
    }

    private static int orNone(@Nullable Character c) {
        return c == null ? NONE : c;
    }

    @Override
    boolean isComment(int at) {
        return buffer[at] == comment;
    }

    @Override
    int cutRecord(TextBatch into, int start) {
        int cells = 0;
        int at = start;
        while (true) {
            int stop;
            byte first = buffer[at];
            if (first == quote) {
                stop = cutQuoted(into, at + 1, cells + 1);
                if (stop == MORE_NEEDED) {
                    return MORE_NEEDED;
                }
            } else {
                stop = cellEnd(at);
                cell(into, at, stop - at);
                if (first == (byte) 0xE2 && findsTypographic && isInTypographicQuotes(at, stop)) {
                    into.fault(TextBatch.Fault.TYPOGRAPHIC_QUOTES, cells + 1, false);
                }
            }
            checkColumns(into, ++cells);
            if (buffer[stop] == delimiter) {
                at = stop + 1;
                continue;
            }
            int next = behindLineEnd(stop);
            if (next != MORE_NEEDED) {
                endRecord(into, start, stop, isBlank(start, stop));
            }
            return next;
        }
    }

    private boolean isBlank(int start, int stop) {
        for (int at = start; at < stop; at++) {
            byte b = buffer[at];
            if (b != delimiter && b != ' ' && b != '\t' && b != CTRL_Z) {
                return false;
            }
        }
        return true;
    }

    /** Where a cell that is not quoted, or the rest of one that was, ends: at a delimiter, a line end or the sentinel. */
    private int cellEnd(int from) {
        int at = Words.find(buffer, from, delimiters);
        while (buffer[at] != delimiter && buffer[at] != '\n' && buffer[at] != '\r') {
            at = Words.find(buffer, at + 1, delimiters);
        }
        return at;
    }

    @Override
    int lineEnd(int from) {
        int at = Words.find(buffer, from, LINE_ENDS);
        while (buffer[at] != '\n' && buffer[at] != '\r') {
            at = Words.find(buffer, at + 1, LINE_ENDS);
        }
        return at;
    }

    /** Cuts a cell whose quote is just before; gives where it ends, or that the window ended first. */
    private int cutQuoted(TextBatch into, int from, int place) {
        boolean doubled = false;
        int lines = 0;
        int at = from;
        while (true) {
            at = Words.find(buffer, at, quotes);
            byte found = buffer[at];
            if (found == quote) {
                if (buffer[at + 1] != quote) {
                    break;
                }
                doubled = true;
                at++;
            } else if (found == '\n') {
                if (at == end) {
                    if (ended) {
                        throw unclosedQuote(into, innerLines);
                    }
                    return MORE_NEEDED;
                }
                lines++;
            } else if (found == '\r' && buffer[at + 1] != '\n') {
                lines++;
            }
            at++;
        }
        innerLines += lines;
        int stop = at + 1;
        byte behind = buffer[stop];
        boolean trailing = behind != delimiter && behind != '\n' && behind != '\r';
        if (trailing) {
            into.fault(TextBatch.Fault.TEXT_BEHIND_QUOTE, place, keepsTextBehindQuote);
            stop = cellEnd(stop);
        }
        if (doubled || trailing) {
            int begin = spare;
            unescape(from, at);
            System.arraycopy(buffer, at + 1, buffer, spare, stop - at - 1);
            spare += stop - at - 1;
            cell(into, begin, spare - begin);
        } else {
            cell(into, from, at - from);
        }
        return stop;
    }

    private void unescape(int from, int to) {
        int at = from;
        int put = spare;
        while (at < to) {
            byte b = buffer[at++];
            buffer[put++] = b;
            if (b == quote) {
                at++; // its double
            }
        }
        spare = put;
    }
}
