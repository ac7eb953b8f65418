// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which a provider fails.
 *
 * <p>The code is stable text in upper case, prefixed by the provider ({@code JDBC_TABLE_NOT_FOUND}); the built-in codes
 * have no prefix. The message says what was wrong, where, and what would be right; it holds no secret and no cell value.
 * Bad rows are not exceptions: a provider reports them through {@link io.gantry.spi.dataset.RowIssues}.
 */
public final class ProviderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final FailureKind kind;
    private final transient Map<String, Object> details;

    /**
     * Makes a failure.
     *
     * @param code stable, upper case
     * @param kind what a caller should make of it
     * @param message for people
     * @param details the values named in the message, for programs; copied
     * @param cause what the provider caught, if anything
     */
    public ProviderException(
            String code, FailureKind kind, String message, Map<String, ?> details, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.kind = kind;
        this.details = Map.copyOf(details);
    }

    /**
     * Makes a failure without details or cause.
     *
     * @param code stable, upper case
     * @param kind what a caller should make of it
     * @param message for people
     */
    public ProviderException(String code, FailureKind kind, String message) {
        this(code, kind, message, Map.of(), null);
    }

    /**
     * The stable code.
     *
     * @return upper case text
     */
    public String code() {
        return code;
    }

    /**
     * What a caller should make of it.
     *
     * @return the kind
     */
    public FailureKind kind() {
        return kind;
    }

    /**
     * The values named in the message.
     *
     * @return unmodifiable; empty after deserialisation
     */
    @SuppressWarnings("NullAway") // transient: null only in a deserialised copy
    public Map<String, Object> details() {
        return details == null ? Map.of() : details;
    }
}
