// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.mapping.Checks;
import io.gantry.mapping.ColumnMapping;
import io.gantry.spi.schema.Field;
import io.gantry.validation.IssueCode;
import java.util.List;

/** Words an issue: its code's phrase, and the rule that the cell breaks. */
final class IssueWords {

    private static final int SHOWN = 8;

    private IssueWords() {}

    /**
     * @param expected what a cell of the field's type should look like; may be empty
     */
    static String of(IssueCode code, ColumnMapping column, Field field, String expected) {
        String rule = rule(code, column.checks(), field, expected);
        return rule.isEmpty() ? code.phrase() : code.phrase() + " (" + rule + ")";
    }

    /**
     * @param place of the cell that is to blame, from 1; 0 when there is none
     */
    static String ofRow(IssueCode code, int place) {
        if (place == 0) {
            return code.phrase();
        }
        String hint = code == IssueCode.EXTRA_CELLS ? " has text; is there a delimiter in a cell without quotes?" : "";
        return code.phrase() + " (cell " + place + hint + ")";
    }

    private static String rule(IssueCode code, Checks checks, Field field, String expected) {
        return switch (code) {
            case PATTERN -> String.valueOf(checks.pattern());
            case TOO_SMALL -> String.valueOf(checks.min());
            case TOO_LARGE -> String.valueOf(checks.max());
            case TOO_SHORT -> "at least " + checks.minLength();
            case TOO_LONG -> "at most " + longest(checks, field);
            case TWO_DIGIT_YEAR -> "give a format such as d.M.uu, and a pivot: the latest year that it may mean";
            case NOT_ALLOWED -> list(checks.oneOf());
            case OUT_OF_RANGE ->
                field.size().precision() == 0
                        ? ""
                        : "at most " + field.size().precision() + " digits, "
                                + field.size().scale() + " of them behind the point";
            default -> expected.isEmpty() || !ColumnDrift.isOfType(code) ? "" : "expected " + expected;
        };
    }

    private static int longest(Checks checks, Field field) {
        int size = field.size().length();
        return checks.maxLength() == 0 || (size > 0 && size < checks.maxLength()) ? size : checks.maxLength();
    }

    private static String list(List<String> values) {
        String first = String.join(", ", values.subList(0, Math.min(SHOWN, values.size())));
        return values.size() > SHOWN ? first + ", …" : first;
    }
}
