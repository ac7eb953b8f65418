// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Response;

/**
 * Turns failed attempts into exceptions and says which may be repeated.
 *
 * @param secrets masks credentials in messages
 * @param time the clock for hints
 */
record Failures(Secrets secrets, Time time) {
    private static final int SHOWN_MESSAGES = 5;
    private static final int SHOWN_LENGTH = 500;

    FailedAttempt ofAnswer(Exchange<?> exchange, Response response, Operation operation, boolean foreign) {
        int status = response.code();
        Refusal refusal = Refusal.of(response, secrets, time);
        ErrorCode code =
                foreign && (status == 401 || status == 403) ? ErrorCode.ADDRESS_REFUSED : exchange.codeOf(status);
        String message = "could not " + exchange.what() + ": HTTP " + status + " from "
                + response.request().method() + " "
                + shown(exchange, response.request().url())
                + advice(code, response) + pause(refusal, operation) + said(refusal, response);
        boolean startsOver = exchange.startsOver(status);
        return FailedAttempt.answered(
                new ApiException(code, message, operation.facts(status, refusal.messages()), refusal),
                startsOver || isRepeatable(status, exchange),
                refusal.retryAfter());
    }

    FailedAttempt ofTransport(
            Exchange<?> exchange, HttpUrl url, Sending sending, IOException cause, Operation operation) {
        if (operation.isCancelled()) {
            return FailedAttempt.last(operation.cancellation());
        }
        if (cause instanceof LocalFileException local) {
            return FailedAttempt.last(local.failure(operation));
        }
        if (cause instanceof MalformedAnswerException) {
            return FailedAttempt.last(malformed(exchange, url, cause, operation));
        }
        if (cause instanceof InterruptedIOException && operation.isLate()) {
            return FailedAttempt.last(operation.timeout("the deadline has passed", withoutSecrets(cause)));
        }
        ErrorCode code = code(exchange, sending, cause);
        IOException known = withoutSecrets(cause);
        String message = "could not " + exchange.what() + " at " + shown(exchange, url) + ": " + words(code) + " ("
                + known.getMessage() + ")";
        Circumstances facts = operation.facts();
        boolean unsent = code == ErrorCode.CONNECT_FAILED || !sending.isComplete();
        boolean repeatable = code != ErrorCode.TLS_FAILED
                && code != ErrorCode.PROXY_REFUSED
                && (exchange.isIdempotent() || unsent)
                && (exchange.isReplayable() || !sending.hasBegun());
        boolean stale = sending.wentStale() && !(cause instanceof InterruptedIOException);
        return FailedAttempt.broken(new TransportException(code, message, facts, known), repeatable, stale);
    }

    /** The address as an exception or an event shows it; where a redirect has led, the server chose the text. */
    String shown(Exchange<?> exchange, HttpUrl url) {
        String text = exchange.shown(url);
        return url.equals(exchange.url()) ? text : secrets.hide(text);
    }

    ProtocolException endlessRedirects(Exchange<?> exchange, Operation operation) {
        return new ProtocolException(
                ErrorCode.BAD_FILE_ADDRESS, "could not " + exchange.what() + ": too many redirects", operation.facts());
    }

    private static ProtocolException malformed(
            Exchange<?> exchange, HttpUrl url, IOException cause, Operation operation) {
        String unsure = exchange.isIdempotent() ? "" : "; the job may or may not have been created";
        return new ProtocolException(
                ErrorCode.MALFORMED_ANSWER,
                "could not " + exchange.what() + " at " + exchange.shown(url) + ": " + cause.getMessage() + unsure,
                operation.facts());
    }

    private static boolean isRepeatable(int status, Exchange<?> exchange) {
        return switch (status) {
            case 408, 429, 503 -> exchange.isReplayable();
            case 502, 504 -> exchange.isIdempotent() && exchange.isReplayable();
            default -> false;
        };
    }

    private static ErrorCode code(Exchange<?> exchange, Sending sending, IOException cause) {
        if (cause instanceof ProxyRefusedException) {
            return ErrorCode.PROXY_REFUSED;
        }
        if (!sending.hasBegun()) {
            return cause instanceof SSLException ? ErrorCode.TLS_FAILED : ErrorCode.CONNECT_FAILED;
        }
        if (!exchange.isIdempotent() && sending.isComplete()) {
            return ErrorCode.OUTCOME_UNKNOWN;
        }
        return cause instanceof SocketTimeoutException || cause instanceof InterruptedIOException
                ? ErrorCode.STALLED
                : ErrorCode.CONNECTION_LOST;
    }

    private static String words(ErrorCode code) {
        return switch (code) {
            case TLS_FAILED -> "the server's certificate is not trusted or the TLS handshake failed";
            case PROXY_REFUSED -> "the proxy demands other credentials; give them by proxy(...)";
            case CONNECT_FAILED -> "no connection could be made";
            case OUTCOME_UNKNOWN ->
                "the connection was lost after the request had been sent, so the job may or may not"
                        + " have been created; list the tenant's jobs before asking again";
            case STALLED -> "nothing moved for longer than the timeout";
            default -> "the connection broke before the answer was complete";
        };
    }

    private String advice(ErrorCode code, Response response) {
        HttpUrl target = response.isRedirect() && response.header("Location") != null
                ? response.request().url().resolve(response.header("Location"))
                : null;
        if (target != null) {
            return "; it redirects to " + secrets.hide(ServerAddress.shownHost(target))
                    + ", which is not followed; check the base URL";
        }
        return switch (code) {
            case UNAUTHORIZED -> "; the credentials are missing, wrong or expired";
            case TOKEN_REFUSED -> "; check client id and client secret";
            case ADDRESS_REFUSED ->
                "; this is another server than the client's own, which gets no credentials: the address has expired"
                        + " or does not authorise itself; fetch the job's status again for a new one";
            case NOT_FOUND -> "; check the base URL, the tenant and the job id";
            default -> "";
        };
    }

    private static String pause(Refusal refusal, Operation operation) {
        Duration hint = refusal.retryAfter();
        if (hint == null) {
            return "";
        }
        Duration left = operation.remaining().truncatedTo(ChronoUnit.MILLIS);
        return "; the server asks to wait " + hint
                + (RetryHint.pause(hint).compareTo(left) < 0 ? "" : ", but the deadline leaves only " + left);
    }

    private static String said(Refusal refusal, Response response) {
        List<ServerMessage> messages = refusal.messages();
        if (messages.isEmpty()) {
            MediaType type = response.body().contentType();
            return refusal.body().isEmpty() || refusal.body().equals("{}")
                    ? ""
                    : ". The body is no message but "
                            + (type == null ? "of no stated type" : type.type() + "/" + type.subtype())
                            + "; ApiException.body() has it";
        }
        String more = messages.size() > SHOWN_MESSAGES ? " and " + (messages.size() - SHOWN_MESSAGES) + " more" : "";
        return messages.stream()
                .limit(SHOWN_MESSAGES)
                .map(message -> shortened(message.toString()))
                .collect(Collectors.joining("; ", ". The server says: ", more));
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "...";
    }

    /** The cause itself, or a masked copy if its text contains a credential. */
    private IOException withoutSecrets(IOException cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        if (secrets.hide(trace.toString()).equals(trace.toString())) {
            return cause;
        }
        IOException shadow = new IOException(secrets.hide(cause.toString()));
        shadow.setStackTrace(cause.getStackTrace());
        return shadow;
    }
}
