// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * Decodes bytes, and loses none that are malformed: each becomes one lone surrogate, {@code U+DC00} plus the byte, which no
 * well-formed text contains. {@link Utf8} writes them so that a mapping rejects the cell and a copy has the byte again.
 */
final class LenientDecoder {

    static final char STRAY = 0xDC00;

    private final InputStream in;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 14).limit(0);
    private int stray;
    private boolean ended;
    private boolean flushed;

    LenientDecoder(InputStream in, Charset charset) {
        this.in = in;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    Charset charset() {
        return decoder.charset();
    }

    /**
     * Decodes some characters; a pair of surrogates is never torn.
     *
     * @param length at least 2
     * @return how many, at least 1, or -1 at the end
     */
    int read(char[] into, int offset, int length) throws IOException {
        CharBuffer characters = CharBuffer.wrap(into, offset, length).slice();
        while (true) {
            while (stray > 0 && characters.hasRemaining()) {
                characters.put((char) (STRAY + (bytes.get() & 0xFF)));
                stray--;
            }
            CoderResult result = flushed ? CoderResult.UNDERFLOW : decoder.decode(bytes, characters, ended);
            if (result.isError()) {
                stray = result.length();
                continue;
            }
            if (result.isUnderflow() && ended && !flushed) {
                result = decoder.flush(characters);
                flushed = result.isUnderflow();
            }
            if (characters.position() > 0) {
                return characters.position();
            }
            if (flushed) {
                return -1;
            }
            if (!ended) {
                fill();
            }
        }
    }

    private void fill() throws IOException {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        if (read < 0) {
            ended = true;
        } else {
            bytes.position(bytes.position() + read);
        }
        bytes.flip();
    }
}
