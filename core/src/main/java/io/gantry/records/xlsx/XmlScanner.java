// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.ProviderException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Pulls tags and text out of a part of a workbook, byte by byte, without making an object for either.
 *
 * <p>It takes what workbooks are made of: XML 1.0 in UTF-8 or UTF-16. Elements and attributes go by their local names,
 * packed into a long by {@link #name}, because parts use their vocabulary under ever different prefixes. An element that
 * is not in the namespace of the part's root has the name {@link #FOREIGN}, so that no extension is taken for the thing
 * itself. Document types are refused, as the package standard demands: so there are no entities to expand, and no other
 * file is ever read. Tags must nest, and outside the root there is no text.
 *
 * <p>Attributes are those of the last START, valid until the next call of {@link #next} or {@link #text}.
 */
final class XmlScanner implements Closeable {

    enum Event {
        /** A tag was opened. */
        START,
        /** A tag was closed: each START has its END, also where the document has only {@code <tag/>}. */
        END,
        /** The document has come to its end. */
        DONE
    }

    /** What tells an attribute with a prefix from one without. */
    static final long PREFIXED = 1L << 63;

    /** The name of every element in another namespace than the root's. */
    static final long FOREIGN = 0;

    private static final int DEEPEST = 256;
    private static final int LONGEST_VALUE = 2048;
    private static final Pattern ENCODING = Pattern.compile("<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([^\"']*)[\"']");
    private static final Pattern UNICODE = Pattern.compile("utf-?8|us-ascii|utf-?16.*");

    private final XmlWindow window;
    private final XmlText text;
    private final XmlAttributes attributes = new XmlAttributes();
    private final XmlNamespaces namespaces = new XmlNamespaces();
    private final long[] open = new long[DEEPEST];
    private final long[] openTags = new long[DEEPEST];
    private byte home;
    private int depth;
    private boolean selfClosed;
    private boolean begun;
    private boolean rooted;
    private long name;
    private long prefix;
    private long tag;

    /** Reads a part; closes it when closed. */
    XmlScanner(PartStream part) {
        window = new XmlWindow(part);
        text = new XmlText(window);
    }

    /** A local name as a number: exact up to eight letters, mixed beyond. */
    static long name(String local) {
        byte[] bytes = local.getBytes(StandardCharsets.UTF_8);
        return name(bytes, 0, bytes.length);
    }

    private static long name(byte[] bytes, int from, int to) {
        long packed = 0;
        for (int i = from; i < to; i++) {
            packed = Long.rotateLeft(packed, 8) ^ bytes[i];
        }
        return packed;
    }

    /** The name of the element that the last event opened or closed. */
    long name() {
        return name;
    }

    /** How many elements are open. */
    int depth() {
        return depth;
    }

    /** Moves on to the next tag. */
    Event next() throws IOException {
        if (selfClosed) {
            selfClosed = false;
            return close(open[depth - 1]);
        }
        if (!begun) {
            begin();
        }
        while (depth == 0 ? window.toOutsideTag() : toTag()) {
            if (!window.ensure(2)) {
                window.more();
            }
            byte next = window.bytes[window.pos + 1];
            if (next == '/') {
                return endTag();
            } else if (next != '!' && next != '?') {
                return startTag();
            }
            text.skipMarkup(depth > 0);
        }
        if (depth > 0 || !rooted) {
            window.more();
        }
        return Event.DONE;
    }

    /** Leaves out the rest of the element that was opened last, its END included. */
    void skip() throws IOException {
        int outside = depth - 1;
        while (depth > outside) {
            next();
        }
    }

    /**
     * Adds the text up to the next tag.
     *
     * @param max the greatest length the text may come to
     * @return false when it is longer
     */
    boolean text(Bytes into, int max) throws IOException {
        return selfClosed || text.read(into, max);
    }

    /** Whether there is an attribute. */
    boolean has(long attribute) {
        return attributes.find(attribute) >= 0;
    }

    /** An attribute that names a relation, such as {@code r:id}, or null when there is none. */
    @Nullable
    String relation(long attribute) {
        int found = attributes.findRelation(attribute, namespaces);
        return found < 0 ? null : text(found);
    }

    /** An attribute's value packed like a name; 0 when there is none. */
    long packed(long attribute) {
        int found = attributes.find(attribute);
        return found < 0 ? 0 : name(window.bytes, attributes.start(found), attributes.end(found));
    }

    /** The column in an attribute such as {@code B7}, from 1; 0 when there is none. */
    int column(long attribute) {
        int found = attributes.find(attribute);
        int column = 0;
        int end = found < 0 ? 0 : attributes.end(found);
        for (int i = found < 0 ? 0 : attributes.start(found); i < end && window.bytes[i] >= 'A'; i++) {
            // A column beyond all limits need not be right, it only must not become small again.
            column = Math.min(column, 1 << 24) * 26 + (window.bytes[i] & 0x1F);
        }
        return column;
    }

    /** An attribute as a short text, or null when there is none. */
    @Nullable
    String value(long attribute) {
        int found = attributes.find(attribute);
        return found < 0 ? null : text(found);
    }

    private String text(int found) {
        Bytes value = new Bytes();
        int end = attributes.end(found);
        if (end - attributes.start(found) > LONGEST_VALUE) {
            throw broken("an attribute has more than " + LONGEST_VALUE + " bytes");
        }
        for (int i = attributes.start(found); i < end; ) {
            byte c = window.bytes[i];
            if (c == '&') {
                i = XmlReference.resolve(window.bytes, i, end, value);
                if (i < 0) {
                    throw broken(XmlReference.BROKEN);
                }
            } else {
                value.add(XmlAttributes.isBlank(c) ? ' ' : c);
                i++;
            }
        }
        return value.toString();
    }

    /** An attribute as a whole number of at most 18 digits; -1 when there is none or it is something else. */
    long number(long attribute) {
        int found = attributes.find(attribute);
        if (found < 0) {
            return -1;
        }
        int start = attributes.start(found);
        int end = attributes.end(found);
        long number = end == start || end - start > 18 ? -1 : 0;
        for (int i = start; i < end && number >= 0; i++) {
            int digit = window.bytes[i] - '0';
            number = digit < 0 || digit > 9 ? -1 : number * 10 + digit;
        }
        return number;
    }

    /**
     * Checks the root, when it was just opened.
     *
     * @param what the part should be, for people
     */
    void mustBe(long root, String what) {
        if (name != root) {
            throw broken("it is not " + what + ", as its first element shows");
        }
    }

    ProviderException broken(String what) {
        return window.broken(what);
    }

    @Override
    public void close() throws IOException {
        window.close();
    }

    private void begin() throws IOException {
        begun = true;
        window.begin();
        window.ensure(256);
        String head = new String(
                window.bytes, window.pos, Math.min(256, window.end - window.pos), StandardCharsets.ISO_8859_1);
        var encoding = ENCODING.matcher(head);
        if (encoding.lookingAt()
                && !UNICODE.matcher(encoding.group(1).toLowerCase(Locale.ROOT)).matches()) {
            throw broken("its encoding '" + encoding.group(1) + "' is neither UTF-8 nor UTF-16");
        }
    }

    /** Moves to the next tag over any text; false at the end of the document. */
    private boolean toTag() throws IOException {
        do {
            byte[] bytes = window.bytes;
            int end = window.end;
            int p = window.pos;
            while (p < end && bytes[p] != '<') {
                p++;
            }
            window.pos = p;
            if (p < end) {
                return true;
            }
        } while (window.fill());
        return false;
    }

    private Event startTag() throws IOException {
        while (!scanTag()) {
            window.more();
        }
        if (depth == 0 && rooted) {
            throw broken("there is more than one root element");
        }
        if (depth == DEEPEST) {
            throw broken("elements are nested more than " + DEEPEST + " deep");
        }
        openTags[depth++] = tag;
        if (attributes.isDeclaring()) {
            declare();
        }
        byte namespace = namespaces.kind(prefix);
        if (!rooted) {
            home = namespace;
            rooted = true;
        }
        if (namespace != home || namespace >= XmlNamespaces.RELATIONS) {
            name = FOREIGN;
        }
        open[depth - 1] = name;
        return Event.START;
    }

    private void declare() {
        for (int i = 0; i < attributes.size(); i++) {
            if (attributes.declares(i)) {
                namespaces.bind(attributes.declared(i), XmlNamespaces.kind(text(i)), depth);
            }
        }
    }

    /** Reads a whole tag with its attributes; false, without moving, when the window ends before the tag. */
    private boolean scanTag() {
        byte[] bytes = window.bytes;
        int end = window.end;
        int p = window.pos + 1;
        long packed = 0;
        long before = 0;
        for (; p < end && !XmlAttributes.endsName(bytes[p]); p++) {
            if (bytes[p] == ':') {
                before = packed;
                packed = 0;
            } else {
                packed = Long.rotateLeft(packed, 8) ^ bytes[p];
            }
        }
        p = attributes.scan(bytes, p, end, window);
        if (p >= end) {
            return false;
        }
        boolean closed = bytes[p] == '/';
        if (closed && p + 1 == end) {
            return false;
        }
        if (packed == 0 || closed && bytes[p + 1] != '>') {
            throw broken("there is a '<' that begins no tag");
        }
        name = packed;
        prefix = before;
        tag = tag(packed, before);
        selfClosed = closed;
        window.pos = closed ? p + 2 : p + 1;
        return true;
    }

    private Event endTag() throws IOException {
        int length = 2;
        long packed = 0;
        long before = 0;
        while (true) {
            while (window.end - window.pos <= length) {
                window.more();
            }
            byte c = window.bytes[window.pos + length++];
            if (c == '>') {
                break;
            } else if (c == ':') {
                before = packed;
                packed = 0;
            } else if (!XmlAttributes.isBlank(c)) {
                packed = Long.rotateLeft(packed, 8) ^ c;
            }
        }
        window.pos += length;
        if (depth == 0 || openTags[depth - 1] != tag(packed, before)) {
            throw broken("a closing tag does not belong to the element that is open");
        }
        return close(open[depth - 1]);
    }

    private Event close(long closed) {
        depth--;
        namespaces.leave(depth);
        name = closed;
        return Event.END;
    }

    /** A name with its prefix. */
    private static long tag(long local, long prefix) {
        return prefix == 0 ? local : local * 31 + prefix;
    }
}
