// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import java.nio.charset.StandardCharsets;

/**
 * The text of records in a dialect, as UTF-8: cells are added one by one, and what must be quoted is.
 *
 * <p>Null is nothing between two delimiters, an empty text is a pair of quotes, so that they differ; the last cell of a record
 * of nulls is a pair of quotes too, as a blank line would be no record. Dialects without quotes have one form for both.
 */
final class RecordText {

    private final Dialect dialect;
    private final byte[] delimiter;
    private final byte[] lineEnd;
    /** By byte: whether a cell that has it must be quoted. */
    private final boolean[] special = new boolean[256];

    private final int comment;
    private final byte quote;
    /** Whether each byte is looked at by itself: the dialect has a single byte of quote and no escape. */
    private final boolean simple;

    private final boolean plainValues;
    private final TextBuffer text = new TextBuffer();
    private final TextBuffer value = new TextBuffer();
    private int start;
    private int cells;

    RecordText(Dialect dialect) {
        this.dialect = dialect;
        this.delimiter = dialect.delimiter().getBytes(StandardCharsets.UTF_8);
        this.lineEnd = dialect.lineEnd().getBytes(StandardCharsets.UTF_8);
        Character enclosing = dialect.quote();
        boolean own = false;
        if (enclosing != null && enclosing < 0x80 && dialect.escape() == null) {
            own = true;
            special[enclosing] = true;
        }
        this.quote = enclosing != null ? (byte) enclosing.charValue() : 0;
        this.simple = own;
        Character marker = dialect.comment();
        this.comment = marker == null ? -1 : String.valueOf(marker).getBytes(StandardCharsets.UTF_8)[0] & 0xFF;
        special['\n'] = true;
        special['\r'] = true;
        if (delimiter.length > 0) {
            special[delimiter[0] & 0xFF] = true;
        }
        this.plainValues = own && !hasSpecial("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-.:/=");
    }

    private boolean hasSpecial(String characters) {
        return characters.chars().anyMatch(c -> special[c] || c == comment);
    }

    /** The records added since it was cleared. */
    TextBuffer text() {
        return text;
    }

    /**
     * Begins a cell whose text is made of digits, letters and {@code + - . : / =}: it is to be put into the buffer given
     * here, and ended by {@link #endValue}.
     */
    TextBuffer beginValue() {
        if (plainValues) {
            delimit();
            return text;
        }
        value.clear();
        return value;
    }

    void endValue() {
        if (!plainValues) {
            addText(value.bytes(), 0, value.length());
        }
    }

    void addNull() {
        delimit();
    }

    void addText(String cell) {
        byte[] bytes = cell.getBytes(StandardCharsets.UTF_8);
        addText(bytes, 0, bytes.length);
    }

    /** Adds a text with an apostrophe in front. */
    void addGuarded(byte[] bytes, int offset, int length) {
        value.clear();
        value.add((byte) '\'');
        value.add(bytes, offset, length);
        addText(value.bytes(), 0, value.length());
    }

    void addText(byte[] bytes, int offset, int length) {
        delimit();
        if (!simple) {
            addAny(new String(bytes, offset, length, StandardCharsets.UTF_8));
        } else if (length == 0
                || cells == 1 && (bytes[offset] & 0xFF) == comment
                || !text.addOrdinary(bytes, offset, length, special)) {
            text.addQuoted(bytes, offset, length, quote);
        }
    }

    /** Where there are quotes, every text is quoted, so that nothing needs more thought. */
    private void addAny(String cell) {
        Character enclosing = dialect.quote();
        Character escaping = dialect.escape();
        if (enclosing == null && escaping == null) {
            requireWritable(cell);
            text.add(cell);
            return;
        }
        StringBuilder out = new StringBuilder(cell.length() + 2);
        if (enclosing != null) {
            out.append(enclosing.charValue());
        }
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (escaping != null && (c == escaping || isMeant(c, i))) {
                out.append(escaping.charValue());
            } else if (enclosing != null && c == enclosing) {
                out.append(enclosing.charValue());
            }
            out.append(c);
        }
        text.add(
                enclosing == null
                        ? out.toString()
                        : out.append(enclosing.charValue()).toString());
    }

    /** Whether a character of a cell would mean something to a reader of a dialect with escapes. */
    private boolean isMeant(char c, int index) {
        Character enclosing = dialect.quote();
        if (enclosing != null) {
            return c == enclosing;
        }
        Character marker = dialect.comment();
        return c == '\n'
                || c == '\r'
                || dialect.delimiter().indexOf(c) >= 0
                || index == 0 && (c == ' ' || c == '\t' || marker != null && cells == 1 && c == marker);
    }

    /** Without quotes, some texts have no form that would be read as what they are. */
    private void requireWritable(String cell) {
        String between = dialect.delimiter();
        boolean lineEnds = cell.indexOf('\n') >= 0 || cell.indexOf('\r') >= 0;
        if (lineEnds || !between.isEmpty() && cell.contains(between)) {
            throw Failures.notWritable(
                    "A text has a delimiter or a line end in it, and the dialect neither quotes nor escapes",
                    "set option 'quote' or 'escape'");
        }
        if (between.length() > 1 && cell.indexOf(between.charAt(0)) >= 0) {
            throw Failures.notWritable(
                    "A text has a part of the delimiter in it, and the dialect does not quote", "set option 'quote'");
        }
        Character marker = dialect.comment();
        if (marker != null && cells == 1 && !cell.isEmpty() && cell.charAt(0) == marker) {
            throw Failures.notWritable(
                    "A record would begin with '" + marker + "', and would be a comment", "set option 'quote'");
        }
    }

    /** Adds bytes that are cells of this dialect already, as they are. */
    void addRaw(byte[] bytes, int offset, int length) {
        delimit();
        text.add(bytes, offset, length);
    }

    private void delimit() {
        if (cells++ == 0) {
            return;
        }
        if (delimiter.length == 1) {
            text.add(delimiter[0]);
        } else {
            text.add(delimiter);
        }
    }

    void endRecord() {
        if (text.length() - start == (cells - 1) * delimiter.length) { // nothing but delimiters
            if (dialect.quote() == null) {
                throw Failures.notWritable(
                        "A record of nothing but empty cells would be a blank line, which is no record",
                        "set option 'quote'");
            }
            String quotes = String.valueOf(dialect.quote());
            text.add(quotes + quotes);
        }
        text.add(lineEnd);
        start = text.length();
        cells = 0;
    }

    /** Forgets the records, which have been written. */
    void clear() {
        text.clear();
        start = 0;
    }
}
