// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The steps of an import, for those who want them one by one.
 *
 * <p>Each call waits for its answer, at most until the deadline of the client's {@link Waiting}, or of the request's.
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
     * @param request what to import; of its waiting only the deadline counts here
     * @return the job as the server first describes it, which may be its id alone
     * @throws ImpexException if the job was not, or may not have been, created
     */
    public ImportJob initiate(ImportRequest request) {
        return wiring.calls().block(wiring.operation(request.options()), call -> initiate(call, request));
    }

    /**
     * Asks for the present state of an import job, once.
     *
     * @param jobId the job
     * @return its document
     */
    public ImportJob status(String jobId) {
        return wiring.calls().block(wiring.step(), call -> jobs.status(call, jobId));
    }

    /**
     * Asks for the state of an import job until it has ended.
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

    /** {@return the import jobs that run or ended lately} */
    public JobList<ImportJob> list() {
        return wiring.calls().block(wiring.step(), jobs::list);
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
