// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.records.TextBatch;
import io.gantry.spi.records.TextBatch.Kind;
import java.io.IOException;

/** Writes what a cell holds into a batch: as text, with what the cell says of its kind. Used again for each cell. */
final class CellText {

    /** Types of cells as they are packed by {@link XmlScanner#name}; 0 stands for none, which is a number. */
    static final long FORMULA_TEXT = XmlScanner.name("str");

    static final long INLINE = XmlScanner.name("inlineStr");
    private static final long SHARED = XmlScanner.name("s");
    private static final long BOOLEAN = XmlScanner.name("b");
    private static final long ERROR = XmlScanner.name("e");
    private static final long DATE = XmlScanner.name("d");
    private static final long NUMBER = XmlScanner.name("n");

    private final NumberText number = new NumberText();
    private final Bytes shown = new Bytes();
    private final DateText date;
    private int end;
    private int exactLength;
    private int shownLength;

    CellText(boolean date1904) {
        this.date = new DateText(date1904);
    }

    /** Where the text written last ends in the batch's buffer; behind it lie its other forms. */
    int end() {
        return end;
    }

    /** How long the exact form is, which lies behind the text; 0 without one. */
    int exactLength() {
        return exactLength;
    }

    /** How long the shown form is, which lies behind the exact one; 0 without one. */
    int shownLength() {
        return shownLength;
    }

    /**
     * Writes a cell that is no shared text.
     *
     * @param type of the cell, packed
     * @param style its index
     * @param value what was in it; spoiled
     * @param at where in the batch's buffer
     * @return its kind
     */
    byte write(Workbook workbook, long type, long style, Bytes value, TextBatch into, int at) throws IOException {
        exactLength = 0;
        shownLength = 0;
        if (type == 0 || type == NUMBER) {
            return writeNumber(workbook.styles(), style, value, into, at);
        } else if (type == BOOLEAN) {
            boolean is = value.is("1") || value.is("true");
            if (is || value.is("0") || value.is("false")) {
                return copy(Kind.BOOLEAN, text(is ? "TRUE" : "FALSE", value), into, at);
            }
        } else if (type == ERROR) {
            return copy(Kind.ERROR, value, into, at);
        } else if (type == DATE) {
            String normal = DateText.normal(value.toString());
            if (!normal.isEmpty()) {
                return copy(Kind.TEMPORAL, text(normal, value), into, at);
            }
        } else if (type == FORMULA_TEXT) {
            Escapes.resolve(value);
        }
        return copy(Kind.TEXT, value, into, at);
    }

    static boolean isShared(long type) {
        return type == SHARED;
    }

    /** The number of a shared text; -1 when the value is none. */
    long index(Bytes value) {
        boolean known = number.parse(value.array(), value.length()) && number.exponent() == 0 && !number.isNegative();
        return known ? number.digits() : -1;
    }

    private static Bytes text(String ascii, Bytes value) {
        value.clear();
        for (int i = 0; i < ascii.length(); i++) {
            value.add(ascii.charAt(i));
        }
        return value;
    }

    private byte writeNumber(Styles styles, long style, Bytes value, TextBatch into, int at) {
        if (!number.parse(value.array(), value.length())) {
            return copy(Kind.TEXT, value, into, at);
        }
        byte[] buffer = into.ensure(at + NumberText.LONGEST);
        byte format = styles.kind(style);
        if (format != NumberFormats.NUMBER) {
            end = date.write(number, format == NumberFormats.ELAPSED, buffer, at);
            if (end >= 0) {
                return date.kind();
            }
        }
        end = number.write(value.array(), value.length(), buffer, at);
        if (number.loss() == NumberText.Loss.NONE) {
            ShownFormat look = styles.shown(style);
            if (look != null) {
                show(look, buffer, into, at);
            }
            return Kind.NUMBER;
        }
        return switch (number.loss()) {
            case NONE -> Kind.NUMBER;
            case NOISE -> exact(Kind.NUMBER, value, into);
            case WHOLE -> Kind.LONG_NUMBER;
            case DIGITS, WHOLE_DIGITS -> exact(Kind.LONG_NUMBER, value, into);
        };
    }

    private void show(ShownFormat look, byte[] buffer, TextBatch into, int at) {
        shown.clear();
        if (look.write(buffer, at, end, shown)) {
            shownLength = shown.length();
            System.arraycopy(shown.array(), 0, into.ensure(end + shownLength), end, shownLength);
        }
    }

    private byte exact(byte kind, Bytes value, TextBatch into) {
        exactLength = value.length();
        System.arraycopy(value.array(), 0, into.ensure(end + exactLength), end, exactLength);
        return kind;
    }

    private byte copy(byte kind, Bytes value, TextBatch into, int at) {
        System.arraycopy(value.array(), 0, into.ensure(at + value.length()), at, value.length());
        end = at + value.length();
        return kind;
    }
}
