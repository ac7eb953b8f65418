// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One HTTP request and its outcome. */
public final class RequestEvent {
    private final String method;
    private final String url;
    private final Attempt attempt;
    private final Duration took;
    private final @Nullable Integer httpStatus;
    private final @Nullable ErrorCode failure;

    RequestEvent(
            String method,
            String url,
            Attempt attempt,
            Duration took,
            @Nullable Integer httpStatus,
            @Nullable ErrorCode failure) {
        this.method = method;
        this.url = url;
        this.attempt = attempt;
        this.took = took;
        this.httpStatus = httpStatus;
        this.failure = failure;
    }

    /** {@return the HTTP method} */
    public String method() {
        return method;
    }

    /** {@return the address without its query; of a file's address only the host} */
    public String url() {
        return url;
    }

    /** {@return the {@code x-request-id} sent, the same for all attempts of one request} */
    public String requestId() {
        return attempt.requestId();
    }

    /** {@return the number of the attempt, from 1} */
    public int attempt() {
        return attempt.number();
    }

    /** {@return the time from sending the request to the end of the answer} */
    public Duration took() {
        return took;
    }

    /** {@return the status of the answer, if there was one} */
    public OptionalInt httpStatus() {
        return httpStatus == null ? OptionalInt.empty() : OptionalInt.of(httpStatus);
    }

    /** {@return the code of the failure, if the request failed} */
    public Optional<ErrorCode> failure() {
        return Optional.ofNullable(failure);
    }

    /** {@return all properties on one line} */
    @Override
    public String toString() {
        return method + " " + url + " status=" + httpStatus + " failure=" + failure + " attempt=" + attempt.number()
                + " requestId=" + attempt.requestId();
    }
}
