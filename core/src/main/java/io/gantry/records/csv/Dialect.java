// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.records.FormulaGuard;
import io.gantry.spi.records.FormatOptions;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@link FormatOptions} say, checked.
 *
 * @param delimiter what stands between cells, one or more characters; empty when records have one cell
 * @param quote what encloses a cell, or null when nothing does
 * @param escape what takes the meaning from the character behind it, or null
 * @param comment what begins a line that is no record, or null
 * @param encoding of the file, or null when its byte order mark says it and UTF-8 is meant where there is none
 * @param trim whether blanks at both ends of a cell are dropped
 * @param lineEnd what ends a record that is written
 * @param neutralise whether {@link FormulaGuard} is applied to texts
 * @param bom whether a file that is written begins with a byte order mark
 * @param tolerance what is done about forms that are not quite right
 */
record Dialect(
        String delimiter,
        @Nullable Character quote,
        @Nullable Character escape,
        @Nullable Character comment,
        @Nullable Charset encoding,
        boolean trim,
        String lineEnd,
        boolean neutralise,
        boolean bom,
        Tolerance tolerance) {

    /** The value of an option that says that there is no such character. */
    static final String NONE = "none";
    /** The value of the option of the encoding that says that the likeliest is good enough. */
    static final String GUESS = "guess";

    static final Set<String> OPTIONS = Set.of(
            "delimiter",
            "quote",
            "escape",
            "comment",
            "encoding",
            "trim",
            "lineEnd",
            "formulas",
            "bom",
            "spaceBeforeQuote",
            "textBehindQuote",
            "shortRows",
            "typographicQuotes");

    /**
     * What is done about forms that are not quite right.
     *
     * @param blankBeforeQuote whether blanks outside the quotes of a cell are no part of it
     * @param textBehindQuote whether a record with text behind a closing quote is kept, with a warning
     * @param fillShort whether cells missing at the end of a record are taken for empty, with a warning
     * @param typographicQuotes whether cells in typographic quotes are kept as they are
     */
    record Tolerance(boolean blankBeforeQuote, boolean textBehindQuote, boolean fillShort, boolean typographicQuotes) {

        static Tolerance of(FormatOptions options) {
            return new Tolerance(
                    choice(options, "spaceBeforeQuote", "text", "text", "skip").equals("skip"),
                    choice(options, "textBehindQuote", "reject", "reject", "lenient")
                            .equals("lenient"),
                    choice(options, "shortRows", "fill", "fill", "reject").equals("fill"),
                    choice(options, "typographicQuotes", "reject", "reject", "keep")
                            .equals("keep"));
        }
    }

    static Dialect of(FormatOptions options) {
        Dialect dialect = new Dialect(
                delimiter(options),
                character(options, "quote", '"'),
                character(options, "escape", null),
                character(options, "comment", null),
                encoding(options),
                choice(options, "trim", "false", "true", "false").equals("true"),
                switch (choice(options, "lineEnd", "lf", "lf", "crlf", "cr")) {
                    case "crlf" -> "\r\n";
                    case "cr" -> "\r";
                    default -> "\n";
                },
                choice(options, "formulas", "neutralise", "neutralise", "keep").equals("neutralise"),
                choice(options, "bom", "false", "true", "false").equals("true"),
                Tolerance.of(options));
        dialect.checkDistinct(options);
        return dialect;
    }

    private static String delimiter(FormatOptions options) {
        String delimiter = options.get("delimiter", ",");
        if (delimiter.equals("\\t")) {
            return "\t";
        }
        if (delimiter.equals(NONE)) {
            return "";
        }
        if (delimiter.isEmpty() || delimiter.indexOf('\n') >= 0 || delimiter.indexOf('\r') >= 0) {
            throw options.invalid("delimiter", "one or more characters, none of them a line end, or 'none'");
        }
        return delimiter;
    }

    private static @Nullable Character character(FormatOptions options, String name, @Nullable Character otherwise) {
        String value = options.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value.equals(NONE)) {
            return null;
        }
        if (value.length() != 1 || value.equals("\n") || value.equals("\r")) {
            throw options.invalid(name, "one character that is no line end, or 'none'");
        }
        return value.charAt(0);
    }

    private static @Nullable Charset encoding(FormatOptions options) {
        String name = options.get("encoding");
        if (name == null || name.equals(GUESS)) {
            return null;
        }
        try {
            Charset charset = Charset.forName(name);
            if (charset.canEncode()) {
                return charset;
            }
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            // Said below, with what would be right.
        }
        throw options.invalid(
                "encoding",
                "a character set such as UTF-8, UTF-16LE, windows-1252, ISO-8859-1 or Shift_JIS, or 'guess'");
    }

    private static String choice(FormatOptions options, String name, String otherwise, String... allowed) {
        String value = options.get(name, otherwise);
        for (String one : allowed) {
            if (one.equals(value)) {
                return value;
            }
        }
        throw options.invalid(name, "one of " + String.join(", ", allowed));
    }

    private void checkDistinct(FormatOptions options) {
        if (quote != null && delimiter.indexOf(quote) >= 0) {
            throw clash(options, "delimiter", "quote", quote);
        }
        if (escape != null && delimiter.indexOf(escape) >= 0) {
            throw clash(options, "delimiter", "escape", escape);
        }
        if (comment != null && delimiter.indexOf(comment) >= 0) {
            throw clash(options, "delimiter", "comment", comment);
        }
        if (escape != null && escape.equals(quote)) {
            throw options.invalid("escape", "another character than the quote; doubled quotes need no escape");
        }
        if (comment != null && (comment.equals(quote) || comment.equals(escape))) {
            throw clash(options, "comment", comment.equals(quote) ? "quote" : "escape", comment);
        }
    }

    private static RuntimeException clash(FormatOptions options, String name, String other, char shared) {
        return options.with(name, options.get(name, ","))
                .invalid(name, "free of '" + shared + "', which is the " + other);
    }

    /** Whether the reader of bytes understands it. */
    boolean isPlain() {
        return delimiter.length() == 1
                && delimiter.charAt(0) < 0x80
                && (quote == null || quote < 0x80)
                && (comment == null || comment < 0x80)
                && escape == null
                && !trim
                && !tolerance.blankBeforeQuote();
    }

    /** Whether cells in typographic quotes are to be found: not where nothing is quoted, or where they are the quote. */
    boolean findsTypographic() {
        return !tolerance.typographicQuotes() && quote != null && quote < 0x80;
    }
}
