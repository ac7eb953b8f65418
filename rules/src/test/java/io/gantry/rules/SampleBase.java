// SPDX-License-Identifier: Apache-2.0
package io.gantry.rules;

/** Cannot be named by users, but what it has can be reached through its subclass. */
abstract class SampleBase {

    public String inherited(int[] numbers) {
        return numbers.length + "";
    }

    private void hidden() {}
}
