// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.ProviderException;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.records.TextBatch.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of the rows of one sheet, from first to last. A row's cells are gathered by column first, because a row
 * may leave cells out and may end with cells that are empty.
 */
final class SheetReader implements Closeable {

    private static final long ROOT = XmlScanner.name("worksheet");
    private static final long DATA = XmlScanner.name("sheetData");
    private static final long ROW = XmlScanner.name("row");
    private static final long CELL = XmlScanner.name("c");
    private static final long VALUE = XmlScanner.name("v");
    private static final long INLINE = XmlScanner.name("is");
    private static final long FORMULA = XmlScanner.name("f");
    private static final long REFERENCE = XmlScanner.name("r");
    private static final long STYLE = XmlScanner.name("s");
    private static final long TYPE = XmlScanner.name("t");

    private final Workbook workbook;
    private final Workbook.Sheet sheet;
    private final Limits limits;
    private final Supplier<String> where = this::where;
    private final PartStream part;
    private final XmlScanner xml;
    private final CellText text;
    private final RowCells cells;
    private final Bytes value = new Bytes();
    private final SheetOptions options;
    private final @Nullable MergedCells merged;
    private final HeaderRows header = new HeaderRows();

    private boolean inData;
    private long row;
    private int used;
    private int recordStart;
    private boolean formula;
    private boolean valued;

    /**
     * Opens a sheet.
     *
     * @param path its part
     */
    SheetReader(Workbook workbook, Workbook.Sheet sheet, String path, SheetOptions options) throws IOException {
        this.workbook = workbook;
        this.sheet = sheet;
        this.limits = workbook.archive().limits();
        this.text = new CellText(workbook.isDate1904());
        this.cells = new RowCells();
        this.options = options;
        this.merged = options.needsMerges() ? MergedCells.of(MergedCells.list(workbook.archive(), path, where)) : null;
        this.part = workbook.archive().part(path, where);
        this.xml = new XmlScanner(part);
    }

    /** Says that the batch was cleared: the next record's bytes go to the beginning of its buffer. */
    void begin() {
        used = 0;
    }

    /** Says where the batch's buffer is free, which records of another sheet are in. */
    void begin(int from) {
        used = from;
    }

    Workbook.Sheet sheet() {
        return sheet;
    }

    /** How many bytes of the batch's buffer are used. */
    int used() {
        return used;
    }

    /** How many of the package's bytes have been read for this sheet. */
    long consumed() {
        return part.consumed();
    }

    /**
     * Reads on to the next row that has a cell which is not empty, and adds it.
     *
     * @return false when there is none
     */
    boolean read(TextBatch into) throws IOException {
        for (var event = xml.next(); event != XmlScanner.Event.DONE; event = xml.next()) {
            int depth = xml.depth();
            if (event == XmlScanner.Event.END) {
                inData &= depth > 1;
            } else if (depth == 3 && inData && xml.name() == ROW) {
                if (readRow(into)) {
                    return true;
                }
            } else if (depth == 2) {
                inData = xml.name() == DATA;
            } else if (depth == 1) {
                xml.mustBe(ROOT, "a sheet of cells");
            } else {
                xml.skip();
            }
        }
        if (header.isOpen()) {
            throw noHeader();
        }
        return false;
    }

    private ProviderException noHeader() {
        return broken("the option 'headerRows' names row " + options.lastHeaderRow() + ", which has no cells");
    }

    private boolean readRow(TextBatch into) throws IOException {
        long given = xml.number(REFERENCE);
        row = given < 0 ? row + 1 : given;
        recordStart = used;
        int column = -1;
        while (xml.next() == XmlScanner.Event.START) {
            if (xml.name() == CELL) {
                column = column(column + 1);
                readCell(column, into);
            } else {
                xml.skip();
            }
        }
        if (cells.width() == 0) {
            return false;
        }
        if (header.isOpen() && !options.isHeader(row)) {
            throw noHeader();
        }
        if (merged != null) {
            fill(merged, into);
        }
        if (options.isHeader(row)) {
            header.add(cells, into);
            cells.clear();
            return row == options.lastHeaderRow() && endHeader(into);
        }
        cells.moveTo(into);
        into.endRecord(row, 0, 0);
        return true;
    }

    private void fill(MergedCells ranges, TextBatch into) {
        if (options.fillMerged() || options.isHeader(row)) {
            int from = used;
            used = ranges.fill(row, cells, into, used, (long) recordStart + limits.recordBytes());
            if (used < 0) {
                throw broken("its merged ranges overlap");
            }
            workbook.archive().count(used - from, where);
            checkSize();
            if (cells.width() > limits.columns()) {
                throw limit("columns", limits.columns());
            }
        }
    }

    private boolean endHeader(TextBatch into) {
        used = header.end(into, used);
        checkSize();
        into.endRecord(row, 0, 0);
        return true;
    }

    /** The column of the cell that was just opened, from 0: by its reference such as B7, else the one in turn. */
    private int column(int next) {
        if (!xml.has(REFERENCE)) {
            return next;
        }
        int column = xml.column(REFERENCE);
        if (column == 0) {
            throw broken("a cell has a reference that names no column");
        }
        return column - 1;
    }

    private void readCell(int column, TextBatch into) throws IOException {
        long style = xml.number(STYLE);
        long type = xml.packed(TYPE);
        value.clear();
        formula = false;
        valued = false;
        while (xml.next() == XmlScanner.Event.START) {
            if (!readPart(type)) {
                throw limit("cellBytes", limits.cellBytes());
            }
        }
        if (value.length() > 0) {
            write(column, type, style, into);
        } else if (formula && !(valued && type == CellText.FORMULA_TEXT)) {
            place(column, used, Kind.FORMULA);
        }
    }

    /** Reads what was opened inside a cell to its end; false when it is longer than allowed. */
    private boolean readPart(long type) throws IOException {
        long name = xml.name();
        if (name == VALUE) {
            return readValue();
        } else if (name == INLINE && type == CellText.INLINE) {
            value.clear();
            valued = true;
            return RichText.read(xml, value, limits.cellBytes());
        }
        formula |= name == FORMULA;
        xml.skip();
        return true;
    }

    /** Reads a value, unless there is one already: an inline text counts more than the number beside it. */
    private boolean readValue() throws IOException {
        if (!valued) {
            valued = true;
            if (!xml.text(value, limits.cellBytes())) {
                return false;
            }
        }
        xml.skip();
        return true;
    }

    private void write(int column, long type, long style, TextBatch into) throws IOException {
        int start = used;
        if (CellText.isShared(type)) {
            writeShared(into);
            if (used > start) {
                place(column, start, Kind.TEXT);
            }
            return;
        }
        byte kind = text.write(workbook, type, style, value, into, used);
        used = text.end();
        if (used > start) {
            place(column, start, kind);
            int exact = text.exactLength();
            int shown = text.shownLength();
            if (exact + shown > 0) {
                cells.forms(column, exact, shown);
                used += exact + shown;
            }
        }
    }

    private void writeShared(TextBatch into) throws IOException {
        SharedStrings strings = workbook.strings();
        long index = text.index(value);
        if (index < 0 || index >= strings.size()) {
            throw broken("a cell refers to a shared text that is not there; there are " + strings.size());
        }
        int length = strings.copy(index, into, used);
        workbook.archive().countShared(length, where);
        used += length;
    }

    private void place(int column, int start, byte kind) {
        if (column >= limits.columns()) {
            throw limit("columns", limits.columns());
        }
        checkSize();
        cells.put(column, start, used - start, kind);
    }

    private void checkSize() {
        if (used - recordStart > limits.recordBytes()) {
            throw limit("recordBytes", limits.recordBytes());
        }
    }

    private String where() {
        return "sheet '" + sheet.name() + "'" + (row == 0 ? "" : ", row " + row);
    }

    private ProviderException broken(String what) {
        return Failures.broken(workbook.archive().name(), where(), what, null);
    }

    private ProviderException limit(String name, long max) {
        return Failures.limit(workbook.archive().name(), where(), name, max);
    }

    @Override
    public void close() throws IOException {
        xml.close();
    }
}
