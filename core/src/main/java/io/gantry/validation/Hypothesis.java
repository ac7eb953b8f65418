// SPDX-License-Identifier: Apache-2.0
package io.gantry.validation;

import java.util.Map;

/**
 * What may be behind many issues of one kind, tested on a sample of the cells.
 *
 * @param text for people, such as {@code read with format MM/dd/uuuu}
 * @param hits how many of the sample would be good then
 * @param tested how many were tried
 * @param patch properties to set on the column of the mapping that would make it so, as its JSON has them; empty when the
 *     remedy is not in the column
 */
public record Hypothesis(String text, int hits, int tested, Map<String, Object> patch) {

    public Hypothesis {
        patch = Map.copyOf(patch);
    }

    /**
     * How much of the sample it explains.
     *
     * @return 0 to 1
     */
    public double rate() {
        return tested == 0 ? 0 : (double) hits / tested;
    }
}
