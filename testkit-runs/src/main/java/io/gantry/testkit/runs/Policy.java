// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import io.gantry.mapping.ErrorPolicy;

/** One error policy of each kind. */
enum Policy {
    ALL_OR_NOTHING(ErrorPolicy.ALL_OR_NOTHING),
    SKIP_ROWS(ErrorPolicy.SKIP_ROWS),
    UP_TO_3_ROWS(ErrorPolicy.upTo(3)),
    UP_TO_20_PERCENT(ErrorPolicy.upToPercent(20));

    private final ErrorPolicy rule;

    Policy(ErrorPolicy rule) {
        this.rule = rule;
    }

    ErrorPolicy rule() {
        return rule;
    }

    /** Whether good rows are loaded; said here once more, in other words than the engine's. */
    boolean allows(long bad, long all) {
        return switch (this) {
            case ALL_OR_NOTHING -> bad == 0;
            case SKIP_ROWS -> true;
            case UP_TO_3_ROWS -> bad <= 3;
            case UP_TO_20_PERCENT -> bad * 5 <= all;
        };
    }
}
