// SPDX-License-Identifier: Apache-2.0
package io.gantry.smoke.closed;

/** Hands out a record of a package that the module does not open. */
public final class Hidden {

    private Hidden() {}

    private record Secret(String id) {}

    /**
     * The record.
     *
     * @return not public
     */
    public static Class<? extends Record> type() {
        return Secret.class;
    }
}
