// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.ProviderException;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Pulls tags and text out of a part of a workbook, byte by byte, without making an object for either.
 *
 * <p>It takes what workbooks are made of: XML 1.0 in UTF-8 or UTF-16. Elements and attributes go by their local names,
 * packed into a long by {@link #name}, because one part uses one vocabulary under ever different prefixes and, in strict
 * workbooks, another namespace. Document types are refused, as the package standard demands: so there are no entities to
 * expand and no other file is ever read. Tags must nest, and the document must come to its end.
 *
 * <p>The buffer holds one window of the part. Attributes are valid until the next call of {@link #next} or {@link #text}.
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

    private static final int LARGEST_TAG = 1 << 20;
    private static final int DEEPEST = 256;
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

    private final PartStream part;
    private InputStream in;
    private byte[] buffer = new byte[1 << 16];
    private int pos;
    private int end;
    private boolean begun;
    private boolean rooted;

    private final long[] open = new long[DEEPEST];
    private int depth;
    private boolean selfClosed;
    private long name;

    private long[] names = new long[16];
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int attributes;

    /** Reads a part; closes it when closed. */
    XmlScanner(PartStream part) {
        this.part = part;
        this.in = part;
    }

    /** A local name as a number: exact up to eight letters, mixed beyond. */
    static long name(String local) {
        long packed = 0;
        for (int i = 0; i < local.length(); i++) {
            packed = Long.rotateLeft(packed, 8) ^ local.charAt(i);
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

    Event next() throws IOException {
        if (selfClosed) {
            selfClosed = false;
            name = open[--depth];
            return Event.END;
        }
        if (!begun) {
            begin();
        }
        while (toTag()) {
            if (!ensure(2)) {
                throw truncated();
            }
            byte next = buffer[pos + 1];
            if (next == '/') {
                return endTag();
            } else if (next == '?') {
                instruction();
            } else if (next == '!') {
                skipMarkup();
            } else {
                return startTag();
            }
        }
        if (depth > 0 || !rooted) {
            throw truncated();
        }
        return Event.DONE;
    }

    /** Leaves out the rest of the element that was opened last; the next event is the one behind its END. */
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
        while (!selfClosed) {
            int p = pos;
            while (p < end && PLAIN[buffer[p] & 0xFF]) {
                p++;
            }
            into.add(buffer, pos, p - pos);
            pos = p;
            if (into.length() > max) {
                return false;
            }
            if (p == end) {
                if (!fill()) {
                    throw truncated();
                }
            } else if (buffer[p] == '<') {
                if (!markupInText(into, max)) {
                    return into.length() <= max;
                }
            } else {
                special(into);
            }
        }
        return true;
    }

    /** The place of an attribute of the START just seen, for {@link #valueStart} and {@link #valueEnd}; -1 for none. */
    int attribute(long attributeName) {
        for (int i = 0; i < attributes; i++) {
            if (names[i] == attributeName) {
                return i;
            }
        }
        return -1;
    }

    int valueStart(int attribute) {
        return starts[attribute];
    }

    int valueEnd(int attribute) {
        return ends[attribute];
    }

    byte[] buffer() {
        return buffer;
    }

    /** An attribute as text, or null when there is none. */
    @Nullable
    String value(long attributeName) {
        int found = attribute(attributeName);
        if (found < 0) {
            return null;
        }
        Bytes text = new Bytes();
        for (int i = starts[found]; i < ends[found]; ) {
            byte c = buffer[i];
            if (c == '&') {
                i = reference(i, ends[found], text);
            } else {
                text.add(c == '\t' || c == '\n' || c == '\r' ? ' ' : c);
                i++;
            }
        }
        return text.toString();
    }

    /** An attribute as a whole number of at most 18 digits; -1 when there is none or it is something else. */
    long number(long attributeName) {
        int found = attribute(attributeName);
        if (found < 0 || ends[found] - starts[found] > 18 || ends[found] == starts[found]) {
            return -1;
        }
        long number = 0;
        for (int i = starts[found]; i < ends[found]; i++) {
            int digit = buffer[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    ProviderException broken(String what) {
        return part.broken(what, null);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void begin() throws IOException {
        begun = true;
        ensure(4);
        int first = end < 2 ? 0 : (buffer[0] & 0xFF) << 8 | buffer[1] & 0xFF;
        if (first == 0xFEFF || first == '<') {
            transcode(StandardCharsets.UTF_16BE);
        } else if (first == 0xFFFE || first == '<' << 8) {
            transcode(StandardCharsets.UTF_16LE);
        }
        if (ensure(3) && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF) {
            pos = 3;
        }
    }

    private void transcode(Charset charset) {
        byte[] seen = Arrays.copyOfRange(buffer, pos, end);
        pos = 0;
        end = 0;
        in = new Utf8Stream(new SequenceInputStream(new ByteArrayInputStream(seen), in), charset);
    }

    /** Moves to the next tag over any text; false at the end of the document. */
    private boolean toTag() throws IOException {
        do {
            byte[] bytes = buffer;
            int p = pos;
            int to = end;
            while (p < to && bytes[p] != '<') {
                p++;
            }
            pos = p;
            if (p < to) {
                return true;
            }
        } while (fill());
        return false;
    }

    private Event startTag() throws IOException {
        while (!scanTag()) {
            if (!fill()) {
                throw truncated();
            }
        }
        if (depth == 0 && rooted) {
            throw broken("there is more than one root element");
        }
        if (depth == DEEPEST) {
            throw broken("elements are nested more than " + DEEPEST + " deep");
        }
        rooted = true;
        open[depth++] = name;
        return Event.START;
    }

    /** Reads a whole tag with its attributes; false, and nothing is changed, when the window ends before the tag. */
    private boolean scanTag() {
        byte[] bytes = buffer;
        int to = end;
        int p = pos + 1;
        long element = 0;
        for (; p < to && !endsName(bytes[p]); p++) {
            element = bytes[p] == ':' ? 0 : Long.rotateLeft(element, 8) ^ bytes[p];
        }
        attributes = 0;
        while (p < to) {
            byte c = bytes[p];
            if (c == '>') {
                return tagEnds(element, p + 1, false);
            } else if (c == '/') {
                if (p + 1 < to && bytes[p + 1] != '>') {
                    throw broken("a '/' stands inside a tag");
                }
                return p + 1 < to && tagEnds(element, p + 2, true);
            } else if (isBlank(c)) {
                p++;
            } else {
                p = scanAttribute(p);
            }
        }
        return false;
    }

    private boolean tagEnds(long element, int after, boolean closed) {
        if (element == 0) {
            throw broken("a tag has no name");
        }
        name = element;
        selfClosed = closed;
        pos = after;
        return true;
    }

    /** Reads one attribute; gives the index behind it, or that of the window's end when it is not all there. */
    private int scanAttribute(int from) {
        byte[] bytes = buffer;
        int to = end;
        int p = from;
        long packed = 0;
        long prefix = 0;
        for (; p < to && !endsName(bytes[p]); p++) {
            if (bytes[p] == ':') {
                packed = 0;
                prefix = PREFIXED;
            } else {
                packed = Long.rotateLeft(packed, 8) ^ bytes[p];
            }
        }
        while (p < to && isBlank(bytes[p])) {
            p++;
        }
        if (p < to && bytes[p] != '=') {
            throw broken("an attribute has no value");
        }
        p++;
        while (p < to && isBlank(bytes[p])) {
            p++;
        }
        if (p >= to) {
            return to;
        }
        byte quote = bytes[p];
        if (quote != '"' && quote != '\'') {
            throw broken("the value of an attribute has no quotes");
        }
        int start = ++p;
        while (p < to && bytes[p] != quote) {
            if (bytes[p] == '<') {
                throw broken("a '<' stands in the value of an attribute");
            }
            p++;
        }
        if (p < to) {
            addAttribute(packed ^ prefix, start, p);
        }
        return Math.min(to, p + 1);
    }

    private static boolean endsName(byte c) {
        return isBlank(c) || c == '>' || c == '/' || c == '=';
    }

    private static boolean isBlank(byte c) {
        return c >= 0 && c <= ' ';
    }

    private void addAttribute(long packed, int from, int to) {
        if (attributes == names.length) {
            names = Arrays.copyOf(names, attributes * 2);
            starts = Arrays.copyOf(starts, attributes * 2);
            ends = Arrays.copyOf(ends, attributes * 2);
        }
        names[attributes] = packed;
        starts[attributes] = from;
        ends[attributes] = to;
        attributes++;
    }

    private Event endTag() throws IOException {
        int p = pos + 2;
        long element = 0;
        while (true) {
            if (p == end) {
                p -= pos;
                if (!fill()) {
                    throw truncated();
                }
                p += pos;
            }
            byte c = buffer[p++];
            if (c == '>') {
                break;
            } else if (c == ':') {
                element = 0;
            } else if (!isBlank(c)) {
                element = Long.rotateLeft(element, 8) ^ c;
            }
        }
        pos = p;
        if (depth == 0 || open[depth - 1] != element) {
            throw broken("a closing tag does not belong to the element that is open");
        }
        depth--;
        name = element;
        return Event.END;
    }

    private void instruction() throws IOException {
        if (!rooted
                && ensure(6)
                && buffer[pos + 2] == 'x'
                && buffer[pos + 3] == 'm'
                && buffer[pos + 4] == 'l'
                && buffer[pos + 5] <= ' ') {
            declaration();
        }
        skipPast(INSTRUCTION_END, null, 0);
    }

    private void declaration() throws IOException {
        ensure(256);
        String head = new String(buffer, pos, Math.min(256, end - pos), StandardCharsets.ISO_8859_1);
        String words = head.substring(0, Math.max(0, head.indexOf("?>"))).toLowerCase(Locale.ROOT);
        int at = words.indexOf("encoding");
        if (at >= 0
                && !words.substring(at).matches("encoding\\s*=\\s*[\"'](utf-8|utf8|us-ascii|ascii|utf-16.*)[\"'].*")) {
            throw broken("its declared encoding is neither UTF-8 nor UTF-16");
        }
    }

    private void skipMarkup() throws IOException {
        if (isComment()) {
            skipPast(COMMENT_END, null, 0);
        } else if (isCdata()) {
            skipPast(CDATA_END, null, 0);
        } else {
            throw broken("it holds a document type declaration, which no workbook has: it may be an attack");
        }
    }

    private boolean isComment() throws IOException {
        return ensure(4) && buffer[pos + 2] == '-' && buffer[pos + 3] == '-';
    }

    private boolean isCdata() throws IOException {
        return ensure(CDATA.length) && Arrays.equals(buffer, pos, pos + CDATA.length, CDATA, 0, CDATA.length);
    }

    /** Takes a comment, an instruction or a CDATA section out of the way; false at a tag or a text that is too long. */
    private boolean markupInText(Bytes into, int max) throws IOException {
        if (!ensure(2)) {
            throw truncated();
        }
        byte next = buffer[pos + 1];
        if (next == '?') {
            skipPast(INSTRUCTION_END, null, 0);
        } else if (next == '!' && isCdata()) {
            pos += CDATA.length;
            skipPast(CDATA_END, into, max);
        } else if (next == '!') {
            skipMarkup();
        } else {
            return false;
        }
        return into.length() <= max;
    }

    /** Moves behind the next occurrence of an end mark; what stands before it is kept when there is where to. */
    private void skipPast(byte[] mark, @Nullable Bytes keep, int max) throws IOException {
        while (true) {
            int last = end - mark.length;
            int p = pos;
            while (p <= last && !Arrays.equals(buffer, p, p + mark.length, mark, 0, mark.length)) {
                p++;
            }
            if (keep != null && p > pos && keep.length() <= max) {
                keep.add(buffer, pos, p - pos);
            }
            if (p <= last) {
                pos = p + mark.length;
                return;
            }
            pos = p;
            if (!fill()) {
                throw truncated();
            }
        }
    }

    /** Reads what is not plain ASCII in a text: a reference, a line end, a character of several bytes. */
    private void special(Bytes into) throws IOException {
        byte c = buffer[pos];
        if (c == '&') {
            ensure(12);
            pos = reference(pos, Math.min(end, pos + 12), into);
        } else if (c == '\r') {
            into.add('\n');
            pos += ensure(2) && buffer[pos + 1] == '\n' ? 2 : 1;
        } else if (c < 0) {
            ensure(4);
            int size = Utf8.size(buffer, pos, end);
            if (size == 0) {
                throw broken("there are bytes that are not UTF-8");
            }
            into.add(buffer, pos, size);
            pos += size;
        } else {
            throw broken("there is a control character (code " + c + ") in a text");
        }
    }

    /** Resolves a reference such as {@code &amp;} or {@code &#10;}; gives the index behind it. */
    private int reference(int from, int to, Bytes into) {
        int semicolon = from;
        while (semicolon < to && buffer[semicolon] != ';') {
            semicolon++;
        }
        String reference = new String(buffer, from + 1, Math.max(0, semicolon - from - 1), StandardCharsets.ISO_8859_1);
        int point = semicolon == to ? -1 : character(reference);
        if (point < 0) {
            throw broken("there is a '&' that begins none of the references XML knows");
        }
        into.addCharacter(point);
        return semicolon + 1;
    }

    private static int character(String reference) {
        switch (reference) {
            case "lt":
                return '<';
            case "gt":
                return '>';
            case "amp":
                return '&';
            case "quot":
                return '"';
            case "apos":
                return '\'';
            default:
                boolean hex = reference.startsWith("#x");
                String digits = reference.substring(hex ? 2 : Math.min(1, reference.length()));
                if (!reference.startsWith("#") || !digits.matches("[0-9a-fA-F]{1,7}")) {
                    return -1;
                }
                try {
                    int point = Integer.parseInt(digits, hex ? 16 : 10);
                    return point == 0 || point > Character.MAX_CODE_POINT ? -1 : point;
                } catch (NumberFormatException e) {
                    return -1;
                }
        }
    }

    /** Makes sure that so many bytes are in the window from here; false when the document has less. */
    private boolean ensure(int count) throws IOException {
        while (end - pos < count) {
            if (!fill()) {
                return false;
            }
        }
        return true;
    }

    private boolean fill() throws IOException {
        if (pos > 0) {
            System.arraycopy(buffer, pos, buffer, 0, end - pos);
            end -= pos;
            pos = 0;
        } else if (end == buffer.length) {
            if (end >= LARGEST_TAG) {
                throw broken("a tag has more than " + LARGEST_TAG + " bytes");
            }
            buffer = Arrays.copyOf(buffer, end * 2);
        }
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(0, read);
        return read >= 0;
    }

    private ProviderException truncated() {
        return broken("it ends in the middle");
    }
}
