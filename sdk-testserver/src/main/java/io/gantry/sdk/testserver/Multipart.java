// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk.testserver;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds parts in a multipart body, in whatever order they came. */
final class Multipart {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("[;\\s]name=\"?([^\";\\r\\n]+)\"?", Pattern.CASE_INSENSITIVE);

    private Multipart() {}

    static Optional<byte[]> part(String contentType, byte[] body, String name) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!contentType.startsWith("multipart/") || !boundary.find()) {
            return Optional.empty();
        }
        byte[] line = bytes("--" + boundary.group(1));
        byte[] blank = bytes("\r\n\r\n");
        int start = find(body, line, 0);
        while (start >= 0) {
            int head = start + line.length;
            int end = find(body, line, head);
            int content = find(body, blank, head);
            if (end < 0 || content < 0 || content > end) {
                return Optional.empty();
            }
            Matcher named = NAME.matcher(new String(body, head, content - head, StandardCharsets.ISO_8859_1));
            if (named.find() && named.group(1).equals(name)) {
                // The line break before the boundary belongs to the boundary.
                return Optional.of(Arrays.copyOfRange(body, content + blank.length, end - 2));
            }
            start = end;
        }
        return Optional.empty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int find(byte[] body, byte[] wanted, int from) {
        for (int i = from; i <= body.length - wanted.length; i++) {
            if (Arrays.equals(body, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
