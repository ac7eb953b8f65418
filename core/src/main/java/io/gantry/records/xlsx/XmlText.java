// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the text between two tags: references resolved, line ends made one, comments left out, the UTF-8 checked. */
final class XmlText {

    private static final byte[] COMMENT = {'<', '!', '-', '-'};
    private static final byte[] COMMENT_END = {'-', '-', '>'};
    private static final byte[] CDATA = "<![CDATA[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CDATA_END = {']', ']', '>'};
    private static final byte[] INSTRUCTION_END = {'?', '>'};
    private static final boolean[] PLAIN = new boolean[256];

    static {
        Arrays.fill(PLAIN, ' ', 0x80, true);
        PLAIN['\t'] = true;
        PLAIN['\n'] = true;
        PLAIN['<'] = false;
        PLAIN['&'] = false;
    }

    private final XmlWindow window;

    XmlText(XmlWindow window) {
        this.window = window;
    }

    /**
     * Adds the text up to the next tag.
     *
     * @param max the greatest length the text may come to
     * @return false when it is longer
     */
    boolean read(Bytes into, int max) throws IOException {
        while (into.length() <= max) {
            byte[] bytes = window.bytes;
            int end = window.end;
            int p = window.pos;
            while (p < end && PLAIN[bytes[p] & 0xFF]) {
                p++;
            }
            into.add(bytes, window.pos, p - window.pos);
            window.pos = p;
            if (p == end) {
                window.more();
            } else if (bytes[p] != '<') {
                special(into);
            } else if (window.ensure(2) && window.bytes[window.pos + 1] == '!' && window.at(CDATA)) {
                window.pos += CDATA.length;
                cdata(into, max);
            } else if (!skipMarkup(true)) {
                return into.length() <= max;
            }
        }
        return false;
    }

    /**
     * Moves behind a comment, an instruction or a CDATA section; false, and nowhere, at a tag.
     *
     * @param inside whether the root element is open: outside there are no CDATA sections
     */
    boolean skipMarkup(boolean inside) throws IOException {
        if (!window.ensure(2)) {
            window.more();
        }
        byte next = window.bytes[window.pos + 1];
        if (next == '?') {
            window.skipPast(INSTRUCTION_END);
        } else if (next != '!') {
            return false;
        } else if (window.at(COMMENT)) {
            window.pos += COMMENT.length;
            window.skipPast(COMMENT_END);
        } else if (window.at(CDATA)) {
            if (!inside) {
                throw window.broken("there is text outside the root element");
            }
            window.skipPast(CDATA_END);
        } else {
            throw window.broken("it holds a document type declaration, which no workbook has: it may be an attack");
        }
        return true;
    }

    /** Reads the rest of a CDATA section, in which nothing but its end has a meaning. */
    private void cdata(Bytes into, int max) throws IOException {
        while (into.length() <= max) {
            if (!window.ensure(1)) {
                window.more();
            }
            byte c = window.bytes[window.pos];
            if (c == ']' && window.at(CDATA_END)) {
                window.pos += CDATA_END.length;
                return;
            } else if (c == '<' || c == '&' || c >= 0 && PLAIN[c]) {
                into.add(c);
                window.pos++;
            } else {
                special(into);
            }
        }
    }

    /** Reads what is not plain ASCII: a reference, a line end, a character of several bytes. */
    private void special(Bytes into) throws IOException {
        byte c = window.bytes[window.pos];
        if (c == '&') {
            window.ensure(XmlReference.LONGEST);
            int behind = XmlReference.resolve(window.bytes, window.pos, window.end, into);
            if (behind < 0) {
                throw window.broken(XmlReference.BROKEN);
            }
            window.pos = behind;
        } else if (c == '\r') {
            into.add('\n');
            window.pos += window.ensure(2) && window.bytes[window.pos + 1] == '\n' ? 2 : 1;
        } else if (c < 0) {
            window.ensure(4);
            int size = Utf8.size(window.bytes, window.pos, window.end);
            if (size == 0) {
                throw window.broken("there are bytes that are no text in UTF-8");
            }
            into.add(window.bytes, window.pos, size);
            window.pos += size;
        } else {
            throw window.broken("there is a control character (code " + c + ") in a text");
        }
    }
}
