// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.records.DetectingFormat.Evidence;

/**
 * Something found out.
 *
 * @param value what
 * @param confidence 0 to 1
 * @param reason what was seen, for people
 */
record Guess(String value, double confidence, String reason) {

    Evidence of(String option) {
        return new Evidence(option, value, Math.round(confidence * 100) / 100.0, reason);
    }
}
