// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.ProviderException;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.records.TextBatch.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Makes records of the rows of one sheet, from first to last. A row's cells are gathered by column first, because a row
 * may leave cells out and may end with cells that are empty.
 */
final class SheetReader implements Closeable {

    private static final long DATA = XmlScanner.name("sheetData");
    private static final long ROW = XmlScanner.name("row");
    private static final long CELL = XmlScanner.name("c");
    private static final long VALUE = XmlScanner.name("v");
    private static final long INLINE = XmlScanner.name("is");
    private static final long REFERENCE = XmlScanner.name("r");
    private static final long STYLE = XmlScanner.name("s");
    private static final long TYPE = XmlScanner.name("t");
    /** Types as they are packed by {@link XmlScanner#name}; 0 stands for none, which is a number. */
    private static final long SHARED = XmlScanner.name("s");

    private static final long BOOLEAN = XmlScanner.name("b");
    private static final long ERROR = XmlScanner.name("e");
    private static final long DATE = XmlScanner.name("d");
    private static final long NUMBER = XmlScanner.name("n");
    private static final long FORMULA_TEXT = XmlScanner.name("str");

    private final Workbook workbook;
    private final Workbook.Sheet sheet;
    private final Limits limits;
    private final Supplier<String> where = this::where;
    private final PartStream part;
    private final XmlScanner xml;
    private final NumberText number = new NumberText();
    private final DateText date;
    private final Bytes value = new Bytes();

    private boolean inData;
    private long row;
    private int used;
    private int recordStart;
    private int width;
    private int[] starts = new int[64];
    private int[] lengths = new int[64];
    private byte[] kinds = new byte[64];

    /**
     * Opens a sheet.
     *
     * @param path its part
     */
    SheetReader(Workbook workbook, Workbook.Sheet sheet, String path) throws IOException {
        this.workbook = workbook;
        this.sheet = sheet;
        this.limits = workbook.archive().limits();
        this.date = new DateText(workbook.isDate1904());
        this.part = workbook.archive().part(path, where);
        this.xml = new XmlScanner(part);
    }

    /** Says that the batch was cleared: the next record's bytes go to the beginning of its buffer. */
    void begin() {
        used = 0;
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
            if (xml.name() == DATA) {
                inData = event == XmlScanner.Event.START;
            } else if (inData && event == XmlScanner.Event.START && xml.name() == ROW && readRow(into)) {
                return true;
            }
        }
        return false;
    }

    private boolean readRow(TextBatch into) throws IOException {
        long given = xml.number(REFERENCE);
        row = given < 0 ? row + 1 : given;
        recordStart = used;
        width = 0;
        int column = -1;
        while (xml.next() == XmlScanner.Event.START) {
            if (xml.name() == CELL) {
                column = column(column + 1);
                readCell(column, into);
            } else {
                xml.skip();
            }
        }
        for (int i = 0; i < width; i++) {
            into.cell(starts[i], lengths[i]);
            into.kind(kinds[i]);
        }
        if (width > 0) {
            Arrays.fill(lengths, 0, width, 0);
            Arrays.fill(kinds, 0, width, Kind.TEXT);
            into.endRecord(row, 0, 0);
        }
        return width > 0;
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
        while (xml.next() == XmlScanner.Event.START) {
            if (!readValue()) {
                throw limit("cellBytes", limits.cellBytes());
            }
        }
        if (value.length() > 0) {
            int start = used;
            byte kind = write(type, style, into);
            if (used > start) {
                place(column, start, kind);
            }
        }
    }

    /** Reads what was opened inside a cell to its end; false when it is longer than allowed. */
    private boolean readValue() throws IOException {
        if (xml.name() == INLINE) {
            return RichText.read(xml, value, limits.cellBytes());
        }
        if (xml.name() == VALUE && !xml.text(value, limits.cellBytes())) {
            return false;
        }
        xml.skip();
        return true;
    }

    private byte write(long type, long style, TextBatch into) throws IOException {
        if (type == SHARED) {
            return writeShared(into);
        } else if (type == 0 || type == NUMBER) {
            return writeNumber(workbook.styles().kind(style), into);
        } else if (type == BOOLEAN) {
            boolean is = value.is("1") || value.is("true");
            if (is || value.is("0") || value.is("false")) {
                writeText(is ? "TRUE" : "FALSE");
                return copy(Kind.BOOLEAN, into);
            }
        } else if (type == ERROR) {
            return copy(Kind.ERROR, into);
        } else if (type == DATE) {
            String normal = DateText.normal(value.toString());
            if (!normal.isEmpty()) {
                writeText(normal);
                return copy(Kind.TEMPORAL, into);
            }
        } else if (type == FORMULA_TEXT) {
            Escapes.resolve(value);
        }
        return copy(Kind.TEXT, into);
    }

    private void writeText(String ascii) {
        value.clear();
        for (int i = 0; i < ascii.length(); i++) {
            value.add(ascii.charAt(i));
        }
    }

    private byte writeShared(TextBatch into) throws IOException {
        SharedStrings strings = workbook.strings();
        boolean known = number.parse(value.array(), value.length()) && number.exponent() == 0 && !number.isNegative();
        if (!known || number.digits() >= strings.size()) {
            throw broken("a cell refers to a shared text that is not there; there are " + strings.size());
        }
        int length = strings.copy(number.digits(), into, used);
        // A long text that all cells share is a bomb as well.
        workbook.archive().count(length, where);
        used += length;
        return Kind.TEXT;
    }

    private byte writeNumber(byte format, TextBatch into) {
        if (!number.parse(value.array(), value.length())) {
            return copy(Kind.TEXT, into);
        }
        byte[] buffer = into.ensure(used + NumberText.LONGEST);
        if (format != NumberFormats.NUMBER) {
            int end = date.write(number, format == NumberFormats.ELAPSED, buffer, used);
            if (end >= 0) {
                used = end;
                return date.kind();
            }
        }
        used = number.write(value.array(), value.length(), buffer, used);
        return Kind.NUMBER;
    }

    private byte copy(byte kind, TextBatch into) {
        System.arraycopy(value.array(), 0, into.ensure(used + value.length()), used, value.length());
        used += value.length();
        return kind;
    }

    private void place(int column, int start, byte kind) {
        if (column >= limits.columns()) {
            throw limit("columns", limits.columns());
        }
        if (used - recordStart > limits.recordBytes()) {
            throw limit("recordBytes", limits.recordBytes());
        }
        if (column >= starts.length) {
            int capacity = Math.max(column + 1, starts.length * 2);
            starts = Arrays.copyOf(starts, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
            kinds = Arrays.copyOf(kinds, capacity);
        }
        starts[column] = start;
        lengths[column] = used - start;
        kinds[column] = kind;
        width = Math.max(width, column + 1);
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
