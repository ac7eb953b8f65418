// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

/**
 * Tells addresses that mail can be sent to from texts that only contain an @. Letters beyond ASCII are taken in both parts
 * (RFC 6531); quoted local parts, comments and addresses of hosts without a dot are not.
 */
final class EmailAddress {

    private static final int LONGEST = 254;
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_LABEL = 63;

    private EmailAddress() {}

    static boolean isValid(byte[] bytes, int start, int end) {
        if (end - start > LONGEST) {
            return false;
        }
        int at = start;
        while (at < end && bytes[at] != '@') {
            at++;
        }
        return at < end && at - start <= LONGEST_LOCAL && local(bytes, start, at) && domain(bytes, at + 1, end);
    }

    private static boolean local(byte[] bytes, int start, int end) {
        boolean dot = true; // none at the beginning, none behind another, none at the end
        for (int i = start; i < end; i++) {
            byte b = bytes[i];
            if (b == '.') {
                if (dot) {
                    return false;
                }
                dot = true;
            } else if (b >= 0 && !letterOrDigit(b) && "!#$%&'*+-/=?^_`{|}~".indexOf(b) < 0) {
                return false;
            } else {
                dot = false;
            }
        }
        return !dot;
    }

    private static boolean domain(byte[] bytes, int start, int end) {
        int labels = 0;
        int label = start;
        for (int i = start; i <= end; i++) {
            if (i == end || bytes[i] == '.') {
                if (i == label || i - label > LONGEST_LABEL || bytes[label] == '-' || bytes[i - 1] == '-') {
                    return false;
                }
                labels++;
                label = i + 1;
            } else if (bytes[i] >= 0 && !letterOrDigit(bytes[i]) && bytes[i] != '-') {
                return false;
            }
        }
        return labels >= 2;
    }

    private static boolean letterOrDigit(byte b) {
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'z' || b >= '0' && b <= '9';
    }
}
