// SPDX-License-Identifier: Apache-2.0
package io.gantry.validation;

/**
 * What a run warns of. Formats may report codes of their own beside these, in the same style; a code is never given another
 * meaning. A warning about rows that were kept has their {@link IssueCode}.
 */
public enum WarningCode {
    /** Lines were taken for comments: they are no records. */
    COMMENTS_SKIPPED,
    /** Lines of nothing but delimiters and blanks are no records. */
    BLANK_RECORDS_SKIPPED,
    /** Double quotes were taken for characters of their cells. */
    QUOTES_IGNORED,
    /** The encoding was found out by what the text looks like. */
    ENCODING_GUESSED,
    /** Delimiters in the messages of the file of rejects became blanks, as its dialect has no way to write them. */
    REJECTS_MESSAGES_CHANGED
}
