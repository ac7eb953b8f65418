// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the rows of a sheet as XML: rows in order, and the cells of a row in the order of their columns. */
final class SheetXml {

    private static final int DIGITS = 20;
    private static final byte[] ROW = ascii("<row r=\"");
    private static final byte[] ROW_END = ascii("</row>");
    private static final byte[] CELL = ascii("<c r=\"");
    private static final byte[] STYLE = ascii("\" s=\"");
    private static final byte[] NUMBER = ascii("\"><v>");
    private static final byte[] BOOLEAN = ascii("\" t=\"b\"><v>");
    private static final byte[] ERROR = ascii("\" t=\"e\"><v>");
    private static final byte[] VALUE_END = ascii("</v></c>");
    private static final byte[] TEXT = ascii("\" t=\"inlineStr\"><is><t>");
    private static final byte[] TEXT_WITH_BLANKS = ascii("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    private static final byte[] TEXT_END = ascii("</t></is></c>");

    private final OutputStream out;
    private final Bytes buffer = new Bytes();
    private final byte[] digits = new byte[DIGITS];
    private long row;

    SheetXml(OutputStream out) {
        this.out = out;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    void add(String xml) {
        add(xml.getBytes(StandardCharsets.UTF_8));
    }

    private void add(byte[] xml) {
        buffer.add(xml, 0, xml.length);
    }

    /**
     * Begins a row.
     *
     * @param number from 1
     */
    void beginRow(long number) {
        row = number;
        add(ROW);
        addLong(number);
        buffer.add('"');
        buffer.add('>');
    }

    void endRow() throws IOException {
        add(ROW_END);
        if (buffer.length() >= 1 << 15) {
            flush();
        }
    }

    void flush() throws IOException {
        out.write(buffer.array(), 0, buffer.length());
        buffer.clear();
    }

    /**
     * Writes a whole number.
     *
     * @param column from 0
     * @param style an index of {@link CellStyles}
     */
    void number(int column, int style, long value) {
        begin(column, style, NUMBER);
        addLong(value);
        add(VALUE_END);
    }

    /** Writes a decimal number: digits of which so many stand behind the point. */
    void number(int column, int style, long unscaled, int scale) {
        begin(column, style, NUMBER);
        if (unscaled < 0) {
            buffer.add('-');
        }
        int from = toDigits(unscaled);
        int whole = DIGITS - from - scale;
        if (whole <= 0) {
            buffer.add('0');
            buffer.add('.');
            for (int i = whole; i < 0; i++) {
                buffer.add('0');
            }
            buffer.add(digits, from, DIGITS - from);
        } else {
            buffer.add(digits, from, whole);
            if (scale > 0) {
                buffer.add('.');
                buffer.add(digits, from + whole, scale);
            }
        }
        add(VALUE_END);
    }

    /** Writes a number that has been written as text already, in ASCII. */
    void number(int column, int style, byte[] text, int offset, int length) {
        begin(column, style, NUMBER);
        buffer.add(text, offset, length);
        add(VALUE_END);
    }

    /**
     * Writes the moment that many days and microseconds behind the beginning of the calendar.
     *
     * @param days 0 or more, as spreadsheets count them
     * @param micros of the day; spreadsheets cannot tell less than a millisecond apart
     */
    void moment(int column, int style, long days, long micros) {
        begin(column, style, NUMBER);
        addLong(days);
        // 10^17 parts of a day: enough for the nearest double, so that no reader finds the second before.
        long parts = micros * 10_000_000 / 864;
        parts = parts * 100 + (micros * 10_000_000 % 864 * 100 + 432) / 864;
        if (parts > 0) {
            buffer.add('.');
            for (long unit = 10_000_000_000_000_000L; parts > 0; unit /= 10) {
                buffer.add((int) ('0' + parts / unit));
                parts %= unit;
            }
        }
        add(VALUE_END);
    }

    void bool(int column, int style, boolean value) {
        begin(column, style, BOOLEAN);
        buffer.add(value ? '1' : '0');
        add(VALUE_END);
    }

    /** Writes an error value such as {@code #DIV/0!}. */
    void error(int column, byte[] text, int offset, int length) {
        begin(column, 0, ERROR);
        Escapes.write(text, offset, length, buffer);
        add(VALUE_END);
    }

    /** Writes a text, which stays a text whatever it begins with. */
    void text(int column, int style, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        text(column, style, bytes, 0, bytes.length);
    }

    /** Writes a text in UTF-8; bytes that are none become U+FFFD. An empty text makes no cell. */
    void text(int column, int style, byte[] text, int offset, int length) {
        if (length > 0) {
            boolean blanks = isBlank(text[offset]) || isBlank(text[offset + length - 1]);
            begin(column, style, blanks ? TEXT_WITH_BLANKS : TEXT);
            Escapes.write(text, offset, length, buffer);
            add(TEXT_END);
        }
    }

    private static boolean isBlank(byte b) {
        return b >= 0 && b <= ' ';
    }

    private void begin(int column, int style, byte[] type) {
        add(CELL);
        addColumn(column);
        addLong(row);
        if (style != 0) {
            add(STYLE);
            addLong(style);
        }
        add(type);
    }

    private void addColumn(int column) {
        if (column >= 26) {
            addColumn(column / 26 - 1);
        }
        buffer.add('A' + column % 26);
    }

    private void addLong(long value) {
        if (value < 0) {
            buffer.add('-');
        }
        int from = toDigits(value);
        buffer.add(digits, from, DIGITS - from);
    }

    /** Puts the digits of a number, without its sign, at the end of their array; gives where they begin. */
    private int toDigits(long value) {
        int at = DIGITS;
        // Counted below zero, where there is one number more than above.
        for (long rest = value > 0 ? -value : value; rest < 0 || at == DIGITS; rest /= 10) {
            digits[--at] = (byte) ('0' - rest % 10);
        }
        return at;
    }
}
