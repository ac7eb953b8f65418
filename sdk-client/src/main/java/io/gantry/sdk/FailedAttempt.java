// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An attempt that failed, with what is needed to decide on another one. Never leaves {@link Http}. */
final class FailedAttempt extends Exception {
    private static final long serialVersionUID = 1;

    private final ImpexException reason;
    private final boolean repeatable;
    private final transient @Nullable Duration hint;

    FailedAttempt(ImpexException reason, boolean repeatable, @Nullable Duration hint) {
        super(null, reason, false, false);
        this.reason = reason;
        this.repeatable = repeatable;
        this.hint = hint;
    }

    ImpexException reason() {
        return reason;
    }

    boolean isRepeatable() {
        return repeatable;
    }

    boolean isUnauthorised() {
        return reason.code() == ErrorCode.UNAUTHORIZED;
    }

    /** How long the server asks to wait before the next attempt. */
    @Nullable
    Duration hint() {
        return hint;
    }
}
