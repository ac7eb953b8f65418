// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the cell styles of a workbook make of numbers. */
final class Styles {

    /** Those of a workbook without styles. */
    static final Styles NONE = new Styles();

    /** Excel itself refuses more; those beyond count as numbers. */
    private static final int MOST = 1 << 16;

    private static final long ROOT = XmlScanner.name("styleSheet");
    private static final long FORMATS = XmlScanner.name("numFmts");
    private static final long FORMAT = XmlScanner.name("numFmt");
    private static final long FORMAT_ID = XmlScanner.name("numFmtId");
    private static final long CODE = XmlScanner.name("formatCode");
    private static final long CELLS = XmlScanner.name("cellXfs");
    private static final long CELL = XmlScanner.name("xf");

    private byte[] kinds = new byte[64];
    private @Nullable ShownFormat[] shown = new ShownFormat[64];
    private int size;

    /** A number format: what it makes of numbers, and how it shows them where that is another text than their own. */
    private record Look(byte kind, @Nullable ShownFormat shown) {

        static Look of(String code) {
            byte kind = NumberFormats.of(code);
            return new Look(kind, kind == NumberFormats.NUMBER ? ShownFormat.of(code) : null);
        }

        static Look builtIn(long id) {
            String code = id == 1 ? "0" : id == 2 ? "0.00" : id == 9 ? "0%" : id == 10 ? "0.00%" : "";
            return new Look(NumberFormats.builtIn(id), ShownFormat.of(code));
        }
    }

    private Styles() {}

    static Styles read(Archive archive, String path) throws IOException {
        Styles styles = new Styles();
        Map<Long, Look> custom = new HashMap<>();
        try (XmlScanner xml = archive.scan(path)) {
            long list = 0;
            for (var event = xml.next(); event != XmlScanner.Event.DONE; event = xml.next()) {
                if (event == XmlScanner.Event.END) {
                    continue;
                }
                if (xml.depth() == 1) {
                    xml.mustBe(ROOT, "a list of styles");
                } else if (xml.depth() == 2) {
                    list = xml.name();
                } else if (xml.depth() == 3 && list == FORMATS && xml.name() == FORMAT && custom.size() < MOST) {
                    String code = xml.value(CODE);
                    custom.put(xml.number(FORMAT_ID), Look.of(code == null ? "" : code));
                } else if (xml.depth() == 3 && list == CELLS && xml.name() == CELL) {
                    long id = xml.number(FORMAT_ID);
                    Look look = custom.get(id);
                    styles.add(look == null ? Look.builtIn(id) : look);
                }
            }
        }
        return styles;
    }

    /**
     * What a style makes of a number.
     *
     * @param style its index; one that does not exist, such as -1, leaves it a number
     * @return a constant of {@link NumberFormats}
     */
    byte kind(long style) {
        return style >= 0 && style < size ? kinds[(int) style] : NumberFormats.NUMBER;
    }

    /** How a style shows numbers; null when it shows them as they are, or in a way that depends on the reader. */
    @Nullable
    ShownFormat shown(long style) {
        return style >= 0 && style < size ? shown[(int) style] : null;
    }

    private void add(Look look) {
        if (size == MOST) {
            return;
        }
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, size * 2);
            shown = Arrays.copyOf(shown, size * 2);
        }
        kinds[size] = look.kind();
        shown[size++] = look.shown();
    }
}
