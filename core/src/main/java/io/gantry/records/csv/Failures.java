// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The ways in which a file of delimited text can fail as a whole. */
final class Failures {

    private Failures() {}

    /** A cell whose quote is never closed. */
    static ProviderException unclosedQuote(long line, long record) {
        return new ProviderException(
                "QUOTE_UNCLOSED",
                FailureKind.DATA,
                "A quoted cell that begins on line " + line
                        + " is never closed; close its quote, double the quotes inside it, or set option 'quote' to 'none'",
                Map.of("line", line, "record", record),
                null);
    }

    static ProviderException escapeAtEnd(long line, long record) {
        return new ProviderException(
                "ESCAPE_UNFINISHED",
                FailureKind.DATA,
                "The file ends inside an escape sequence, in the record that begins on line " + line
                        + "; it was cut off, or option 'escape' is wrong for it",
                Map.of("line", line, "record", record),
                null);
    }

    /** For limits that a record breaks. */
    static ProviderException limit(String limit, long allowed, long line, long record) {
        return new ProviderException(
                "LIMIT_EXCEEDED",
                FailureKind.DATA,
                "The record on line " + line + " goes beyond the limit '" + limit + "' of " + allowed
                        + "; check the delimiter and the quotes there, or raise the limit",
                Map.of("limit", limit, "allowed", allowed, "line", line, "record", record),
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
                "WRONG_FORMAT",
                FailureKind.DATA,
                "File '" + file + "' looks like " + what + ", not like delimited text; " + instead,
                Map.of("file", file, "found", what),
                null);
    }

    /** For text whose encoding several fit; by encoding, a line as it would be. */
    static ProviderException encodingUnsure(String file, Map<String, String> candidates) {
        String each = candidates.entrySet().stream()
                .map(entry -> entry.getKey() + " (\"" + entry.getValue() + "\")")
                .collect(Collectors.joining(", "));
        return new ProviderException(
                "ENCODING_UNSURE",
                FailureKind.DATA,
                "The encoding of file '" + file
                        + "' cannot be told for sure. Candidates, each with a line as it would be: "
                        + each
                        + ". Set option 'encoding' to the right one, or to 'guess' for the likeliest, or save the"
                        + " file as UTF-8",
                Map.of(
                        "file",
                        file,
                        "candidates",
                        List.copyOf(candidates.keySet()),
                        "lines",
                        List.copyOf(candidates.values())),
                null);
    }

    /** For text in UTF-16 that says so by its bytes only. */
    static ProviderException wide(String file, String likely) {
        return new ProviderException(
                "ENCODING_CONTRADICTED",
                FailureKind.DATA,
                "File '" + file + "' looks like text in " + likely
                        + " without a byte order mark; set option 'encoding' to '" + likely + "', or save it as UTF-8",
                Map.of("file", file, "found", likely),
                null);
    }

    static ProviderException otherEncoding(String file, String found, String declared) {
        return new ProviderException(
                "ENCODING_CONTRADICTED",
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
