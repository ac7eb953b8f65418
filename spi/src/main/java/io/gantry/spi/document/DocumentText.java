// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.document;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import java.util.Map;

/** Which text documents may hold: what every store can keep, whatever it is made of. */
final class DocumentText {

    private static final int NOT_UNICODE = -1;

    private DocumentText() {}

    /** Whether text could be the tenant or id of a document. */
    static boolean names(String text, int longest) {
        return !text.isEmpty() && text.length() <= longest && utf8(text) != NOT_UNICODE;
    }

    /** Refuses a name that is empty, too long, or no text that can be kept. */
    static void checkName(String what, String text, int longest) {
        if (text.isEmpty()) {
            throw invalid("The " + what + " of a document is empty");
        }
        checkText(what, text, longest);
    }

    static void checkText(String what, String text, int longest) {
        if (text.length() > longest) {
            throw tooLarge(what, text.length(), longest, "characters");
        }
        checkUnicode(what, text);
    }

    static void checkBody(String body, long longest) {
        long bytes = checkUnicode("body", body);
        if (bytes > longest) {
            throw tooLarge("body", bytes, longest, "bytes");
        }
    }

    private static long checkUnicode(String what, String text) {
        long bytes = utf8(text);
        if (bytes == NOT_UNICODE) {
            throw new ProviderException(
                    "DOCUMENT_TEXT_INVALID",
                    FailureKind.DATA,
                    "The " + what
                            + " of a document holds a NUL character or half of a surrogate pair; neither can be kept",
                    Map.of("part", what),
                    null);
        }
        return bytes;
    }

    /** The length in bytes, or {@link #NOT_UNICODE}. */
    private static long utf8(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return NOT_UNICODE;
            } else if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                return NOT_UNICODE;
            }
        }
        return bytes;
    }

    static ProviderException invalid(String message) {
        return new ProviderException("DOCUMENT_INVALID", FailureKind.DATA, message);
    }

    private static ProviderException tooLarge(String what, long size, long longest, String unit) {
        return new ProviderException(
                "DOCUMENT_LIMIT_EXCEEDED",
                FailureKind.DATA,
                "The " + what + " of a document has " + size + " " + unit + "; it may have " + longest,
                Map.of("part", what, "size", size, "limit", longest),
                null);
    }
}
