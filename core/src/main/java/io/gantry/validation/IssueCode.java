// SPDX-License-Identifier: Apache-2.0
package io.gantry.validation;

/**
 * Why a row is rejected. Datasets may report codes of their own beside these, in the same style; a code is never given
 * another meaning.
 */
public enum IssueCode {
    /** A value must be there. */
    REQUIRED("has no value; one is required"),
    /** Not a whole number. */
    NOT_AN_INTEGER("is not a whole number"),
    /** Not a decimal number. */
    NOT_A_DECIMAL("is not a decimal number"),
    /** Not a number. */
    NOT_A_NUMBER("is not a number"),
    /** Not true or false. */
    NOT_A_BOOLEAN("is not true or false"),
    /** Not a date of the expected format. */
    NOT_A_DATE("is not a date"),
    /** Not a time of the expected format. */
    NOT_A_TIME("is not a time of day"),
    /** Not a timestamp of the expected format. */
    NOT_A_TIMESTAMP("is not a date with time"),
    /** A year of two digits, or below 100: the mapping must say which century it is in. */
    TWO_DIGIT_YEAR("has a year of two digits"),
    /** A date was expected, and the cell has a time of day that is not midnight. */
    TIME_NOT_MIDNIGHT("has a time of day; the field holds a date"),
    /** A local time that the clocks skipped when they went forward. */
    TIME_IN_GAP("is a time that the clocks skipped"),
    /** A local time that the clocks showed twice when they went back. */
    TIME_AMBIGUOUS("is a time that the clocks showed twice"),
    /** A fraction of a second finer than a microsecond: it was cut. A warning. */
    FRACTION_CUT("has a finer fraction of a second than the field holds, which was cut"),
    /** Not a UUID. */
    NOT_A_UUID("is not a UUID"),
    /** Not bytes in the expected encoding. */
    NOT_BYTES("is not encoded bytes"),
    /** Too large a number for the field's type, or more digits than the field holds. */
    OUT_OF_RANGE("does not fit the field"),
    /** Below the smallest value allowed. */
    TOO_SMALL("is below the smallest value allowed"),
    /** Above the largest value allowed. */
    TOO_LARGE("is above the largest value allowed"),
    /** Fewer characters than allowed. */
    TOO_SHORT("has too few characters"),
    /** More characters than allowed. */
    TOO_LONG("has too many characters"),
    /** Does not match the pattern. */
    PATTERN("does not match the pattern"),
    /** Takes the pattern too many steps to decide. */
    PATTERN_TOO_COSTLY("cannot be matched against the pattern in reasonable time"),
    /** Not an e-mail address. */
    EMAIL("is not an e-mail address"),
    /** Not one of the values allowed. */
    NOT_ALLOWED("is not one of the values allowed"),
    /** Not in the value map. */
    UNMAPPED_VALUE("is not in the value map"),
    /** Bytes that are no text of the file's encoding. */
    INVALID_ENCODING("is not text in the encoding of the file"),
    /** A key with blanks around it, or with characters that cannot be seen. A warning. */
    HIDDEN_CHARACTER("has blanks around it or characters that cannot be seen"),
    /** A NUL character. */
    INVALID_CHARACTER("contains a NUL character"),
    /** A spreadsheet error such as #DIV/0!. */
    CELL_ERROR("is a spreadsheet error"),
    /** A formula of a workbook whose result is not in the file. */
    FORMULA_NOT_CALCULATED("is a formula without a result: open the file in a spreadsheet program and save it"),
    /** A number of more than 15 digits in a spreadsheet: it may have lost digits. */
    PRECISION_RISK("has more digits than a spreadsheet keeps"),
    /** Text stands between a closing quote and the next delimiter: the quotes in the cell are not doubled. */
    TEXT_BEHIND_QUOTE("has text behind a closing quote; quotes inside a cell must be doubled"),
    /** A cell is enclosed in typographic quotes, which enclose nothing. */
    TYPOGRAPHIC_QUOTES("has a cell in typographic quotes; these quotes are not plain quotes"),
    /** The record has more cells than the header. */
    EXTRA_CELLS("has more cells than the header"),
    /** The record has fewer cells than the header. */
    MISSING_CELLS("has fewer cells than the header"),
    /** A value in a column that the mapping does not know. */
    UNKNOWN_COLUMN("has a value in a column that the mapping does not know"),
    /** A column that the mapping expects is not in the file. */
    MISSING_COLUMN("comes from a column that is not in the file"),
    /** Another row of the file has the same key. */
    DUPLICATE_KEY("is the key of another row of the file"),
    /** Another row has the same value. */
    DUPLICATE_VALUE("is a value that another row has"),
    /** The key is in the dataset already. */
    ALREADY_EXISTS("is a key that the dataset has already"),
    /** The key is not in the dataset. */
    NOT_FOUND("is a key that the dataset does not have"),
    /** The value refers to something that is not there. */
    REFERENCE_NOT_FOUND("refers to something that is not there"),
    /** The store refused the row. */
    CONSTRAINT_VIOLATED("was refused by a rule of the store");

    private final String phrase;

    IssueCode(String phrase) {
        this.phrase = phrase;
    }

    /**
     * What is wrong, to be put behind the name of a column.
     *
     * @return such as {@code is not a date}
     */
    public String phrase() {
        return phrase;
    }
}
