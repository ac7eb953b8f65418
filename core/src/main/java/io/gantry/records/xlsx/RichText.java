// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import java.io.IOException;

/** The text of a shared or inline string: its runs one behind the other, without the pronunciation beside them. */
final class RichText {

    private static final long TEXT = XmlScanner.name("t");
    private static final long RUN = XmlScanner.name("r");

    private RichText() {}

    /**
     * Reads the element that was just opened to its end.
     *
     * @param max greatest length in bytes
     * @return false when the text is longer
     */
    static boolean read(XmlScanner xml, Bytes into, int max) throws IOException {
        int inside = xml.depth();
        boolean run = false;
        while (true) {
            var event = xml.next();
            if (event == XmlScanner.Event.END) {
                if (xml.depth() < inside) {
                    break;
                }
                run = false;
            } else if (xml.name() == TEXT) {
                if (!xml.text(into, max)) {
                    return false;
                }
                xml.skip();
            } else if (xml.name() == RUN && !run) {
                run = true;
            } else {
                xml.skip();
            }
        }
        Escapes.resolve(into);
        return true;
    }
}
