// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The server answered with an HTTP status that is no success. {@link #code()} names the status, {@link #httpStatus()} is
 * the number, {@link #serverMessages()} holds the messages found in the body, {@link #body()} is the body itself.
 *
 * <p>Known credentials are masked in all of these. The answer does not survive serialization.
 */
public final class ApiException extends ImpexException {
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    ApiException(ErrorCode code, String message, Circumstances circumstances, Refusal refusal) {
        super(code, message, circumstances, null);
        this.refusal = refusal;
    }

    /**
     * {@return the body of the answer as text, whatever its type; empty if there was none} The text is decoded by the
     * charset of the content type, or else as UTF-8; bytes that are no text become U+FFFD. It has at most 65,536
     * characters.
     */
    public String body() {
        return refusal().body();
    }

    /** {@return whether {@link #body()} is only the beginning: the body was too long, or the connection broke} */
    public boolean isBodyTruncated() {
        return refusal().truncated();
    }

    /** {@return the content type of the answer, if it states one} */
    public Optional<String> contentType() {
        return headers().getOrDefault("Content-Type", List.of()).stream().findFirst();
    }

    /** {@return the headers of the answer, unmodifiable; upper and lower case of a name are the same} */
    public Map<String, List<String>> headers() {
        return refusal().headers();
    }

    /**
     * {@return how long the server asks to wait before the next request, from {@code x-retry-after} or
     * {@code Retry-After}; zero if it names no or a past time, at most one day}
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(refusal().retryAfter());
    }

    private Refusal refusal() {
        return Objects.requireNonNullElse(refusal, Refusal.NONE);
    }
}
