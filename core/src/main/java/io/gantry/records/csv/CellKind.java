// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import java.util.regex.Pattern;

/** What a cell looks like, roughly, in any of the usual notations. */
enum CellKind {
    EMPTY,
    NUMBER,
    TEMPORAL,
    BOOLEAN,
    TEXT;

    private static final int LONGEST = 40;
    private static final Pattern NUMBERS = Pattern.compile(
            "[+-]?[$€£]?(\\d+([.,]\\d+)?([eE][+-]?\\d+)?|\\d{1,3}([ .,'’]\\d{3})+([.,]\\d+)?|\\.\\d+) ?[%€]?");
    private static final Pattern TEMPORALS = Pattern.compile("(\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}[T ]?)?"
            + "(\\d{1,2}:\\d{2}(:\\d{2}([.,]\\d+)?)?( ?[AaPp][Mm])?(Z|[+-]\\d{2}:?\\d{2})?)?");
    private static final Pattern BOOLEANS = Pattern.compile("(?i)true|false|yes|no");

    static CellKind of(String cell) {
        String text = cell.strip();
        if (text.isEmpty()) {
            return EMPTY;
        }
        if (text.length() > LONGEST) {
            return TEXT;
        }
        if (NUMBERS.matcher(text).matches()) {
            return NUMBER;
        }
        if (TEMPORALS.matcher(text).matches()) {
            return TEMPORAL;
        }
        return BOOLEANS.matcher(text).matches() ? BOOLEAN : TEXT;
    }
}
