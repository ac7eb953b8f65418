// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request and how it ended.
 *
 * @param method the HTTP method
 * @param url the address without its query; of a file's address only the host
 * @param requestId the {@code x-request-id} sent, the same for all attempts of one request
 * @param attempt which attempt it was, from 1
 * @param took from the sending to the end of the answer
 * @param httpStatus the status of the answer, or null if none came
 * @param failure what went wrong, or null if nothing did
 */
public record RequestEvent(
        String method,
        String url,
        String requestId,
        int attempt,
        Duration took,
        @Nullable Integer httpStatus,
        @Nullable ErrorCode failure) {}
