// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.spi.records.LongColumn;
import io.gantry.validation.IssueCode;

/** True and false: {@code true yes y t 1} and {@code false no n f 0}, in any case. Others go through a value map. */
final class BooleanParser extends CellParser<LongColumn> {

    BooleanParser(LongColumn out) {
        super(out);
    }

    @Override
    int parse(byte[] bytes, int start, int end, int row) {
        boolean yes;
        switch (end - start) {
            case 1 -> {
                int letter = bytes[start] | 0x20;
                yes = letter == 't' || letter == 'y' || bytes[start] == '1';
                if (!yes && letter != 'f' && letter != 'n' && bytes[start] != '0') {
                    return fault(IssueCode.NOT_A_BOOLEAN);
                }
            }
            case 2, 3, 4, 5 -> {
                yes = is(bytes, start, end, "true") || is(bytes, start, end, "yes");
                if (!yes && !is(bytes, start, end, "false") && !is(bytes, start, end, "no")) {
                    return fault(IssueCode.NOT_A_BOOLEAN);
                }
            }
            default -> {
                return fault(IssueCode.NOT_A_BOOLEAN);
            }
        }
        out.set(row, yes ? 1 : 0);
        return OK;
    }

    private static boolean is(byte[] bytes, int start, int end, String word) {
        if (end - start != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((bytes[start + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
