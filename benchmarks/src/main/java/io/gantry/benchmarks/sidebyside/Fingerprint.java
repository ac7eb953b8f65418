// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

/**
 * What a table holds, whatever the order of its rows.
 *
 * @param rows how many
 * @param hash of all of their values
 */
record Fingerprint(long rows, String hash) {

    void mustBe(Fingerprint expected, String what) {
        if (!equals(expected)) {
            throw new IllegalStateException(what + " holds " + this + ", not " + expected);
        }
    }
}
