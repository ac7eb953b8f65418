// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests, and repeats them where that is safe and useful.
 *
 * <p>An answer of 408, 429 or 503 says that the request was not carried out, so every request is repeated after it; so
 * is one that broke off before it was sent completely. After 502, 504 or a connection lost later the outcome is unknown, so
 * only requests that may be carried out twice are repeated. A 401 is followed by one new access token and one repetition.
 * Never repeated is a body that cannot be read again.
 */
final class Http {
    private static final Logger LOG = LoggerFactory.getLogger(ImpexClient.class);
    private static final int MAX_REDIRECTS = 5;
    private static final Duration RETRY_FLOOR = Duration.ofMillis(500);
    private static final Duration RETRY_CAP = Duration.ofSeconds(20);

    private final OkHttpClient client;
    private final RequestHeaders headers;
    private final Failures failures;
    private final Backoff backoff;
    private final int retries;
    private final Time time;
    private final Supplier<UUID> ids;
    private final AccessTokens tokens;

    Http(OkHttpClient client, RequestHeaders headers, Failures failures, ImpexClient.Builder settings) {
        this.client = client;
        this.headers = headers;
        this.failures = failures;
        this.backoff = new Backoff(RETRY_FLOOR, RETRY_CAP, settings.random);
        this.retries = settings.requestRetries;
        this.time = settings.time;
        this.ids = settings.ids;
        this.tokens = new AccessTokens(this, headers.address(), headers.credentials(), failures.secrets(), time);
    }

    <T> T send(Operation operation, Exchange<T> exchange) {
        String requestId = ids.get().toString();
        boolean renewed = false;
        boolean refreshed = false;
        int failed = 0;
        for (int attempt = 1; ; attempt++) {
            String token = headers.authorise(exchange, exchange.url()) ? tokens.current(operation) : null;
            if (!exchange.isIdempotent()) {
                // The server may be closing an idle connection; the outcome of a request on it would be unknown.
                client.connectionPool().evictAll();
            }
            operation.asks(requestId);
            try {
                return follow(operation, exchange, new Attempt(requestId, attempt, token));
            } catch (FailedAttempt failure) {
                if (failure.isUnauthorised() && token != null && !renewed && exchange.isReplayable()) {
                    renewed = true;
                    if (tokens.renews(token, operation)) {
                        continue;
                    }
                }
                if (failure.isStale() && failure.isRepeatable() && !refreshed) {
                    client.connectionPool().evictAll();
                    refreshed = true;
                    continue;
                }
                failed = exchange.hasProgressed() ? 1 : failed + 1;
                if (!failure.isRepeatable() || failed > retries) {
                    throw failure.reason();
                }
                pause(operation, failure, failed);
            }
        }
    }

    private void pause(Operation operation, FailedAttempt failure, int failed) {
        Duration hint = failure.hint();
        Duration pause = hint == null ? backoff.pause(failed) : RetryHint.pause(hint);
        if (pause.compareTo(operation.remaining()) >= 0) {
            if (hint != null) {
                throw failure.reason();
            }
            throw operation.timeout("the deadline leaves no time to repeat a request", failure.reason());
        }
        operation.pause(pause);
    }

    /** One attempt, with the redirects of a GET. A redirect takes credentials along only within the server's origin. */
    private <T> T follow(Operation operation, Exchange<T> exchange, Attempt attempt) throws FailedAttempt {
        HttpUrl url = exchange.url();
        for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
            Step<T> step = once(operation, exchange, url, attempt);
            if (step.next() == null) {
                return Objects.requireNonNull(step.answer());
            }
            url = step.next();
        }
        throw failures.endlessRedirects(exchange, operation);
    }

    private <T> Step<T> once(Operation operation, Exchange<T> exchange, HttpUrl url, Attempt attempt)
            throws FailedAttempt {
        Request request = headers.on(exchange, url, attempt);
        Call call = client.newCall(request);
        Duration remaining = operation.remaining();
        Sending sending = new Sending(request.body() != null);
        call.addEventListener(sending);
        time.limit(call, remaining);
        operation.enter(call);
        long started = time.nanos();
        Integer status = null;
        ErrorCode failed = null;
        try (Response response = call.execute()) {
            status = response.code();
            HttpUrl target = redirect(response);
            if (target != null) {
                return new Step<>(null, target);
            }
            if (!response.isSuccessful()) {
                throw failures.ofAnswer(
                        exchange,
                        response,
                        operation,
                        exchange.isAuthorised() && !headers.address().owns(url));
            }
            return new Step<>(exchange.read(response, operation), null);
        } catch (FailedAttempt e) {
            failed = e.reason().code();
            throw e;
        } catch (ImpexException e) {
            failed = e.code();
            throw e;
        } catch (IOException e) {
            FailedAttempt failure = failures.ofTransport(exchange, url, sending, e, operation);
            failed = failure.reason().code();
            throw failure;
        } finally {
            report(operation, exchange, request, attempt, Duration.ofNanos(time.nanos() - started), status, failed);
        }
    }

    private static @Nullable HttpUrl redirect(Response response) {
        String location = response.header("Location");
        boolean followed = response.isRedirect() && response.request().method().equals("GET");
        return followed && location != null ? response.request().url().resolve(location) : null;
    }

    private void report(
            Operation operation,
            Exchange<?> exchange,
            Request request,
            Attempt attempt,
            Duration took,
            @Nullable Integer status,
            @Nullable ErrorCode failed) {
        RequestEvent event = new RequestEvent(
                request.method(), failures.shown(exchange, request.url()), attempt, took, status, failed);
        LOG.debug("{}", event);
        operation.listener().onRequest(event);
    }

    /** Either the answer or, if {@code next} is given, where to ask for it. */
    private record Step<T>(@Nullable T answer, @Nullable HttpUrl next) {}
}
