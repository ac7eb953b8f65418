// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client stopped waiting, at the deadline or after the largest number of status checks. The job, if there is one, goes
 * on.
 *
 * <p>{@link #jobId()} is all that is needed to resume, in this process or another:
 * {@code client.impex().exp(request.resume(jobId))}. It is empty only when the deadline passed before any job
 * was known.
 */
public final class WaitTimeoutException extends ImpexException {
    private static final long serialVersionUID = 1;

    private final transient @Nullable Job lastSeen;

    WaitTimeoutException(
            ErrorCode code,
            String message,
            Circumstances circumstances,
            @Nullable Job lastSeen,
            @Nullable Throwable cause) {
        super(code, message, circumstances, cause);
        this.lastSeen = lastSeen;
    }

    /** {@return the last document of the job, if its status was checked} */
    public Optional<Job> lastSeen() {
        return Optional.ofNullable(lastSeen);
    }
}
