// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Finds out an encoding by the bytes. */
final class EncodingGuess {

    private EncodingGuess() {}

    static Guess of(Sample sample) {
        byte[] bytes = sample.bytes();
        ByteOrderMark mark = ByteOrderMark.of(bytes);
        if (mark != null) {
            return new Guess(mark.charset().name(), 1, "The file begins with the byte order mark of this encoding");
        }
        int[] counts = new int[256];
        int oddNuls = 0;
        for (int i = 0; i < bytes.length; i++) {
            counts[bytes[i] & 0xFF]++;
            if (bytes[i] == 0) {
                oddNuls += i & 1;
            }
        }
        int nuls = counts[0];
        if (nuls * 10 > bytes.length && (oddNuls * 20 >= nuls * 19 || oddNuls * 20 <= nuls)) {
            return new Guess(
                    oddNuls * 2 > nuls ? "UTF-16LE" : "UTF-16BE",
                    0.95,
                    "Nearly every second byte is zero, as in UTF-16 without a byte order mark");
        }
        return ofBytes(sample, counts);
    }

    private static Guess ofBytes(Sample sample, int[] counts) {
        int high = sum(counts, 0x80, 0xFF);
        if (high == 0) {
            return new Guess("UTF-8", 0.9, "All characters looked at are ASCII");
        }
        if (isUtf8(sample)) {
            return new Guess("UTF-8", 0.99, "All " + high + " bytes beyond ASCII are well-formed UTF-8");
        }
        if (counts[0x81] + counts[0x8D] + counts[0x8F] + counts[0x90] + counts[0x9D] > 0) {
            return new Guess(
                    "ISO-8859-1", 0.4, "Not UTF-8, and has bytes that windows-1252 leaves undefined; a guess only");
        }
        return sum(counts, 0x80, 0x9F) > 0
                ? new Guess("windows-1252", 0.7, "Not UTF-8, and has bytes that are letters in windows-1252 only")
                : new Guess(
                        "windows-1252",
                        0.6,
                        "Not UTF-8; the bytes seen mean the same in ISO-8859-1, but may be another single-byte encoding");
    }

    private static int sum(int[] counts, int from, int to) {
        int sum = 0;
        for (int i = from; i <= to; i++) {
            sum += counts[i];
        }
        return sum;
    }

    /** Whether a sample is UTF-8; where it is cut off, its last character may be too. */
    private static boolean isUtf8(Sample sample) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(sample.bytes());
        CoderResult result = decoder.decode(bytes, CharBuffer.allocate(bytes.remaining()), sample.isWhole());
        return !result.isError();
    }
}
