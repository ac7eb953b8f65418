// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;
import java.net.URI;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The single steps of an import.
 *
 * <p>Each call ends at the latest at the deadline of the client's {@link Waiting}, or of the request's. A cancelled
 * future ends its call, but leaves the job alone.
 */
public final class Imports {
    private final Wiring wiring;
    private final Jobs<ImportJob> jobs;
    private final Supplier<UUID> ids;

    Imports(Wiring wiring) {
        this.wiring = wiring;
        this.jobs = new Jobs<>("import", ImportJob::new, wiring);
        this.ids = wiring.settings().ids;
    }

    /**
     * Uploads a package and starts an import job.
     *
     * @param request what to import; only the deadline of its waiting is used
     * @return the job as the server first describes it, possibly with no more than its id
     * @throws ImpexException if the job was not, or may not have been, created
     */
    public ImportJob initiate(ImportRequest request) {
        return wiring.calls().block(wiring.operation(request), call -> initiate(call, request));
    }

    /**
     * Does the same as {@link #initiate} without blocking.
     *
     * @param request what to import
     * @return the job, or the exception that {@link #initiate} would throw
     */
    public CompletableFuture<ImportJob> initiateAsync(ImportRequest request) {
        return wiring.calls().start(wiring.operation(request), call -> initiate(call, request));
    }

    /**
     * Checks the status of an import job once.
     *
     * @param jobId the job
     * @return its document
     */
    public ImportJob status(String jobId) {
        return wiring.calls().block(wiring.step(), call -> jobs.status(call, jobId));
    }

    /**
     * Checks the status of an import job once, at the address that the server named.
     *
     * @param statusUrl an absolute http or https URL, such as {@link Job#statusUrl()}; credentials are sent there only if
     *     it belongs to the client's own server
     * @return its document
     */
    public ImportJob status(URI statusUrl) {
        return wiring.calls().block(wiring.step(), call -> jobs.status(call, statusUrl));
    }

    /**
     * Does the same as {@link #status(String)} without blocking.
     *
     * @param jobId the job
     * @return its document, or the exception that {@link #status(String)} would throw
     */
    public CompletableFuture<ImportJob> statusAsync(String jobId) {
        return wiring.calls().start(wiring.step(), call -> jobs.status(call, jobId));
    }

    /**
     * Checks the status of an import job until the job has ended.
     *
     * @param jobId the job
     * @param waiting how long and how often
     * @return its last document; it ended well and without errors
     * @throws JobFailedException if it ended otherwise
     * @throws WaitTimeoutException if it has not ended yet
     */
    public ImportJob await(String jobId, Waiting waiting) {
        return wiring.calls().block(wiring.operation(waiting, ImpexListener.NONE), call -> await(call, waiting, jobId));
    }

    /**
     * Does the same as {@link #await} without blocking.
     *
     * @param jobId the job
     * @param waiting how long and how often
     * @return its last document, or the exception that {@link #await} would throw
     */
    public CompletableFuture<ImportJob> awaitAsync(String jobId, Waiting waiting) {
        return wiring.calls().start(wiring.operation(waiting, ImpexListener.NONE), call -> await(call, waiting, jobId));
    }

    /** {@return the import jobs that run or ended lately} */
    public JobList<ImportJob> list() {
        return wiring.calls().block(wiring.step(), jobs::list);
    }

    /** {@return what {@link #list} returns or throws, without blocking} */
    public CompletableFuture<JobList<ImportJob>> listAsync() {
        return wiring.calls().start(wiring.step(), jobs::list);
    }

    ImportJob initiate(Operation call, ImportRequest request) {
        Upload file = request.checkedFile();
        OptionalLong length;
        try {
            length = file.length();
        } catch (LocalFileException e) {
            throw e.failure(call);
        } catch (IOException e) {
            throw file.unreadable(e).failure(call);
        }
        String boundary = "gantry-" + ids.get();
        return jobs.initiate(
                call,
                new JsonExchange(
                        "start the import",
                        jobs.url(),
                        "POST",
                        UploadBody.multipart(boundary, request.body(), file, length, call.listener()),
                        file.isReplayable()));
    }

    ImportJob await(Operation call, Waiting waiting, String jobId) {
        return jobs.succeeded(call, jobs.await(call, waiting, jobId));
    }

    /** The whole call. */
    ImportJob run(Operation call, ImportRequest request) {
        String resumed = request.options().jobId();
        String jobId = resumed == null ? initiate(call, request).id() : resumed;
        return await(call, wiring.waiting(request.options()), jobId);
    }
}
