// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.spi.records.UuidColumn;
import io.gantry.validation.IssueCode;

/** UUIDs in their usual form of 36 characters. */
final class UuidParser extends CellParser<UuidColumn> {

    UuidParser(UuidColumn out) {
        super(out);
    }

    @Override
    int parse(byte[] bytes, int start, int end, int row) {
        if (end - start != 36) {
            return fault(IssueCode.NOT_A_UUID);
        }
        long most = 0;
        long least = 0;
        for (int i = 0; i < 36; i++) {
            byte b = bytes[start + i];
            if (i == 8 || i == 13 || i == 18 || i == 23) {
                if (b != '-') {
                    return fault(IssueCode.NOT_A_UUID);
                }
                continue;
            }
            int digit = Slices.hexDigit(b);
            if (digit < 0) {
                return fault(IssueCode.NOT_A_UUID);
            }
            if (i < 18) {
                most = most << 4 | digit;
            } else {
                least = least << 4 | digit;
            }
        }
        out.set(row, most, least);
        return OK;
    }
}
