// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.ProviderException;
import io.gantry.spi.records.FileWarning;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads records out of windows of UTF-8: what both readers have in common.
 *
 * <p>Each call fills a window at the beginning of the batch's buffer and has it cut into cells where they lie. A record that
 * does not end in the window is given back and read again with the next; only when not even one record ends in it does
 * the window grow. So the cutting keeps no state from one call to the next, but for counts. A line feed behind the last
 * byte stops every search without a comparison of indexes; where the file ends, it is also the end of the last record.
 *
 * <p>Cells whose text is not what stands in the file, such as those with doubled quotes, are written into the second half of
 * the buffer, as they can only become shorter: the bytes of the record stay as they were in the file.
 *
 * <p>Blank lines are no records, nor are lines of delimiters and blanks without a quote, nor is a line {@code sep=;} at the
 * beginning, nor the Ctrl-Z with which old programs end a file.
 */
abstract sealed class WindowReader implements RecordReader permits ByteRecordReader, AnyRecordReader {

    static final int WINDOW = 1 << 18;
    static final int MORE_NEEDED = -1;
    static final byte CTRL_Z = 0x1A;

    /** Room behind the data for the sentinel and for reading whole words. */
    private static final int PAD = 16;

    private static final int LEAST_WINDOW = 1 << 12;
    private static final int BYTES_PER_RECORD = 256;

    private final StoredText text;
    private final int largestWindow;
    private final Intake intake;
    private final int maxColumns;
    private final int maxCell;
    final int maxRecord;
    private boolean begun;
    private long number = 1;
    private long comments;
    private long firstComment;
    private long blanks;
    private long firstBlank;
    long line = 1;

    // What is being cut.
    byte[] buffer = new byte[0];
    int end;
    boolean ended;
    int spare;
    int innerLines;

    WindowReader(StoredText text, Limits limits, int largestWindow) {
        this.text = text;
        this.largestWindow = largestWindow;
        this.intake = new Intake(text.utf8());
        this.maxColumns = limits.columns();
        this.maxCell = limits.cellBytes();
        this.maxRecord = Math.min(limits.recordBytes(), Integer.MAX_VALUE / 2 - 4 * PAD);
    }

    @Override
    public final boolean read(TextBatch into) throws IOException {
        into.clear();
        into.firstNumber(number);
        int window = (int) Math.min(largestWindow, Math.max(LEAST_WINDOW, (long) into.capacity() * BYTES_PER_RECORD));
        int filled = 0;
        while (true) {
            buffer = into.ensure(2 * (window + PAD));
            filled = intake.fill(buffer, filled, window);
            ended = filled < window;
            end = ended && filled > 0 && buffer[filled - 1] == CTRL_Z ? filled - 1 : filled;
            buffer[end] = '\n';
            spare = window + PAD;
            int cut = cutRecords(into, begun ? 0 : behindSeparatorLine());
            if (into.size() > 0) {
                begun = true;
                intake.giveBack(buffer, cut, filled - cut);
                number += into.size();
                break;
            }
            if (ended) {
                break;
            }
            if (cut > 0) { // blank and comment lines only
                begun = true;
                filled -= cut;
                System.arraycopy(buffer, cut, buffer, 0, filled);
            } else if (window > maxRecord) {
                throw Failures.limit("recordBytes", maxRecord, line, number);
            } else {
                window = (int) Math.min(2L * window, maxRecord + 1L);
            }
        }
        buffer = new byte[0]; // the batch's, no longer ours
        return into.size() > 0;
    }

    /** Spreadsheets write {@code sep=;} as the first line: it says the delimiter, and is no record. */
    private int behindSeparatorLine() {
        if (end < 5 || !new String(buffer, 0, 4, StandardCharsets.ISO_8859_1).equalsIgnoreCase("sep=")) {
            return 0;
        }
        int at = 4;
        while (at < 9 && buffer[at] != '\n' && buffer[at] != '\r') {
            at++;
        }
        // one character, of up to four bytes
        int next = new String(buffer, 4, at - 4, StandardCharsets.UTF_8).codePointCount(0, 1) == 1 && at > 4
                ? behindLineEnd(at)
                : MORE_NEEDED;
        if (next == MORE_NEEDED) {
            return 0;
        }
        line++;
        return next;
    }

    /** Cuts as many records as end in the window and fit the batch; gives where the first that does not begins. */
    private int cutRecords(TextBatch into, int from) {
        int at = from;
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
            if (isComment(at)) {
                int next = behindLineEnd(lineEnd(at));
                if (next == MORE_NEEDED) {
                    return at;
                }
                firstComment = comments++ == 0 ? line : firstComment;
                at = next;
                line++;
                continue;
            }
            innerLines = 0;
            int next = cutRecord(into, at);
            if (next == MORE_NEEDED) {
                into.abandonRecord();
                return at;
            }
            line += 1 + innerLines;
            at = next;
        }
        return at;
    }

    /** Whether a line is a comment. */
    abstract boolean isComment(int at);

    /** Cuts one record; gives where the next begins, or that the window ended first. */
    abstract int cutRecord(TextBatch into, int start);

    /** Where the line that a byte belongs to ends. */
    abstract int lineEnd(int from);

    /** Ends a record, or forgets it when it is blank. */
    final void endRecord(TextBatch into, int start, int stop, boolean blank) {
        if (blank) {
            into.abandonRecord();
            firstBlank = blanks++ == 0 ? line : firstBlank;
            return;
        }
        if (stop - start > maxRecord) {
            throw Failures.limit("recordBytes", maxRecord, line, number + into.size());
        }
        into.endRecord(line, start, stop - start);
    }

    /** Where the line behind a line end begins; the sentinel counts as a line end only where the file ends. */
    final int behindLineEnd(int at) {
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

    final void cell(TextBatch into, int start, int length) {
        if (length > maxCell) {
            throw Failures.limit("cellBytes", maxCell, line, number + into.size());
        }
        into.cell(start, length);
    }

    final void checkColumns(TextBatch into, int cells) {
        if (cells > maxColumns) {
            throw Failures.limit("columns", maxColumns, line, number + into.size());
        }
    }

    /**
     * The fault of a cell that does not begin with the quote, when it begins with a typographic one that another closes at its
     * end, or none at all.
     */
    final boolean isInTypographicQuotes(int start, int stop) {
        if (stop - start < 3 || !isTypographic(start)) {
            return false;
        }
        for (int at = start + 3; at <= stop - 3; at++) {
            if (isTypographic(at)) {
                return at == stop - 3;
            }
        }
        return true;
    }

    /** U+201C to U+201F in UTF-8: double quotes, high and low. */
    private boolean isTypographic(int at) {
        return buffer[at] == (byte) 0xE2
                && buffer[at + 1] == (byte) 0x80
                && buffer[at + 2] >= (byte) 0x9C
                && buffer[at + 2] <= (byte) 0x9F;
    }

    final ProviderException unclosedQuote(TextBatch into, int lines) {
        return Failures.unclosedQuote(line + lines, number + into.size());
    }

    final ProviderException escapeAtEnd(TextBatch into) {
        return Failures.escapeAtEnd(line, number + into.size());
    }

    @Override
    public final long consumed() {
        return text.consumed();
    }

    @Override
    public final List<FileWarning> warnings() {
        List<FileWarning> warnings = new ArrayList<>();
        if (comments > 0) {
            warnings.add(new FileWarning(
                    "COMMENTS_SKIPPED",
                    "Lines that begin with the comment character are no records; the first is line " + firstComment
                            + ". Set option 'comment' to 'none' if they are data",
                    comments));
        }
        if (blanks > 0) {
            warnings.add(new FileWarning(
                    "BLANK_RECORDS_SKIPPED",
                    "Lines of nothing but delimiters and blanks are no records; the first is line " + firstBlank,
                    blanks));
        }
        return warnings;
    }

    @Override
    public final void close() throws IOException {
        text.close();
    }
}
