// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.records.TextBatch;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Copies numbers with all their digits and with what their cells show. The format they were shown by is not known any more:
 * one that shows the same is made of the text.
 */
final class CopiedNumbers {

    /** Spreadsheet programs refuse workbooks of some thousand formats. */
    private static final int MOST_FORMATS = 500;

    private final CellStyles styles;
    private final Map<String, Integer> formats = new HashMap<>();
    private final Bytes shown = new Bytes();

    CopiedNumbers(CellStyles styles) {
        this.styles = styles;
    }

    void copy(SheetXml xml, int column, TextBatch records, int cell) {
        byte[] bytes = records.buffer();
        int start = records.start(cell);
        int end = start + records.length(cell);
        int exact = records.exactLength(cell);
        int shownLength = records.shownLength(cell);
        if (shownLength == 0) {
            int from = exact > 0 ? end : start;
            xml.number(column, CellStyles.GENERAL, bytes, from, exact > 0 ? exact : end - start);
            return;
        }
        String text = new String(bytes, end + exact, shownLength, StandardCharsets.UTF_8);
        String format = format(text, bytes, start, end);
        Integer style = formats.get(format);
        if (style == null && formats.size() < MOST_FORMATS) {
            style = styles.of(format);
            formats.put(format, style);
        }
        if (style == null) {
            xml.text(column, CellStyles.GENERAL, text);
        } else {
            xml.number(column, style, bytes, start, end - start);
        }
    }

    /** Digits for digits if that shows the text, else the text itself. */
    private String format(String text, byte[] bytes, int start, int end) {
        StringBuilder code = new StringBuilder();
        String unsigned = text.startsWith("-") && bytes[start] == '-' ? text.substring(1) : text;
        for (int i = 0; i < unsigned.length(); i++) {
            char c = unsigned.charAt(i);
            if (c >= '0' && c <= '9') {
                code.append('0');
            } else if (c == '.' || c == '%') {
                code.append(c);
            } else {
                code.append('\\').append(c);
            }
        }
        ShownFormat format = ShownFormat.of(code.toString());
        shown.clear();
        return format != null
                        && format.write(bytes, start, end, shown)
                        && shown.toString().equals(text)
                ? code.toString()
                : literal(text);
    }

    /** For numbers below zero once more: else a sign would be put in front. */
    private static String literal(String text) {
        String quoted = "\"" + text.replace("\"", "") + "\"";
        return quoted + ";" + quoted;
    }
}
