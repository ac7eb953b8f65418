// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The base class of all exceptions of this client. The class is the kind of the failure, {@link #code()} the exact failure.
 * Failures on the caller's side (settings, requests, local files, cancellation) are instances of this class itself.
 *
 * <p>Messages and causes contain no credentials, and addresses are shown without their query.
 */
public sealed class ImpexException extends RuntimeException
        permits ApiException, JobFailedException, WaitTimeoutException, TransportException, ProtocolException {
    private static final long serialVersionUID = 1;

    /** What went wrong. */
    private final ErrorCode code;

    private final transient Circumstances circumstances;

    ImpexException(ErrorCode code, String message, Circumstances circumstances, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.circumstances = circumstances;
    }

    ImpexException(ErrorCode code, String message) {
        this(code, message, Circumstances.NONE, null);
    }

    /** {@return the code of the failure} */
    public ErrorCode code() {
        return code;
    }

    /** {@return the HTTP status of the answer that failed the call, if there was one} */
    public OptionalInt httpStatus() {
        Integer status = circumstances().httpStatus();
        return status == null ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /**
     * {@return the {@code x-request-id} of the request that failed, or of the last one before the failure, to quote to the
     * server's operators; empty if none had been made}
     */
    public Optional<String> requestId() {
        return Optional.ofNullable(circumstances().requestId());
    }

    /**
     * {@return the job that the call had started or was waiting for} The call can be resumed with it:
     * {@link ExportRequest#resume(String)}, {@link ImportRequest#resume(String)}.
     */
    public Optional<String> jobId() {
        return Optional.ofNullable(circumstances().jobId());
    }

    /** {@return the messages of the server about the failure; empty if it sent none that could be read} */
    public List<ServerMessage> serverMessages() {
        return circumstances().serverMessages();
    }

    /** {@return whether the same call may succeed later, unchanged} */
    public boolean isRetryable() {
        return code.isRetryable();
    }

    /** The facts, which stay behind when an exception is serialized. */
    private Circumstances circumstances() {
        return Objects.requireNonNullElse(circumstances, Circumstances.NONE);
    }
}
