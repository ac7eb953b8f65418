// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.OptionalLong;
import java.util.function.Consumer;

/** Counts the bytes of a transfer and reports them in steps. */
final class Progress {
    private static final long STEP = 256 * 1024;

    private final int part;
    private final int parts;
    private final OptionalLong total;
    private final Consumer<Transfer> told;
    private long bytes;
    private long lastTold;

    Progress(int part, int parts, OptionalLong total, Consumer<Transfer> told) {
        this.part = part;
        this.parts = parts;
        this.total = total;
        this.told = told;
    }

    long bytes() {
        return bytes;
    }

    void add(long more) {
        bytes += more;
        if (bytes - lastTold >= STEP) {
            end();
        }
    }

    /** Reports the present count. */
    void end() {
        lastTold = bytes;
        told.accept(new Transfer(part, parts, bytes, total));
    }
}
