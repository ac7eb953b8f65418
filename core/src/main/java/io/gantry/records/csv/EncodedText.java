// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Where text goes: UTF-8 as it is, any other encoding encoded from it. */
final class EncodedText implements AutoCloseable {

    /** What becomes of a character that the encoding lacks. */
    enum Lacking {
        /** The file fails, naming the character. */
        FAILS,
        /** It is replaced by the encoding's own replacement, {@code ?} in most. */
        IS_REPLACED
    }

    private static final char MARK = '\uFEFF';

    private final OutputStream out;
    private final Charset charset;
    private final CharsetEncoder encoder;
    private boolean begun;

    EncodedText(OutputStream out, Charset charset, Lacking lacking) {
        this.out = out;
        this.charset = charset;
        this.encoder = charset.newEncoder()
                .onUnmappableCharacter(lacking == Lacking.FAILS ? CodingErrorAction.REPORT : CodingErrorAction.REPLACE);
    }

    /** Begins the file with a byte order mark, where its encoding has one. */
    void writeMark() throws IOException {
        // The encoder of UTF-16 writes one by itself.
        if (charset.name().startsWith("UTF-") && !charset.equals(StandardCharsets.UTF_16)) {
            write(String.valueOf(MARK));
        }
    }

    /** Writes well-formed UTF-8, which must not end inside a character. */
    void write(byte[] utf8, int offset, int length) throws IOException {
        if (charset.equals(StandardCharsets.UTF_8)) {
            out.write(utf8, offset, length);
        } else if (length > 0) {
            write(new String(utf8, offset, length, StandardCharsets.UTF_8));
        }
    }

    /** Writes bytes that are in the file's encoding already. */
    void writeEncoded(int b) throws IOException {
        out.write(b);
    }

    private void write(String text) throws IOException {
        try {
            CharBuffer characters = CharBuffer.wrap(text);
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.ceil(encoder.maxBytesPerChar() * text.length()) + 16);
            if (!begun) {
                encoder.reset();
                begun = true;
            }
            var result = encoder.encode(characters, bytes, false);
            if (result.isError()) {
                result.throwException();
            }
            out.write(bytes.array(), 0, bytes.position());
        } catch (CharacterCodingException e) {
            int lacking = text.codePoints()
                    .filter(point -> !charset.newEncoder().canEncode(Character.toString(point)))
                    .findFirst()
                    .orElse(0);
            throw Failures.notWritable(
                    String.format(
                            Locale.ROOT,
                            "The encoding %s has no character U+%04X, which a text has",
                            charset.name(),
                            lacking),
                    "set option 'encoding' to UTF-8");
        }
    }

    @Override
    public void close() throws IOException {
        try (out) {
            if (begun) { // encodings with shift states end in their first
                begun = false;
                ByteBuffer bytes = ByteBuffer.allocate(16);
                encoder.encode(CharBuffer.allocate(0), bytes, true);
                encoder.flush(bytes);
                out.write(bytes.array(), 0, bytes.position());
            }
        }
    }
}
