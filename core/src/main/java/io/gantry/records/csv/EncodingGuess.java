// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.records.FileWarning;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out the encoding of a file. A byte order mark says it; UTF-16 shows by its zeros, and UTF-8 by its sequences, of which
 * no other text has many: so a few bad bytes among them are bad bytes. What is left is a matter of {@link OldEncodings}.
 *
 * @param guess what was found
 * @param warnings what a person should know of it
 */
record EncodingGuess(Guess guess, List<FileWarning> warnings) {

    /** How many well-formed sequences there are for each bad byte in a file that is UTF-8 all the same. */
    private static final int SEQUENCES_PER_BAD_BYTE = 3;

    /**
     * Looks at a sample.
     *
     * @param enough whether the likeliest encoding is good enough when none is sure
     * @throws io.gantry.spi.ProviderException with code {@code ENCODING_UNSURE} when none is, and that is not
     */
    static EncodingGuess of(Sample sample, boolean enough) {
        byte[] bytes = sample.bytes();
        ByteOrderMark mark = ByteOrderMark.of(bytes);
        if (mark != null) {
            return sure(mark.charset().name(), 1, "The file begins with the byte order mark of this encoding");
        }
        int nuls = 0;
        int oddNuls = 0;
        int high = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                nuls++;
                oddNuls += i & 1;
            }
            high += bytes[i] < 0 ? 1 : 0;
        }
        if (nuls * 10 > bytes.length && (oddNuls * 20 >= nuls * 19 || oddNuls * 20 <= nuls)) {
            return sure(
                    oddNuls * 2 > nuls ? "UTF-16LE" : "UTF-16BE",
                    0.95,
                    "Nearly every second byte is zero, as in UTF-16 without a byte order mark");
        }
        if (high == 0) {
            return sure("UTF-8", 0.9, "All characters looked at are ASCII");
        }
        Utf8Look utf8 = Utf8Look.at(bytes);
        if (utf8.bad() == 0 && (utf8.sequences() > 0 || !sample.isWhole())) {
            return sure(
                    "UTF-8",
                    0.99,
                    utf8.isCut() && sample.isWhole()
                            ? "All bytes beyond ASCII are well-formed UTF-8, but for the last: the file is cut off"
                            : "All " + high + " bytes beyond ASCII are well-formed UTF-8");
        }
        if (utf8.sequences() >= SEQUENCES_PER_BAD_BYTE * (long) utf8.bad() && utf8.sequences() > 0) {
            return sure(
                    "UTF-8",
                    0.95,
                    utf8.sequences() + " sequences beyond ASCII are well-formed UTF-8, " + utf8.bad()
                            + " bytes are not: their cells are bad");
        }
        return new OldEncodings(sample, utf8.sequences() > utf8.bad()).find(enough);
    }

    private static EncodingGuess sure(String encoding, double confidence, String reason) {
        return new EncodingGuess(new Guess(encoding, confidence, reason), List.of());
    }

    EncodingGuess {
        warnings = List.copyOf(new ArrayList<>(warnings));
    }
}
