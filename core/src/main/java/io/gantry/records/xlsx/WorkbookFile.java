// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A workbook that is being written straight into its file: what must be known of all sheets is written behind the last,
 * so memory stays flat. The same content gives the same bytes.
 */
final class WorkbookFile implements Closeable {

    /** The greatest number of rows that spreadsheets can show on one sheet. */
    static final long MOST_ROWS = 1 << 20;

    static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private static final String RELATION_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String RELATIONS =
            XML + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    private static final String CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    /** Zip files have no zones; this is the first moment they can name. */
    private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ZipOutputStream zip;
    private final SheetXml xml;
    private final SheetNames tabs;
    private final String head;
    private final long mostRows;
    private final boolean headed;
    private final CellStyles styles;
    private final List<String> sheets = new ArrayList<>();
    private long row;
    private boolean closed;

    /**
     * Begins a workbook.
     *
     * @param out closed with it
     * @param head the XML of each sheet before its data
     * @param styles may grow until the file is closed
     * @param mostRows of one sheet
     * @param headed whether each sheet begins with the header
     */
    WorkbookFile(OutputStream out, CellStyles styles, SheetNames names, String head, long mostRows, boolean headed)
            throws IOException {
        this.zip = new ZipOutputStream(out);
        this.zip.setLevel(Deflater.BEST_SPEED);
        this.xml = new SheetXml(zip);
        this.tabs = names;
        this.head = head;
        this.mostRows = mostRows;
        this.headed = headed;
        this.styles = styles;
        part("_rels/.rels", RELATIONS + relation(1, "officeDocument", "xl/workbook.xml") + "</Relationships>");
    }

    /** Whether nothing has been written. */
    boolean isEmpty() {
        return sheets.isEmpty();
    }

    /** Whether the next row needs a new sheet. */
    boolean isFull() {
        return sheets.isEmpty() || row == mostRows;
    }

    /** Ends the sheet, if there is one, and begins the next. */
    void beginSheet() throws IOException {
        endSheet();
        sheets.add(tabs.get(sheets.size() + 1));
        begin("xl/worksheets/sheet" + sheets.size() + ".xml");
        xml.add(XML + "<worksheet xmlns=\"" + MAIN + "\">" + head + "<sheetData>");
        row = 0;
    }

    /** Begins the next row; to be ended by the caller. */
    SheetXml beginRow() {
        xml.beginRow(++row);
        return xml;
    }

    /** The number of the row begun last. */
    long row() {
        return row;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (zip) {
            if (sheets.isEmpty()) {
                beginSheet();
            }
            endSheet();
            writeIndex();
        }
    }

    private void endSheet() throws IOException {
        if (!sheets.isEmpty()) {
            xml.add("</sheetData></worksheet>");
            xml.flush();
            zip.closeEntry();
        }
    }

    private void writeIndex() throws IOException {
        StringBuilder list = new StringBuilder();
        StringBuilder relations = new StringBuilder(relation(sheets.size() + 1, "styles", "styles.xml"));
        StringBuilder types = new StringBuilder();
        StringBuilder parts = new StringBuilder();
        for (int number = 1; number <= sheets.size(); number++) {
            Bytes name = new Bytes();
            byte[] bytes = sheets.get(number - 1).getBytes(StandardCharsets.UTF_8);
            Escapes.write(bytes, 0, bytes.length, name);
            list.append("<sheet name=\"").append(name.toString().replace("\"", "&quot;"));
            list.append("\" sheetId=\"")
                    .append(number)
                    .append("\" r:id=\"r")
                    .append(number)
                    .append("\"/>");
            relations.append(relation(number, "worksheet", "worksheets/sheet" + number + ".xml"));
            parts.append(SheetParts.xml(number, sheets.size(), headed));
            types.append(type("/xl/worksheets/sheet" + number + ".xml", "worksheet"));
        }
        String names = sheets.size() == 1 ? "" : "<definedNames>" + parts + "</definedNames>";
        part("xl/styles.xml", styles.xml());
        part(
                "xl/workbook.xml",
                XML + "<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + RELATION_TYPES
                        + "\"><bookViews><workbookView/></bookViews><sheets>" + list + "</sheets>" + names
                        + "</workbook>");
        part("xl/_rels/workbook.xml.rels", RELATIONS + relations + "</Relationships>");
        part(
                "[Content_Types].xml",
                XML + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                        + "<Default Extension=\"rels\" "
                        + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                        + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                        + type("/xl/workbook.xml", "sheet.main") + type("/xl/styles.xml", "styles") + types
                        + "</Types>");
    }

    private static String relation(int id, String type, String target) {
        return "<Relationship Id=\"r" + id + "\" Type=\"" + RELATION_TYPES + "/" + type + "\" Target=\"" + target
                + "\"/>";
    }

    private static String type(String part, String type) {
        return "<Override PartName=\"" + part + "\" ContentType=\"" + CONTENT + type + "+xml\"/>";
    }

    private void part(String path, String content) throws IOException {
        begin(path);
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private void begin(String path) throws IOException {
        ZipEntry entry = new ZipEntry(path);
        entry.setTimeLocal(ALWAYS);
        zip.putNextEntry(entry);
    }
}
