// SPDX-License-Identifier: Apache-2.0
package io.gantry.poi;

import io.gantry.spi.records.Limits;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.ss.util.CellReference;

/** The parts of a workbook in the form of {@code .xlsx}, as far as reading needs them, written one behind the other. */
final class XlsxParts implements Closeable {

    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String RELATIONS =
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";

    private final String name;
    private final Limits limits;
    private final ZipOutputStream zip;
    private final Writer out;
    private final List<Sheet> sheets = new ArrayList<>();
    private final List<Integer> parts = new ArrayList<>();
    private final Map<Integer, String> formats = new LinkedHashMap<>();
    private final List<Integer> styles = new ArrayList<>();
    private boolean date1904;
    private boolean texts;
    private boolean row;
    private long written;

    /** A sheet by the list of sheets. */
    private record Sheet(String name, boolean visible) {}

    XlsxParts(String name, Path to, Limits limits) throws IOException {
        this.name = name;
        this.limits = limits;
        this.zip = new ZipOutputStream(Files.newOutputStream(to));
        // Not packed: a sheet of equal rows would look like a zip bomb.
        this.zip.setLevel(Deflater.NO_COMPRESSION);
        this.out = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8), 1 << 16);
    }

    void sheet(String sheet, boolean visible) {
        sheets.add(new Sheet(sheet, visible));
    }

    /** The name of a sheet, from 0. */
    String name(int sheet) {
        return sheet < sheets.size() ? sheets.get(sheet).name() : "Sheet" + (sheet + 1);
    }

    void format(int index, String code) {
        formats.put(index, code);
    }

    void style(int format) {
        styles.add(format);
    }

    void date1904(boolean is) {
        date1904 = is;
    }

    void beginTexts() throws IOException {
        texts = true;
        begin("xl/sharedStrings.xml");
        add("<sst xmlns=\"" + MAIN + "\">");
    }

    void text(String text) throws IOException {
        add("<si><t xml:space=\"preserve\">" + escaped(text) + "</t></si>");
    }

    void endTexts() throws IOException {
        add("</sst>");
        end();
    }

    void beginSheet(int sheet) throws IOException {
        parts.add(sheet);
        begin("xl/worksheets/sheet" + (sheet + 1) + ".xml");
        add("<worksheet xmlns=\"" + MAIN + "\"><sheetData>");
        row = false;
    }

    void beginRow(int number) throws IOException {
        add((row ? "</row>" : "") + "<row r=\"" + number + "\">");
        row = true;
    }

    void cell(int column, int style, String type, String value) throws IOException {
        add("<c r=\"" + CellReference.convertNumToColString(column) + "1\" s=\"" + style + "\" t=\"" + type + "\"><v>"
                + escaped(value) + "</v></c>");
    }

    void endSheet(List<String> merged) throws IOException {
        add((row ? "</row>" : "") + "</sheetData>");
        if (!merged.isEmpty()) {
            add("<mergeCells>");
            for (String range : merged) {
                add("<mergeCell ref=\"" + escaped(range) + "\"/>");
            }
            add("</mergeCells>");
        }
        add("</worksheet>");
        end();
    }

    @Override
    public void close() throws IOException {
        try (out) {
            writeIndex();
            out.flush();
        }
    }

    private void writeIndex() throws IOException {
        StringBuilder tabs = new StringBuilder();
        StringBuilder relations = new StringBuilder(relation("styles", "styles", "styles.xml"));
        if (texts) {
            relations.append(relation("texts", "sharedStrings", "sharedStrings.xml"));
        }
        for (int sheet = 0; sheet < Math.max(sheets.size(), 1); sheet++) {
            boolean visible = sheet >= sheets.size() || sheets.get(sheet).visible();
            tabs.append("<sheet name=\"").append(escaped(name(sheet)).replace("\"", "&quot;"));
            tabs.append("\" sheetId=\"").append(sheet + 1).append(visible ? "" : "\" state=\"hidden");
            tabs.append("\" r:id=\"s").append(sheet + 1).append("\"/>");
            if (parts.contains(sheet)) {
                relations.append(relation("s" + (sheet + 1), "worksheet", "worksheets/sheet" + (sheet + 1) + ".xml"));
            }
        }
        part("_rels/.rels", RELATIONS + relation("w", "officeDocument", "xl/workbook.xml") + "</Relationships>");
        part("xl/_rels/workbook.xml.rels", RELATIONS + relations + "</Relationships>");
        part(
                "xl/workbook.xml",
                "<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + TYPES + "\"><workbookPr date1904=\""
                        + (date1904 ? 1 : 0) + "\"/><sheets>" + tabs + "</sheets></workbook>");
        StringBuilder codes = new StringBuilder();
        formats.forEach((index, code) -> codes.append("<numFmt numFmtId=\"")
                .append(index)
                .append("\" formatCode=\"")
                .append(escaped(code).replace("\"", "&quot;"))
                .append("\"/>"));
        StringBuilder cells = new StringBuilder();
        styles.forEach(format -> cells.append("<xf numFmtId=\"").append(format).append("\"/>"));
        part(
                "xl/styles.xml",
                "<styleSheet xmlns=\"" + MAIN + "\"><numFmts>" + codes + "</numFmts><cellXfs>" + cells
                        + "</cellXfs></styleSheet>");
    }

    private static String relation(String id, String type, String target) {
        return "<Relationship Id=\"" + id + "\" Type=\"" + TYPES + "/" + type + "\" Target=\"" + target + "\"/>";
    }

    private void part(String path, String xml) throws IOException {
        begin(path);
        add(xml);
        end();
    }

    private void begin(String path) throws IOException {
        zip.putNextEntry(new ZipEntry(path));
    }

    private void add(String xml) throws IOException {
        written += xml.length();
        if (written > limits.inflatedBytes()) {
            throw Failures.limit(name, "inflatedBytes", limits.inflatedBytes());
        }
        out.write(xml);
    }

    private void end() throws IOException {
        out.flush();
        zip.closeEntry();
    }

    /** XML, with the escapes of Office Open XML for what XML cannot hold and for what only looks like such an escape. */
    private static String escaped(String text) {
        StringBuilder xml = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '&') {
                xml.append("&amp;");
            } else if (c == '<') {
                xml.append("&lt;");
            } else if (c == '>') {
                xml.append("&gt;");
            } else if (c < ' ' && c != '\t' && c != '\n' || c == '_' && looksEscaped(text, i) || isAlone(text, i)) {
                xml.append(String.format(Locale.ROOT, "_x%04X_", (int) c));
            } else {
                xml.append(c);
            }
        }
        return xml.toString();
    }

    private static boolean looksEscaped(String text, int at) {
        return text.startsWith("_x", at) && at + 6 < text.length();
    }

    /** Whether a character is half of a pair, or one that XML does not allow. */
    private static boolean isAlone(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
        }
        return c >= '\uFFFE';
    }
}
