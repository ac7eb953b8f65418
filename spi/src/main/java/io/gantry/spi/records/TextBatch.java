// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Some records of a file as a {@link RecordReader} found them: cells of text, as slices of UTF-8 bytes over one buffer.
 * No object is made to read a cell.
 *
 * <p>Records may have different numbers of cells. Beside its cells a record may keep its raw bytes, so that it can be
 * copied unchanged into a file of rejects.
 *
 * <p>A reader fills it: bytes go to {@link #buffer()} (grown by {@link #ensure}), then {@link #cell} for each cell and
 * {@link #endRecord} behind the last. Reused after {@link #clear()}.
 */
public final class TextBatch {

    private byte[] buffer;
    private byte[] kinds = new byte[0];
    private int[] starts;
    private int[] lengths;
    private int cells;
    private int[] exacts = new int[0];
    private int[] showns = new int[0];
    private final int[] firsts;
    private final long[] lines;
    private final int[] rawStarts;
    private final int[] rawLengths;
    private int size;
    private long firstNumber = 1;
    /** By record: its fault and where, packed; empty while no record has one. */
    private int[] faults = new int[0];

    private boolean faulty;

    /** What a file format itself says of a cell's type; see {@link TextBatch#kind}. */
    public static final class Kind {
        /** Text, to be read as the mapping says. Every cell of a CSV file. */
        public static final byte TEXT = 0;
        /** A number, in plain notation with a point. */
        public static final byte NUMBER = 1;
        /** A date, time or timestamp in ISO notation. */
        public static final byte TEMPORAL = 2;
        /** {@code TRUE} or {@code FALSE}. */
        public static final byte BOOLEAN = 3;
        /** An error value such as {@code #DIV/0!}: it has no meaning as data. */
        public static final byte ERROR = 4;
        /**
         * A number, in plain notation with a point, with more than 15 digits that count: spreadsheets keep no more, so the
         * last ones may be others than were meant. The cell's text is rounded to 15 digits; see {@link #exactLength}.
         */
        public static final byte LONG_NUMBER = 5;
        /** A formula of which the file holds no result: the cell's text is empty. */
        public static final byte FORMULA = 6;
        /** Text of a store that tells an empty text from no value: an empty cell of this kind has the empty text. */
        public static final byte WHOLE = 7;
        /** A number of a store, in plain notation with a point: unlike that of a spreadsheet it has all its digits. */
        public static final byte EXACT_NUMBER = 8;

        private Kind() {}
    }

    /** What is wrong with the form of a record; see {@link TextBatch#fault}. */
    public enum Fault {
        /** Text stands between the closing quote of a cell and the next delimiter. */
        TEXT_BEHIND_QUOTE,
        /** A cell is enclosed in typographic quotes, which enclose nothing. */
        TYPOGRAPHIC_QUOTES;

        private static final Fault[] ALL = values();
    }

    /**
     * Makes an empty batch.
     *
     * @param capacity the greatest number of records, at least 1
     */
    public TextBatch(int capacity) {
        buffer = new byte[1 << 16];
        starts = new int[Math.max(16, capacity)];
        lengths = new int[starts.length];
        firsts = new int[capacity + 1];
        lines = new long[capacity];
        rawStarts = new int[capacity];
        rawLengths = new int[capacity];
    }

    /**
     * The bytes that cells and raw records are slices of.
     *
     * @return the present buffer; {@link #ensure} may replace it
     */
    public byte[] buffer() {
        return buffer;
    }

    /**
     * Makes the buffer at least so large, keeping what is in it.
     *
     * @param length bytes
     * @return the buffer
     */
    public byte[] ensure(int length) {
        if (buffer.length < length) {
            buffer =
                    Arrays.copyOf(buffer, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(length, buffer.length * 2L)));
        }
        return buffer;
    }

    /** Forgets all records; the buffer keeps its size. */
    public void clear() {
        size = 0;
        cells = 0;
        Arrays.fill(kinds, Kind.TEXT);
        Arrays.fill(exacts, 0);
        Arrays.fill(showns, 0);
        if (faulty) {
            Arrays.fill(faults, 0);
            faulty = false;
        }
    }

    /**
     * Adds a cell to the record that is being read.
     *
     * @param start where it begins in the buffer
     * @param length its number of bytes
     */
    public void cell(int start, int length) {
        if (cells == starts.length) {
            starts = Arrays.copyOf(starts, cells * 2);
            lengths = Arrays.copyOf(lengths, cells * 2);
        }
        starts[cells] = start;
        lengths[cells] = length;
        cells++;
    }

    /**
     * Says of the cell added last that the file itself gives it a type.
     *
     * @param kind one of {@link Kind}
     */
    public void kind(byte kind) {
        if (kinds.length < cells) {
            kinds = Arrays.copyOf(kinds, starts.length);
        }
        kinds[cells - 1] = kind;
    }

    /**
     * Says of the cell added last that other forms of its value lie directly behind its bytes: first the number exactly as
     * the file holds it, then the text that the file shows for it.
     *
     * @param exact number of bytes of the exact number; 0 when the cell's text is exact
     * @param shown number of bytes of the shown text; 0 when it is the cell's text
     */
    public void forms(int exact, int shown) {
        if (exacts.length < cells) {
            exacts = Arrays.copyOf(exacts, starts.length);
            showns = Arrays.copyOf(showns, starts.length);
        }
        exacts[cells - 1] = exact;
        showns[cells - 1] = shown;
    }

    /**
     * Says of the record being read that its form is broken, so that its cells may not be what was meant. Only the first
     * fault of a record counts.
     *
     * @param fault what is wrong
     * @param place of the cell in the record, from 1
     * @param kept whether the record is used all the same, with a warning
     */
    public void fault(Fault fault, int place, boolean kept) {
        if (faults.length == 0) {
            faults = new int[lines.length];
        }
        if (faults[size] == 0) {
            faults[size] = place << 4 | (fault.ordinal() + 1) << 1 | (kept ? 1 : 0);
            faulty = true;
        }
    }

    /**
     * Ends the record that is being read.
     *
     * @param line the line of the file (or row of the sheet) on which it begins, from 1
     * @param rawStart where its raw bytes begin in the buffer
     * @param rawLength how many there are, without the line end; 0 when the format keeps none
     */
    public void endRecord(long line, int rawStart, int rawLength) {
        lines[size] = line;
        rawStarts[size] = rawStart;
        rawLengths[size] = rawLength;
        firsts[++size] = cells;
    }

    /** Forgets the cells added since the last whole record. */
    public void abandonRecord() {
        cells = firsts[size];
        if (faulty && size < faults.length) {
            faults[size] = 0;
        }
    }

    /**
     * Sets the number of the first record in this batch.
     *
     * @param number from 1
     */
    public void firstNumber(long number) {
        firstNumber = number;
    }

    /**
     * The number of whole records.
     *
     * @return 0 to capacity
     */
    public int size() {
        return size;
    }

    /**
     * The greatest number of records.
     *
     * @return at least 1
     */
    public int capacity() {
        return lines.length;
    }

    /**
     * The number of cells of the record that is being read.
     *
     * @return since the last {@link #endRecord}
     */
    public int openCells() {
        return cells - firsts[size];
    }

    /**
     * The number of cells in all records.
     *
     * @return 0 or more
     */
    public int totalCells() {
        return cells;
    }

    /**
     * The number of a record in its file.
     *
     * @param record from 0
     * @return from 1
     */
    public long number(int record) {
        return firstNumber + record;
    }

    /**
     * The line of the file, or row of the sheet, on which a record begins.
     *
     * @param record from 0
     * @return from 1
     */
    public long line(int record) {
        return lines[record];
    }

    /**
     * The number of cells of a record.
     *
     * @param record from 0
     * @return 0 or more
     */
    public int cells(int record) {
        return firsts[record + 1] - firsts[record];
    }

    /**
     * Whether any record has a fault.
     *
     * @return false for most batches
     */
    public boolean hasFaults() {
        return faulty;
    }

    /**
     * What is wrong with the form of a record.
     *
     * @param record from 0
     * @return null when nothing is
     */
    public @Nullable Fault fault(int record) {
        return faulty && faults[record] != 0 ? Fault.ALL[(faults[record] >> 1 & 7) - 1] : null;
    }

    /**
     * Which cell of a record has the fault.
     *
     * @param record one that has a fault
     * @return from 1
     */
    public int faultPlace(int record) {
        return faults[record] >> 4;
    }

    /**
     * Whether a record with a fault is used all the same, with a warning.
     *
     * @param record one that has a fault
     * @return false when it is to be rejected
     */
    public boolean isFaultKept(int record) {
        return (faults[record] & 1) != 0;
    }

    /**
     * The index of a record's first cell, for {@link #start}, {@link #length} and {@link #kind}.
     *
     * @param record from 0
     * @return cells of one record have consecutive indexes
     */
    public int first(int record) {
        return firsts[record];
    }

    /**
     * Where a cell begins in the buffer.
     *
     * @param cell {@link #first} of its record plus its place in the record
     * @return an index of the buffer
     */
    public int start(int cell) {
        return starts[cell];
    }

    /**
     * How many bytes a cell has.
     *
     * @param cell {@link #first} of its record plus its place in the record
     * @return 0 or more
     */
    public int length(int cell) {
        return lengths[cell];
    }

    /**
     * What the file itself says of a cell's type.
     *
     * @param cell {@link #first} of its record plus its place in the record
     * @return one of {@link Kind}
     */
    public byte kind(int cell) {
        return cell < kinds.length ? kinds[cell] : Kind.TEXT;
    }

    /**
     * How many bytes the number of a cell has exactly as the file holds it, where the cell's text is rounded: they begin
     * directly behind the cell's bytes.
     *
     * @param cell {@link #first} of its record plus its place in the record
     * @return 0 when the cell's text is exact
     */
    public int exactLength(int cell) {
        return cell < exacts.length ? exacts[cell] : 0;
    }

    /**
     * How many bytes the text has that the file shows for a cell, such as {@code 04101} for the number 4101: they begin
     * behind the cell's bytes and those of {@link #exactLength}.
     *
     * @param cell {@link #first} of its record plus its place in the record
     * @return 0 when it shows the cell's text
     */
    public int shownLength(int cell) {
        return cell < showns.length ? showns[cell] : 0;
    }

    /**
     * Where a record's raw bytes begin in the buffer.
     *
     * @param record from 0
     * @return an index of the buffer
     */
    public int rawStart(int record) {
        return rawStarts[record];
    }

    /**
     * How many raw bytes a record has.
     *
     * @param record from 0
     * @return 0 when the format keeps none
     */
    public int rawLength(int record) {
        return rawLengths[record];
    }

    /**
     * A cell as text. Allocates: not for the hot path.
     *
     * @param record from 0
     * @param place from 0, less than {@link #cells}
     * @return its text, malformed bytes replaced
     */
    public String text(int record, int place) {
        int cell = firsts[record] + place;
        return new String(buffer, starts[cell], lengths[cell], StandardCharsets.UTF_8);
    }
}
