// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which sheets hold the rows of one table: a table of more rows than a sheet has goes on in others. Each of them has a
 * hidden name of its own that says so, which spreadsheet programs keep when sheets are renamed, moved or deleted.
 */
final class SheetParts {

    private static final String NAME = "_gantry_part";
    private static final Pattern VALUE = Pattern.compile("\"?([0-9]{1,4}) of ([0-9]{1,4})( below its header)?\"?");
    private static final int LONGEST = 100;
    private static final long NAME_ATTRIBUTE = XmlScanner.name("name");
    private static final long SHEET_ATTRIBUTE = XmlScanner.name("localSheetId");

    private final List<Part> parts = new ArrayList<>();

    /**
     * A sheet of several.
     *
     * @param sheet its number in the workbook, from 1
     * @param number its turn, from 1
     * @param of how many there are
     * @param header whether each of them begins with the header
     */
    record Part(int sheet, int number, int of, boolean header) {}

    /** The element that names a sheet as one of several. */
    static String xml(int number, int of, boolean header) {
        return "<definedName name=\"" + NAME + "\" localSheetId=\"" + (number - 1) + "\" hidden=\"1\">\"" + number
                + " of " + of + (header ? " below its header" : "") + "\"</definedName>";
    }

    /** Takes note of a defined name that was just opened. */
    void add(XmlScanner xml) throws IOException {
        long sheet = xml.number(SHEET_ATTRIBUTE);
        if (sheet < 0 || sheet > 10_000 || !NAME.equals(xml.value(NAME_ATTRIBUTE))) {
            return;
        }
        Bytes text = new Bytes();
        if (xml.text(text, LONGEST)) {
            Matcher value = VALUE.matcher(text.toString().strip());
            if (value.matches()) {
                parts.add(new Part(
                        (int) sheet + 1,
                        Integer.parseInt(value.group(1)),
                        Integer.parseInt(value.group(2)),
                        value.group(3) != null));
            }
        }
    }

    /** The parts of the table that begins on a sheet, in order; just that one when it is alone or not the first. */
    List<Part> from(Workbook workbook, Workbook.Sheet first) {
        Part begin = parts.stream()
                .filter(part -> part.sheet() == first.number())
                .findFirst()
                .orElse(new Part(first.number(), 1, 1, true));
        if (begin.number() != 1 || begin.of() == 1) {
            return List.of(begin);
        }
        List<Part> all = new ArrayList<>();
        for (int number = 1; number <= begin.of(); number++) {
            int turn = number;
            List<Part> found = parts.stream()
                    .filter(part -> part.number() == turn && part.of() == begin.of())
                    .toList();
            if (found.size() != 1) {
                throw Failures.broken(
                        workbook.archive().name(),
                        "sheet '" + first.name() + "'",
                        "its rows were written to " + begin.of() + " sheets, and sheet " + number + " of them is "
                                + (found.isEmpty() ? "missing" : "there " + found.size() + " times")
                                + "; put it back, or name another sheet in the option 'sheet'",
                        null);
            }
            all.add(found.get(0));
        }
        return all;
    }

    /** Whether a sheet goes on with the rows of another. */
    boolean isContinuation(Workbook.Sheet sheet) {
        return parts.stream().anyMatch(part -> part.sheet() == sheet.number() && part.number() > 1);
    }
}
