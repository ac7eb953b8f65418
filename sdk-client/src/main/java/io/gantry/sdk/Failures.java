// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;
import okhttp3.Response;

/**
 * Turns failed attempts into exceptions and says which may be repeated.
 *
 * @param secrets what no message may show
 * @param time by which hints are measured
 */
record Failures(Secrets secrets, Time time) {
    private static final int SHOWN_MESSAGES = 5;
    private static final int SHOWN_LENGTH = 500;
    private static final int ERROR_BODY_LIMIT = 64 * 1024;

    FailedAttempt ofAnswer(Exchange<?> exchange, Response response, Operation operation) {
        int status = response.code();
        List<ServerMessage> messages = messages(response);
        Circumstances facts = operation.facts(status, messages);
        String message = "could not " + exchange.what() + ": HTTP " + status + " from "
                + response.request().method() + " "
                + exchange.shown(response.request().url())
                + advice(exchange, response) + said(messages);
        boolean startsOver = exchange.startsOver(status);
        return new FailedAttempt(
                new ApiException(exchange.codeOf(status), message, facts),
                startsOver || isRepeatable(status, exchange),
                RetryHint.in(response.headers(), time));
    }

    FailedAttempt ofTransport(
            Exchange<?> exchange, HttpUrl url, Sending sending, IOException cause, Operation operation) {
        if (operation.isCancelled()) {
            return new FailedAttempt(operation.cancellation(), false, null);
        }
        if (cause instanceof LocalFileException local) {
            return new FailedAttempt(local.failure(operation), false, null);
        }
        if (cause instanceof InterruptedIOException && operation.isLate()) {
            return new FailedAttempt(operation.timeout("the deadline has passed", withoutSecrets(cause)), false, null);
        }
        ErrorCode code = code(exchange, sending, cause);
        IOException known = withoutSecrets(cause);
        String message = "could not " + exchange.what() + " at " + exchange.shown(url) + ": " + words(code) + " ("
                + known.getMessage() + ")";
        Circumstances facts = operation.facts();
        boolean unsent = code == ErrorCode.CONNECT_FAILED || !sending.isComplete();
        boolean repeatable = code != ErrorCode.TLS_FAILED
                && (exchange.isIdempotent() || unsent)
                && (exchange.isReplayable() || !sending.hasBegun());
        return new FailedAttempt(new TransportException(code, message, facts, known), repeatable, null);
    }

    ProtocolException endlessRedirects(Exchange<?> exchange, Operation operation) {
        return new ProtocolException(
                ErrorCode.BAD_FILE_ADDRESS,
                "could not " + exchange.what() + ": more redirects than can be meant",
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
            case CONNECT_FAILED -> "no connection could be made";
            case OUTCOME_UNKNOWN ->
                "the connection was lost after the request had been sent, so the job may or may not"
                        + " have been created; list the tenant's jobs before asking again";
            case STALLED -> "nothing moved for longer than the timeout";
            default -> "the connection broke before the answer was complete";
        };
    }

    private static String advice(Exchange<?> exchange, Response response) {
        HttpUrl target = response.isRedirect() && response.header("Location") != null
                ? response.request().url().resolve(response.header("Location"))
                : null;
        if (target != null) {
            return "; it redirects to " + ServerAddress.shownHost(target)
                    + ", which is not followed; check the base URL";
        }
        return switch (exchange.codeOf(response.code())) {
            case UNAUTHORIZED -> "; the credentials are missing, wrong or expired";
            case TOKEN_REFUSED -> "; check client id and client secret";
            case NOT_FOUND -> "; check the base URL, the tenant and the job id";
            default -> "";
        };
    }

    private static String said(List<ServerMessage> messages) {
        if (messages.isEmpty()) {
            return "";
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

    /** The cause itself, or its shadow if it quotes a secret, as it may quote whatever a server sent. */
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

    private List<ServerMessage> messages(Response response) {
        try {
            byte[] body = response.body().byteStream().readNBytes(ERROR_BODY_LIMIT);
            return Json.parse(body)
                    .map(fields -> ServerMessage.ofErrorBody(fields, secrets::hide))
                    .orElse(List.of());
        } catch (IOException e) {
            // The status says enough; that its explanation broke off is no second failure.
            return List.of();
        }
    }
}
