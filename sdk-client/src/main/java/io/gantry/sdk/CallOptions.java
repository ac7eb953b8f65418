// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The settings that requests of exports and imports share.
 *
 * @param sourceSystem the tag of the asking system
 * @param correlationId the tag of the job, or null
 * @param waiting changes the client's waiting for this request
 * @param listener receives the events of this call
 * @param jobId the job to resume, or null to start one
 */
record CallOptions(
        String sourceSystem,
        @Nullable String correlationId,
        UnaryOperator<Waiting> waiting,
        ImpexListener listener,
        @Nullable String jobId) {
    private static final String SOURCE_SYSTEM = "Spark Java SDK";

    static final CallOptions DEFAULTS =
            new CallOptions(SOURCE_SYSTEM, null, UnaryOperator.identity(), ImpexListener.NONE, null);

    CallOptions withSourceSystem(String tag) {
        return new CallOptions(notBlank("sourceSystem", tag), correlationId, waiting, listener, jobId);
    }

    CallOptions withCorrelationId(String tag) {
        return new CallOptions(sourceSystem, notBlank("correlationId", tag), waiting, listener, jobId);
    }

    CallOptions withListener(ImpexListener other) {
        return new CallOptions(sourceSystem, correlationId, waiting, other, jobId);
    }

    CallOptions withJobId(String id) {
        return new CallOptions(sourceSystem, correlationId, waiting, listener, Jobs.checkedId(id));
    }

    CallOptions withDeadline(Duration deadline) {
        return change(before -> before.deadline(deadline));
    }

    CallOptions withMaxRetries(int maxRetries) {
        return change(before -> before.maxRetries(maxRetries));
    }

    CallOptions withRetryInterval(Duration retryInterval) {
        return change(before -> before.retryInterval(retryInterval));
    }

    CallOptions withWaiting(Waiting all) {
        return change(before -> all);
    }

    /** The common fields of a request's JSON, in the order of the protocol. */
    Map<String, Object> tags() {
        Map<String, Object> tags = new LinkedHashMap<>();
        tags.put("source_system", sourceSystem);
        if (correlationId != null) {
            tags.put("correlation_id", correlationId);
        }
        return tags;
    }

    private CallOptions change(UnaryOperator<Waiting> change) {
        UnaryOperator<Waiting> before = waiting;
        UnaryOperator<Waiting> after = start -> change.apply(before.apply(start));
        // Tried at once, so that a bad value is refused here and not when the call is made.
        Waiting unused = after.apply(Waiting.defaults());
        return new CallOptions(sourceSystem, correlationId, after, listener, jobId);
    }

    private static String notBlank(String name, String value) {
        if (value.isBlank()) {
            throw new ImpexException(ErrorCode.INVALID_REQUEST, name + " is blank; leave it away or give it a value");
        }
        return value;
    }
}
