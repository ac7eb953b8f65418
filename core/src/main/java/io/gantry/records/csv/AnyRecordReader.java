// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.records.Limits;
import io.gantry.spi.records.TextBatch;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads every dialect, one byte at a time: delimiters of several characters or none, escapes, blanks around cells and quotes,
 * marks beyond ASCII. What a dialect does not have is an empty mark, which is found nowhere.
 *
 * <p>An escape takes the meaning from the character behind it, whatever that is: {@code \n} is the letter n.
 */
final class AnyRecordReader extends WindowReader {

    private final byte[] delimiter;
    private final byte[] quote;
    private final byte[] escape;
    private final byte[] comment;
    private final boolean trim;
    private final boolean blankBeforeQuote;
    private final boolean keepsTextBehindQuote;
    private final boolean findsTypographic;
    private int cellStart;

    AnyRecordReader(StoredText text, Dialect dialect, Limits limits) {
        super(text, limits, WINDOW);
        this.delimiter = dialect.delimiter().getBytes(StandardCharsets.UTF_8);
        this.quote = mark(dialect.quote());
        this.escape = mark(dialect.escape());
        this.comment = mark(dialect.comment());
        this.trim = dialect.trim();
        this.blankBeforeQuote = dialect.trim() || dialect.tolerance().blankBeforeQuote();
        this.keepsTextBehindQuote = dialect.tolerance().textBehindQuote();
        this.findsTypographic = dialect.findsTypographic();
    }

    private static byte[] mark(@Nullable Character c) {
        return c == null ? new byte[0] : String.valueOf(c).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a mark stands at an index. The sentinel, a line feed, is part of no mark. */
    private boolean isAt(byte[] mark, int at) {
        if (mark.length == 0 || buffer[at] != mark[0]) {
            return false;
        }
        for (int i = 1; i < mark.length; i++) {
            if (at + i >= end || buffer[at + i] != mark[i]) {
                return false;
            }
        }
        return at < end;
    }

    @Override
    boolean isComment(int at) {
        return isAt(comment, at);
    }

    @Override
    int lineEnd(int from) {
        int at = from;
        while (buffer[at] != '\n' && buffer[at] != '\r') {
            at++;
        }
        return at;
    }

    @Override
    int cutRecord(TextBatch into, int start) {
        int cells = 0;
        int at = start;
        while (true) {
            cellStart = spare;
            int open = blankBeforeQuote ? behindBlanks(at) : at;
            int stop =
                    isAt(quote, open) ? cutQuoted(into, open + quote.length, cells + 1) : cutPlain(into, at, cells + 1);
            if (stop == MORE_NEEDED) {
                return MORE_NEEDED;
            }
            int from = cellStart;
            int to = spare;
            while (trim && from < to && buffer[from] >= 0 && buffer[from] <= ' ') {
                from++;
            }
            while (trim && from < to && buffer[to - 1] >= 0 && buffer[to - 1] <= ' ') {
                to--;
            }
            cell(into, from, to - from);
            checkColumns(into, ++cells);
            if (isAt(delimiter, stop)) {
                at = stop + delimiter.length;
                continue;
            }
            int next = behindLineEnd(stop);
            if (next != MORE_NEEDED) {
                endRecord(into, start, stop, isBlank(start, stop));
            }
            return next;
        }
    }

    private int behindBlanks(int from) {
        int at = from;
        while ((buffer[at] == ' ' || buffer[at] == '\t') && !isAt(delimiter, at)) {
            at++;
        }
        return at;
    }

    private boolean isBlank(int start, int stop) {
        int at = start;
        while (at < stop) {
            if (isAt(delimiter, at)) {
                at += delimiter.length;
            } else if (buffer[at] == ' ' || buffer[at] == '\t' || buffer[at] == CTRL_Z) {
                at++;
            } else {
                return false;
            }
        }
        return true;
    }

    /** Whether a cell ends at an index: at a delimiter, a line end or the sentinel. */
    private boolean isCellEnd(int at) {
        return buffer[at] == '\n' || buffer[at] == '\r' || isAt(delimiter, at);
    }

    private int cutPlain(TextBatch into, int from, int place) {
        int stop = copyRest(into, from);
        if (stop != MORE_NEEDED
                && findsTypographic
                && buffer[from] == (byte) 0xE2
                && isInTypographicQuotes(from, stop)) {
            into.fault(TextBatch.Fault.TYPOGRAPHIC_QUOTES, place, false);
        }
        return stop;
    }

    /** Copies what follows up to the end of the cell; gives where that is, or that the window ended first. */
    private int copyRest(TextBatch into, int from) {
        int at = from;
        while (!isCellEnd(at)) {
            if (isAt(escape, at)) {
                at = copyEscaped(into, at + escape.length);
                if (at == MORE_NEEDED) {
                    return MORE_NEEDED;
                }
            } else {
                buffer[spare++] = buffer[at++];
            }
        }
        return at;
    }

    /** Copies the character behind an escape; gives the index behind it, or that the window ended first. */
    private int copyEscaped(TextBatch into, int at) {
        if (at >= end) {
            if (ended) {
                throw escapeAtEnd(into);
            }
            return MORE_NEEDED;
        }
        byte b = buffer[at];
        if (b == '\r' && at + 1 >= end && !ended) {
            return MORE_NEEDED;
        }
        buffer[spare++] = b;
        if (b == '\n') {
            innerLines++;
        } else if (b == '\r') {
            innerLines++;
            if (at + 1 < end && buffer[at + 1] == '\n') {
                buffer[spare++] = '\n';
                return at + 2;
            }
        }
        return at + 1;
    }

    private int cutQuoted(TextBatch into, int from, int place) {
        int lines = innerLines;
        int at = from;
        while (true) {
            if (at >= end) {
                if (ended) {
                    throw unclosedQuote(into, lines);
                }
                return MORE_NEEDED;
            }
            if (isAt(escape, at)) {
                at = copyEscaped(into, at + escape.length);
                if (at == MORE_NEEDED) {
                    return MORE_NEEDED;
                }
            } else if (isAt(quote, at)) {
                at += quote.length;
                if (!isAt(quote, at)) {
                    break;
                }
                at += copy(quote);
            } else {
                byte b = buffer[at++];
                buffer[spare++] = b;
                if (b == '\n' || b == '\r' && buffer[at] != '\n') {
                    innerLines++;
                }
            }
        }
        int behind = blankBeforeQuote ? behindBlanks(at) : at;
        if (isCellEnd(behind)) {
            return behind;
        }
        into.fault(TextBatch.Fault.TEXT_BEHIND_QUOTE, place, keepsTextBehindQuote);
        return copyRest(into, at);
    }

    private int copy(byte[] mark) {
        System.arraycopy(mark, 0, buffer, spare, mark.length);
        spare += mark.length;
        return mark.length;
    }
}
