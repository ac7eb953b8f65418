// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.ProviderException;
import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.Limits;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A workbook that is open for reading: its sheets, and what their cells refer to. */
final class Workbook implements Closeable {

    private static final int MOST_SHEETS = 5_000;
    private static final long ROOT = XmlScanner.name("workbook");
    private static final long PROPERTIES = XmlScanner.name("workbookPr");
    private static final long DATE_1904 = XmlScanner.name("date1904");
    private static final long CALCULATION = XmlScanner.name("calcPr");
    private static final long CALCULATE_ON_LOAD = XmlScanner.name("fullCalcOnLoad");
    private static final long NAMES = XmlScanner.name("definedNames");
    private static final long DEFINED_NAME = XmlScanner.name("definedName");
    private static final long SHEETS = XmlScanner.name("sheets");
    private static final long SHEET = XmlScanner.name("sheet");
    private static final long SHEET_NAME = XmlScanner.name("name");
    private static final long STATE = XmlScanner.name("state");
    private static final long RELATION_ID = XmlScanner.name("id");

    private final Archive archive;
    private final List<Sheet> sheets = new ArrayList<>();
    private final SheetParts parts = new SheetParts();
    private boolean date1904;
    private boolean stale;
    private @Nullable String stylesPath;
    private @Nullable String stringsPath;
    private @Nullable Styles styles;
    private @Nullable SharedStrings strings;

    /**
     * A tab of the workbook.
     *
     * @param number from 1, hidden ones counted
     * @param path its part; null for a tab that has no cells, such as a chart
     */
    record Sheet(
            int number,
            String name,
            boolean visible,
            @Nullable String path) {}

    private Workbook(Archive archive) {
        this.archive = archive;
    }

    /** Opens a file and reads the list of its sheets. */
    static Workbook open(FileContent file, Limits limits) throws IOException {
        Workbook workbook = new Workbook(Archive.open(file, limits));
        boolean opened = false;
        try {
            workbook.load();
            opened = true;
            return workbook;
        } finally {
            if (!opened) {
                workbook.close();
            }
        }
    }

    Archive archive() {
        return archive;
    }

    /** All tabs, in their order. */
    List<Sheet> sheets() {
        return sheets;
    }

    /** Whether day 0 of its dates is the first of 1904. */
    boolean isDate1904() {
        return date1904;
    }

    /** Whether it asks to be calculated when it is opened, because results of formulas may be out of date. */
    boolean isStale() {
        return stale;
    }

    /** Which of its sheets hold the rows of one table. */
    SheetParts parts() {
        return parts;
    }

    /** What its styles make of numbers; read when first asked for. */
    Styles styles() throws IOException {
        if (styles == null) {
            styles = stylesPath == null || !archive.has(stylesPath) ? Styles.NONE : Styles.read(archive, stylesPath);
        }
        return styles;
    }

    /** The texts its cells share; read when first asked for. */
    SharedStrings strings() throws IOException {
        if (strings == null) {
            strings = new SharedStrings(SharedStrings.IN_MEMORY);
            if (stringsPath != null) {
                strings.read(archive, stringsPath);
            }
        }
        return strings;
    }

    private void load() throws IOException {
        String path = "xl/workbook.xml";
        for (Relation relation : Relation.read(archive, "").values()) {
            if (relation.type().equals("officeDocument")) {
                path = relation.target();
            }
        }
        if (!archive.has(path) || !path.endsWith(".xml")) {
            throw notAWorkbook(path);
        }
        var relations = Relation.read(archive, path);
        for (Relation relation : relations.values()) {
            if (relation.type().equals("styles")) {
                stylesPath = relation.target();
            } else if (relation.type().equals("sharedStrings")) {
                stringsPath = relation.target();
            }
        }
        try (XmlScanner xml = archive.scan(path)) {
            long list = 0;
            for (var event = xml.next(); event != XmlScanner.Event.DONE; event = xml.next()) {
                if (event == XmlScanner.Event.END) {
                    continue;
                }
                if (xml.depth() == 1 && xml.name() != ROOT) {
                    throw notAWorkbook(path);
                } else if (xml.depth() == 2) {
                    list = xml.name();
                    if (list == PROPERTIES) {
                        date1904 |= isTrue(xml.value(DATE_1904));
                    } else if (list == CALCULATION) {
                        stale |= isTrue(xml.value(CALCULATE_ON_LOAD));
                    }
                } else if (xml.depth() == 3 && list == SHEETS && xml.name() == SHEET) {
                    String id = xml.relation(RELATION_ID);
                    sheets.add(sheet(xml, id == null ? null : relations.get(id)));
                } else if (xml.depth() == 3 && list == NAMES && xml.name() == DEFINED_NAME) {
                    parts.add(xml);
                }
            }
            if (sheets.stream().allMatch(sheet -> sheet.path() == null)) {
                throw xml.broken("it names no sheet that has cells");
            }
        }
    }

    private static boolean isTrue(@Nullable String value) {
        return "1".equals(value) || "true".equals(value) || "on".equals(value);
    }

    private Sheet sheet(XmlScanner xml, @Nullable Relation relation) {
        int number = sheets.size() + 1;
        if (number > MOST_SHEETS) {
            throw xml.broken("it names more than " + MOST_SHEETS + " sheets");
        }
        String name = xml.value(SHEET_NAME);
        String state = xml.value(STATE);
        String path = relation != null && relation.type().equals("worksheet") ? relation.target() : null;
        boolean visible = state == null || state.equals("visible");
        return new Sheet(number, name == null ? "Sheet" + number : name, visible, path);
    }

    private ProviderException notAWorkbook(String path) {
        if (path.endsWith(".bin") || archive.has("xl/workbook.bin")) {
            return Failures.unsupported(archive.name(), ".xlsb", "a binary workbook", "");
        }
        if (archive.has("content.xml") && archive.has("mimetype")) {
            return Failures.unsupported(archive.name(), ".ods", "an OpenDocument file", "");
        }
        if (archive.has("word/document.xml")) {
            return Failures.notAWorkbook(archive.name(), "is a text document (.docx)", "choose the workbook itself");
        }
        if (archive.has("ppt/presentation.xml")) {
            return Failures.notAWorkbook(archive.name(), "is a presentation (.pptx)", "choose the workbook itself");
        }
        return Failures.notAWorkbook(
                archive.name(), "is a zip file without a workbook in it", "choose the workbook itself");
    }

    @Override
    public void close() throws IOException {
        try (archive) {
            if (strings != null) {
                strings.close();
            }
        }
    }
}
