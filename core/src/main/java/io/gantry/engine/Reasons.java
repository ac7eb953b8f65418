// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.Reason;
import io.gantry.check.BeanRules;
import io.gantry.check.Faults;
import io.gantry.pipeline.Lifecycle;
import org.jspecify.annotations.Nullable;

/** Checks the reasons that callers give. */
final class Reasons {

    private Reasons() {}

    /** Whether a move has the reason it takes. */
    static void check(Lifecycle move, @Nullable Reason reason) {
        if (reason != null) {
            check(reason);
        } else if (move.words() == Lifecycle.Words.REASON) {
            Faults faults = new Faults("The reason");
            faults.add("code", move + " takes a reason");
            faults.throwIfAny();
        }
    }

    static void check(Reason reason) {
        Faults faults = new Faults("The reason");
        BeanRules.check(reason, faults);
        if (reason.code().equals(Reason.OTHER) && reason.text().isBlank()) {
            faults.add("text", "is required when the code is OTHER");
        }
        faults.throwIfAny();
    }
}
