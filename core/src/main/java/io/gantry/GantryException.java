// SPDX-License-Identifier: Apache-2.0
package io.gantry;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which the engine fails. The message says what was wrong, where, and what would be right; it holds no
 * secret, no cell value, and nothing of another tenant. Bad rows are not exceptions: they are in the run's report.
 */
public final class GantryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final FailureKind kind;
    private final transient Map<String, Object> details;

    private GantryException(
            String code, FailureKind kind, String message, Map<String, ?> details, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.kind = kind;
        this.details = Map.copyOf(details);
    }

    /**
     * Makes a failure without details.
     *
     * @param code which
     * @param message for people
     */
    public GantryException(ErrorCode code, String message) {
        this(code.name(), code.kind(), message, Map.of(), null);
    }

    /**
     * Makes a failure.
     *
     * @param code which
     * @param message for people
     * @param details the values named in the message, for programs; copied
     * @param cause what was caught, if anything
     */
    public GantryException(ErrorCode code, String message, Map<String, ?> details, @Nullable Throwable cause) {
        this(code.name(), code.kind(), message, details, cause);
    }

    /**
     * Makes the engine's failure of a provider's: same code, kind, message and details.
     *
     * @param failure what the provider threw
     * @return the failure
     */
    public static GantryException of(ProviderException failure) {
        String message = failure.getMessage();
        return new GantryException(
                failure.code(), failure.kind(), message == null ? failure.code() : message, failure.details(), failure);
    }

    /**
     * The stable code: the name of an {@link ErrorCode}, or that of a provider.
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
     * The values named in the message, for programs.
     *
     * @return unmodifiable; empty after deserialisation
     */
    @SuppressWarnings("NullAway") // transient: null only in a deserialised copy
    public Map<String, Object> details() {
        return details == null ? Map.of() : details;
    }
}
