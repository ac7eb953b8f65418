// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of one kind: the common part of exports and imports.
 *
 * @param <J> their documents
 */
final class Jobs<J extends Job> {
    private static final Logger LOG = LoggerFactory.getLogger(ImpexClient.class);

    private final String kind;
    private final Documents<J> documents;
    private final Http http;
    private final ServerAddress address;
    private final Secrets secrets;
    private final Time time;
    private final DoubleSupplier random;

    Jobs(String kind, Documents<J> documents, Wiring wiring) {
        this.kind = kind;
        this.documents = documents;
        this.http = wiring.http();
        this.address = wiring.address();
        this.secrets = wiring.secrets();
        this.time = wiring.settings().time;
        this.random = wiring.settings().random;
    }

    HttpUrl url(String... parts) {
        String[] path = new String[parts.length + 1];
        path[0] = kind;
        System.arraycopy(parts, 0, path, 1, parts.length);
        return address.api(path);
    }

    /** Creates a job and makes it the operation's job. */
    J initiate(Operation operation, JsonExchange exchange) {
        J job = document(http.send(operation, exchange), null);
        operation.watch(job.id());
        LOG.debug("{} job {} created", kind, job.id());
        return job;
    }

    J status(Operation operation, String id) {
        return check(operation, id).job();
    }

    /** The document at an address that the server, or the caller, has chosen. */
    J status(Operation operation, URI address) {
        HttpUrl url = HttpUrl.get(address);
        if (url == null) {
            throw new ImpexException(
                    ErrorCode.INVALID_REQUEST, "the status URL is no absolute http or https URL; take Job.statusUrl()");
        }
        JsonAnswer answer = http.send(operation, JsonExchange.get("check the " + kind, url));
        J job = document(answer, null);
        operation.watch(job.id());
        if (job.status().equals(JobStatus.UNSTATED)) {
            throw answer.missing("status");
        }
        return job;
    }

    J cancel(Operation operation, String id, Map<String, ?> body) {
        operation.watch(checkedId(id));
        return document(http.send(operation, JsonExchange.of("cancel " + kind + " " + id, url(id), "PATCH", body)), id);
    }

    JobList<J> list(Operation operation) {
        JsonAnswer answer = http.send(operation, JsonExchange.get("list the " + kind + "s", url("status")));
        return new JobList<>(
                entries(answer, "in_progress_" + kind + "s"), entries(answer, "recent_" + kind + "s"), answer.fields());
    }

    /** Checks the status until the job has ended, with success or without. */
    J await(Operation operation, Waiting waiting, String id) {
        Backoff backoff = new Backoff(waiting.retryInterval(), waiting.maxInterval(), random);
        operation.watch(checkedId(id));
        for (int checks = 1; ; checks++) {
            operation.check();
            Checked<J> checked = check(operation, id);
            operation.saw(checked.job());
            LOG.debug("{} job {} is {}", kind, id, secrets.shown(checked.job().status()));
            if (waiting.ends(checked.job().status())) {
                return checked.job();
            }
            if (checks >= waiting.maxRetries().orElse(Integer.MAX_VALUE)) {
                throw operation.timeout(
                        ErrorCode.MAX_RETRIES_REACHED, "the status was checked " + checks + " times", null);
            }
            operation.pause(pause(operation, waiting, backoff.pause(checks), checked.hint()));
        }
    }

    /** The job, if it ended with success. */
    J succeeded(Operation operation, J job) {
        if (job.status().endsWell() && job.errors().isEmpty()) {
            return job;
        }
        ErrorCode code = job.status().isCancelled() ? ErrorCode.JOB_CANCELLED : ErrorCode.JOB_FAILED;
        List<ServerMessage> errors =
                job.errors().stream().map(error -> error.masked(secrets::hide)).toList();
        String said = errors.isEmpty() ? "" : ": " + errors.get(0);
        String more = errors.size() > 1 ? " and " + (errors.size() - 1) + " more" : "";
        throw new JobFailedException(
                code,
                kind + " job " + job.id() + " ended as " + secrets.shown(job.status()) + said + more,
                operation.facts(null, errors),
                job);
    }

    /**
     * The server's hint, or else the growing pause; the latter is cut so that the last check comes no earlier than one
     * retry interval before the deadline.
     */
    private static Duration pause(Operation operation, Waiting waiting, Duration growing, @Nullable Duration hint) {
        Duration remaining = operation.remaining();
        Duration pause;
        if (hint != null) {
            pause = RetryHint.pause(hint);
        } else if (growing.compareTo(remaining) < 0) {
            pause = growing;
        } else {
            pause = longer(remaining.dividedBy(2), waiting.retryInterval());
        }
        if (pause.compareTo(remaining) >= 0) {
            throw operation.timeout(
                    hint == null ? "the deadline has come" : "the server asks to wait beyond the deadline", null);
        }
        return pause;
    }

    private Checked<J> check(Operation operation, String id) {
        operation.watch(checkedId(id));
        JsonAnswer answer = http.send(operation, JsonExchange.get("check " + kind + " " + id, url(id, "status")));
        J job = document(answer, id);
        if (job.status().equals(JobStatus.UNSTATED)) {
            throw answer.missing("status");
        }
        return new Checked<>(job, RetryHint.in(answer.headers(), time));
    }

    private J document(JsonAnswer answer, @Nullable String knownId) {
        String id = knownId == null ? answer.require("id") : knownId;
        if (!isId(id)) {
            throw answer.missing("id");
        }
        return documents.read(id, answer.fields(), answer.fields());
    }

    private List<J> entries(JsonAnswer answer, String key) {
        return Json.objects(answer.fields().get(key)).stream()
                .filter(entry -> Json.text(entry, "id").isPresent())
                .map(entry ->
                        documents.read(Json.text(entry, "id").orElseThrow(), entry, Json.object(entry.get("data"))))
                .toList();
    }

    /** The id, if it can be one segment of a path. */
    static String checkedId(String id) {
        if (!isId(id)) {
            throw new ImpexException(ErrorCode.INVALID_REQUEST, "'" + id.replaceAll("\\p{Cc}", "?") + "' is no job id");
        }
        return id;
    }

    private static boolean isId(String id) {
        return !id.isBlank()
                && !id.equals(".")
                && !id.equals("..")
                && id.chars().noneMatch(Character::isISOControl);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private record Checked<J>(J job, @Nullable Duration hint) {}

    /** Reads the document of a job. */
    interface Documents<J> {
        J read(String id, Map<String, Object> fields, Map<String, Object> data);
    }
}
