// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.spi.records.SliceColumn;
import io.gantry.validation.IssueCode;
import java.util.Arrays;
import java.util.Base64;

/** Bytes as base64 or as hexadecimal digits. */
final class BytesParser extends CellParser<SliceColumn> {

    private final boolean hex;
    private final int maxLength;

    BytesParser(SliceColumn out, boolean hex) {
        super(out);
        this.hex = hex;
        this.maxLength = out.field().size().length();
    }

    @Override
    int parse(byte[] bytes, int start, int end, int row) {
        if (hex) {
            return hex(bytes, start, end, row);
        }
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(Arrays.copyOfRange(bytes, start, end));
        } catch (IllegalArgumentException e) {
            return fault(IssueCode.NOT_BYTES);
        }
        if (maxLength > 0 && decoded.length > maxLength) {
            return fault(IssueCode.TOO_LONG);
        }
        out.append(row, decoded, 0, decoded.length);
        return OK;
    }

    private int hex(byte[] bytes, int start, int end, int row) {
        int length = (end - start) / 2;
        if (length * 2 != end - start) {
            return fault(IssueCode.NOT_BYTES);
        }
        if (maxLength > 0 && length > maxLength) {
            return fault(IssueCode.TOO_LONG);
        }
        int to = out.reserve(length);
        byte[] buffer = out.buffer();
        for (int i = 0; i < length; i++) {
            int high = Slices.hexDigit(bytes[start + 2 * i]);
            int low = Slices.hexDigit(bytes[start + 2 * i + 1]);
            if (high < 0 || low < 0) {
                return fault(IssueCode.NOT_BYTES);
            }
            buffer[to + i] = (byte) (high << 4 | low);
        }
        out.set(row, to, length);
        return OK;
    }

    @Override
    String expected() {
        return hex ? "hexadecimal digits" : "base64";
    }
}
