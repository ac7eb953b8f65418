// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import java.util.ArrayList;
import java.util.List;

/** The cell styles of a workbook that is being written: each is a number format, but the first two. */
final class CellStyles {

    /** What a cell has that names none. */
    static final int GENERAL = 0;
    /** Bold, for headers. */
    static final int HEADER = 1;

    private static final int FIRST = 2;
    /** Numbers from here on are free for formats of a workbook's own. */
    private static final int FIRST_FORMAT = 164;

    private final List<String> formats = new ArrayList<>();

    /**
     * The style for a number format.
     *
     * @param format code such as {@code yyyy-mm-dd}
     * @return its index, the same for the same format
     */
    int of(String format) {
        int known = formats.indexOf(format);
        if (known < 0) {
            known = formats.size();
            formats.add(format);
        }
        return FIRST + known;
    }

    private static String escaped(String format) {
        return format.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    /** The part that defines the styles. */
    String xml() {
        StringBuilder codes = new StringBuilder();
        StringBuilder cells = new StringBuilder();
        for (int i = 0; i < formats.size(); i++) {
            int id = FIRST_FORMAT + i;
            codes.append("<numFmt numFmtId=\"").append(id).append("\" formatCode=\"");
            codes.append(escaped(formats.get(i))).append("\"/>");
            cells.append("<xf numFmtId=\"").append(id);
            cells.append("\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>");
        }
        String numbers = formats.isEmpty() ? "" : "<numFmts count=\"" + formats.size() + "\">" + codes + "</numFmts>";
        return WorkbookFile.XML + "<styleSheet xmlns=\"" + WorkbookFile.MAIN + "\">" + numbers
                + "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
                + "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
                + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
                + "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
                + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
                + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
                + "<cellXfs count=\"" + (FIRST + formats.size())
                + "\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
                + "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>"
                + cells + "</cellXfs>"
                + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>"
                + "</styleSheet>";
    }
}
