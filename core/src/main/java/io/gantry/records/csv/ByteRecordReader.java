// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the plain dialects: one byte of delimiter, one or none of quote and of comment, UTF-8.
 *
 * <p>Each call fills a window at the beginning of the batch's buffer and cuts it into cells where they lie. A record that
 * does not end in the window is given back and read again with the next; only when not even one record ends in it does
 * the window grow. So the cutting keeps no state from one call to the next, but for counts. A line feed behind the last
 * byte stops every search without a comparison of indexes; where the file ends, it is also the end of the last record.
 *
 * <p>Cells with doubled quotes are unescaped into the second half of the buffer, as they can only become shorter: the
 * bytes of the record stay as they were in the file.
 *
 * <p>Text behind a closing quote is kept as it stands, quotes included: {@code "a"b"c",d} has the cells {@code ab"c"} and
 * {@code d}. A quote inside a cell that does not begin with one is a character like any other.
 */
final class ByteRecordReader implements RecordReader {

    static final int WINDOW = 1 << 18;

    /** Room behind the data for the sentinel and for reading whole words. */
    private static final int PAD = 16;

    private static final int LEAST_WINDOW = 1 << 12;
    private static final int BYTES_PER_RECORD = 256;
    private static final int MORE_NEEDED = -1;
    /** Stands for a character that the dialect does not have: equal to no byte. */
    private static final int NONE = Integer.MIN_VALUE;

    private static final long LINE_ENDS = Words.repeat((byte) '\n');

    private final StoredText text;
    private final int largestWindow;
    private final Intake intake;
    private final byte delimiter;
    private final int quote;
    private final int comment;
    private final long delimiters;
    private final long quotes;
    private final int maxColumns;
    private final int maxCell;
    private final int maxRecord;

    private long number = 1;
    private long line = 1;

    // What is being cut.
    private byte[] buffer = new byte[0];
    private int end;
    private boolean ended;
    private int spare;
    private int innerLines;

    ByteRecordReader(StoredText text, Dialect dialect, Limits limits) {
        this(text, dialect, limits, WINDOW);
    }

    ByteRecordReader(StoredText text, Dialect dialect, Limits limits, int largestWindow) {
        this.text = text;
        this.largestWindow = largestWindow;
        this.intake = new Intake(text.utf8());
        this.delimiter = (byte) dialect.delimiter().charAt(0);
        this.quote = orNone(dialect.quote());
        this.comment = orNone(dialect.comment());
        this.delimiters = Words.repeat(delimiter);
        this.quotes = Words.repeat((byte) quote);
        this.maxColumns = limits.columns();
        this.maxCell = limits.cellBytes();
        this.maxRecord = Math.min(limits.recordBytes(), Integer.MAX_VALUE / 2 - 4 * PAD);
    }

    private static int orNone(@Nullable Character c) {
        return c == null ? NONE : c;
    }

    @Override
    public boolean read(TextBatch into) throws IOException {
        into.clear();
        into.firstNumber(number);
        int window = (int) Math.min(largestWindow, Math.max(LEAST_WINDOW, (long) into.capacity() * BYTES_PER_RECORD));
        int filled = 0;
        while (true) {
            buffer = into.ensure(2 * (window + PAD));
            filled = intake.fill(buffer, filled, window);
            buffer[filled] = '\n';
            end = filled;
            ended = filled < window;
            spare = window + PAD;
            int cut = cutRecords(into);
            if (into.size() > 0) {
                intake.giveBack(buffer, cut, filled - cut);
                number += into.size();
                break;
            }
            if (ended) {
                break;
            }
            if (cut > 0) { // blank and comment lines only
                filled -= cut;
                System.arraycopy(buffer, cut, buffer, 0, filled);
            } else if (window > maxRecord) {
                throw Failures.limit("recordBytes", maxRecord, line);
            } else {
                window = (int) Math.min(2L * window, maxRecord + 1L);
            }
        }
        buffer = new byte[0]; // the batch's, no longer ours
        return into.size() > 0;
    }

    /** Cuts as many records as end in the window and fit the batch; gives where the first that does not begins. */
    private int cutRecords(TextBatch into) {
        int at = 0;
        while (into.size() < into.capacity()) {
            byte first = buffer[at];
            if (first == '\n' || first == '\r') {
                int next = behindLineEnd(at);
                if (next == MORE_NEEDED || at == end) {
                    return at;
                }
                at = next;
                line++;
                continue;
            }
            if (first == comment) {
                int next = behindLineEnd(lineEnd(at));
                if (next == MORE_NEEDED) {
                    return at;
                }
                at = next;
                line++;
                continue;
            }
            int next = cutRecord(into, at);
            if (next == MORE_NEEDED) {
                into.abandonRecord();
                return at;
            }
            at = next;
        }
        return at;
    }

    /** Cuts one record; gives where the next begins, or that the window ended first. */
    private int cutRecord(TextBatch into, int start) {
        int cells = 0;
        int at = start;
        innerLines = 0;
        while (true) {
            int stop;
            if (buffer[at] == quote) {
                stop = cutQuoted(into, at + 1);
                if (stop == MORE_NEEDED) {
                    return MORE_NEEDED;
                }
            } else {
                stop = cellEnd(at);
                cell(into, at, stop - at);
            }
            if (++cells > maxColumns) {
                throw Failures.limit("columns", maxColumns, line);
            }
            if (buffer[stop] == delimiter) {
                at = stop + 1;
                continue;
            }
            int next = behindLineEnd(stop);
            if (next != MORE_NEEDED) {
                if (stop - start > maxRecord) {
                    throw Failures.limit("recordBytes", maxRecord, line);
                }
                into.endRecord(line, start, stop - start);
                line += 1 + innerLines;
            }
            return next;
        }
    }

    /** Where a cell that is not quoted, or the rest of one that was, ends: at a delimiter, a line end or the sentinel. */
    private int cellEnd(int from) {
        int at = Words.find(buffer, from, delimiters);
        while (buffer[at] != delimiter && buffer[at] != '\n' && buffer[at] != '\r') {
            at = Words.find(buffer, at + 1, delimiters);
        }
        return at;
    }

    private int lineEnd(int from) {
        int at = Words.find(buffer, from, LINE_ENDS);
        while (buffer[at] != '\n' && buffer[at] != '\r') {
            at = Words.find(buffer, at + 1, LINE_ENDS);
        }
        return at;
    }

    /** Where the line behind a line end begins; the sentinel counts as a line end only where the file ends. */
    private int behindLineEnd(int at) {
        if (at == end) {
            return ended ? end : MORE_NEEDED;
        }
        if (buffer[at] == '\r') {
            if (at + 1 == end) {
                return ended ? end : MORE_NEEDED;
            }
            return buffer[at + 1] == '\n' ? at + 2 : at + 1;
        }
        return at + 1;
    }

    /** Cuts a cell whose quote is just before; gives where it ends, or that the window ended first. */
    private int cutQuoted(TextBatch into, int from) {
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
                        throw Failures.unclosedQuote(line + innerLines);
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

    private void cell(TextBatch into, int start, int length) {
        if (length > maxCell) {
            throw Failures.limit("cellBytes", maxCell, line);
        }
        into.cell(start, length);
    }

    @Override
    public long consumed() {
        return text.consumed();
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
