// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.crash;

/** A row of the dataset, and of its files. */
record Thing(String id, long count, String note) {

    /** As a record of a file. */
    String text() {
        return id + "," + count + "," + note;
    }
}
