// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An attempt that failed, with what is needed to decide on another one. Never leaves {@link Http}. */
final class FailedAttempt extends Exception {
    private static final long serialVersionUID = 1;

    private final ImpexException reason;
    private final boolean repeatable;
    private final boolean stale;
    private final transient @Nullable Duration hint;

    private FailedAttempt(ImpexException reason, boolean repeatable, boolean stale, @Nullable Duration hint) {
        super(null, reason, false, false);
        this.reason = reason;
        this.repeatable = repeatable;
        this.stale = stale;
        this.hint = hint;
    }

    /** A failure that is final. */
    static FailedAttempt last(ImpexException reason) {
        return new FailedAttempt(reason, false, false, null);
    }

    /** An answer that is no success. */
    static FailedAttempt answered(ImpexException reason, boolean repeatable, @Nullable Duration hint) {
        return new FailedAttempt(reason, repeatable, false, hint);
    }

    /** A connection that failed; a stale one was used before and had been closed by the server. */
    static FailedAttempt broken(ImpexException reason, boolean repeatable, boolean stale) {
        return new FailedAttempt(reason, repeatable, stale, null);
    }

    ImpexException reason() {
        return reason;
    }

    boolean isRepeatable() {
        return repeatable;
    }

    /** Whether the server had closed the idle connection that was used, so that another one can be tried at once. */
    boolean isStale() {
        return stale;
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
