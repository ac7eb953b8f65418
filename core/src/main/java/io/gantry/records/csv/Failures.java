// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import java.util.Map;

/** The ways in which a file of delimited text can fail as a whole. */
final class Failures {

    private Failures() {}

    static ProviderException unclosedQuote(long line) {
        return new ProviderException(
                "FILE_UNREADABLE",
                FailureKind.DATA,
                "A quoted cell that begins on line " + line
                        + " is never closed; close its quote, double the quotes inside it, or set option 'quote' to 'none'",
                Map.of("line", line),
                null);
    }

    static ProviderException escapeAtEnd(long line) {
        return new ProviderException(
                "FILE_UNREADABLE",
                FailureKind.DATA,
                "The file ends inside an escape sequence, in the record that begins on line " + line
                        + "; it was cut off, or option 'escape' is wrong for it",
                Map.of("line", line),
                null);
    }

    /** For limits that a record breaks. */
    static ProviderException limit(String limit, long allowed, long line) {
        return new ProviderException(
                "LIMIT_EXCEEDED",
                FailureKind.DATA,
                "The record on line " + line + " goes beyond the limit '" + limit + "' of " + allowed
                        + "; check the delimiter and the quotes there, or raise the limit",
                Map.of("limit", limit, "allowed", allowed, "line", line),
                null);
    }

    /** For the limit that the file as a whole breaks. */
    static ProviderException tooManyBytes(long allowed) {
        return new ProviderException(
                "LIMIT_EXCEEDED",
                FailureKind.DATA,
                "The file goes beyond the limit 'bytes' of " + allowed + "; split it, or raise the limit",
                Map.of("limit", "bytes", "allowed", allowed),
                null);
    }

    static ProviderException notText(String file, String what, String instead) {
        return new ProviderException(
                "FILE_UNREADABLE",
                FailureKind.DATA,
                "File '" + file + "' looks like " + what + ", not like delimited text; " + instead,
                Map.of("file", file, "found", what),
                null);
    }

    static ProviderException otherEncoding(String file, String found, String declared) {
        return new ProviderException(
                "FILE_UNREADABLE",
                FailureKind.DATA,
                "File '" + file + "' begins with the byte order mark of " + found + ", but option 'encoding' is '"
                        + declared + "'; leave the option out, or set it to '" + found + "'",
                Map.of("file", file, "found", found, "encoding", declared),
                null);
    }

    /** For values that the dialect or the encoding being written has no way to hold. */
    static ProviderException notWritable(String what, String instead) {
        return new ProviderException("VALUE_NOT_WRITABLE", FailureKind.DATA, what + "; " + instead);
    }
}
