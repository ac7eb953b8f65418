// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The bytes by which a file says its Unicode encoding. */
enum ByteOrderMark {
    UTF_8(StandardCharsets.UTF_8, 0xEF, 0xBB, 0xBF),
    // Before UTF-16LE, whose mark is the beginning of this one.
    UTF_32LE(Charset.forName("UTF-32LE"), 0xFF, 0xFE, 0, 0),
    UTF_32BE(Charset.forName("UTF-32BE"), 0, 0, 0xFE, 0xFF),
    UTF_16LE(StandardCharsets.UTF_16LE, 0xFF, 0xFE),
    UTF_16BE(StandardCharsets.UTF_16BE, 0xFE, 0xFF);

    private final Charset charset;
    private final int[] bytes;

    ByteOrderMark(Charset charset, int... bytes) {
        this.charset = charset;
        this.bytes = bytes;
    }

    static @Nullable ByteOrderMark of(byte[] head) {
        for (ByteOrderMark mark : values()) {
            if (mark.begins(head)) {
                return mark;
            }
        }
        return null;
    }

    private boolean begins(byte[] head) {
        for (int i = 0; i < bytes.length; i++) {
            if (i >= head.length || (head[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    Charset charset() {
        return charset;
    }

    int length() {
        return bytes.length;
    }

    /** Whether a declared encoding means the one of the mark; "UTF-16" means either order. */
    boolean fits(Charset declared) {
        return declared.equals(charset)
                || charset.name().startsWith(declared.name()) && declared.name().startsWith("UTF-");
    }
}
