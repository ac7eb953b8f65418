// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.time.Duration;
import java.util.List;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * One call of a user while it runs: its deadline, its listener, its job, and the way to stop it.
 *
 * <p>{@link #cancel()} may come from any thread. It wakes a pause by an interrupt and a transfer by cancelling the HTTP
 * call. The lock of this object guards all fields that are not final or volatile; nothing slow is done under it.
 */
final class Operation {
    private final Time time;
    private final ImpexListener listener;
    private final Secrets secrets;
    private final long endNanos;
    private @Nullable Thread thread;
    private @Nullable Call call;
    private boolean cancelled;
    private boolean begun;
    private boolean dropped;
    private volatile Runnable owned = () -> {};
    private volatile @Nullable String requestId;
    private volatile @Nullable String jobId;
    private volatile @Nullable Job lastSeen;

    Operation(Time time, ImpexListener listener, Duration deadline, Secrets secrets) {
        this.time = time;
        this.listener = listener;
        this.secrets = secrets;
        this.endNanos = time.nanos() + deadline.toNanos();
    }

    ImpexListener listener() {
        return listener;
    }

    @Nullable
    String jobId() {
        return jobId;
    }

    void watch(String id) {
        jobId = id;
    }

    /** Records the request that is sent next. */
    void asks(String id) {
        requestId = id;
    }

    /** The facts of the call for a failure at this point. */
    Circumstances facts() {
        return facts(null, List.of());
    }

    Circumstances facts(@Nullable Integer httpStatus, List<ServerMessage> said) {
        return new Circumstances(httpStatus, requestId, jobId, said);
    }

    /** A status as messages show it. */
    String shown(JobStatus status) {
        return secrets.shown(status);
    }

    void saw(Job job) {
        lastSeen = job;
        listener.onJob(job);
    }

    /** The time until the deadline; not positive if it has passed. */
    Duration remaining() {
        return Duration.ofNanos(endNanos - time.nanos());
    }

    boolean isLate() {
        return remaining().compareTo(Duration.ZERO) <= 0;
    }

    /** Closes something of the caller's when the operation ends, however it ends. */
    Operation owning(Runnable close) {
        owned = close;
        return this;
    }

    void release() {
        owned.run();
    }

    /** Ties the call to the thread that carries it out; false if the call has been dropped before. */
    synchronized boolean begin() {
        if (dropped) {
            return false;
        }
        begun = true;
        thread = Thread.currentThread();
        return true;
    }

    synchronized boolean hasBegun() {
        return begun;
    }

    /** Keeps the call from ever beginning; false if it has begun already. */
    synchronized boolean drop() {
        dropped = true;
        return !begun;
    }

    /** Releases the thread and clears the interrupt that a cancellation has left on it. */
    synchronized void end() {
        thread = null;
        call = null;
        if (cancelled) {
            Thread.interrupted();
        }
    }

    void cancel() {
        Call running;
        synchronized (this) {
            cancelled = true;
            running = call;
            if (thread != null) {
                thread.interrupt();
            }
        }
        if (running != null) {
            running.cancel();
        }
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Makes {@link #cancel()} stop this HTTP call, until the next one. */
    void enter(Call next) {
        check();
        synchronized (this) {
            call = next;
        }
        if (isCancelled()) {
            next.cancel();
        }
    }

    /** Ends the call here if it was cancelled or its deadline has passed. */
    void check() {
        if (isCancelled()) {
            throw cancellation();
        }
        if (isLate()) {
            throw timeout("the deadline has passed", null);
        }
    }

    void pause(Duration duration) {
        check();
        try {
            time.sleep(duration);
        } catch (InterruptedException e) {
            cancel();
            throw cancellation();
        }
    }

    ImpexException cancellation() {
        return new ImpexException(
                ErrorCode.CANCELLED,
                jobId == null
                        ? "the call was cancelled before any job was known"
                        : "the call was cancelled; job " + jobId + " goes on",
                facts(),
                null);
    }

    WaitTimeoutException timeout(String reason, @Nullable Throwable cause) {
        return timeout(ErrorCode.DEADLINE_REACHED, reason, cause);
    }

    WaitTimeoutException timeout(ErrorCode code, String reason, @Nullable Throwable cause) {
        Job last = lastSeen;
        String message = jobId == null
                ? reason + " before any job was known"
                : reason + "; job " + jobId + " goes on"
                        + (last == null ? "" : ", last seen " + secrets.shown(last.status()))
                        + "; take it up again with resume(\"" + jobId + "\")";
        return new WaitTimeoutException(code, message, facts(), last, cause);
    }
}
