// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.nio.file.Path;
import java.util.Map;

/**
 * The steps of an export, for those who want them one by one.
 *
 * <p>Each call waits for its answer, at most until the deadline of the client's {@link Waiting}, or of the request's.
 */
public final class Exports {
    private final Wiring wiring;
    private final Jobs<ExportJob> jobs;
    private final Downloads downloads;

    Exports(Wiring wiring) {
        this.wiring = wiring;
        this.jobs = new Jobs<>("export", ExportJob::new, wiring);
        this.downloads = new Downloads(wiring.http(), wiring.settings().ids);
    }

    /**
     * Starts an export job.
     *
     * @param request what to export; of its waiting only the deadline counts here, and its directory does not
     * @return the job as the server first describes it, which may be its id alone
     * @throws ImpexException if the job was not, or may not have been, created
     */
    public ExportJob initiate(ExportRequest request) {
        return wiring.calls().block(wiring.operation(request.options()), call -> initiate(call, request));
    }

    /**
     * Asks for the present state of an export job, once.
     *
     * @param jobId the job
     * @return its document
     */
    public ExportJob status(String jobId) {
        return wiring.calls().block(wiring.step(), call -> jobs.status(call, jobId));
    }

    /**
     * Asks for the state of an export job until it has ended.
     *
     * @param jobId the job
     * @param waiting how long and how often
     * @return its last document; it ended well and without errors
     * @throws JobFailedException if it ended otherwise
     * @throws WaitTimeoutException if it has not ended yet
     */
    public ExportJob await(String jobId, Waiting waiting) {
        return wiring.calls().block(wiring.operation(waiting, ImpexListener.NONE), call -> await(call, waiting, jobId));
    }

    /** {@return the export jobs that run or ended lately} */
    public JobList<ExportJob> list() {
        return wiring.calls().block(wiring.step(), jobs::list);
    }

    /**
     * Asks the server to cancel an export job.
     *
     * @param jobId the job
     * @return its document, which need not say so yet
     */
    public ExportJob cancel(String jobId) {
        return wiring.calls()
                .block(wiring.step(), call -> jobs.cancel(call, jobId, Map.of("export_status", "cancelled")));
    }

    /**
     * Downloads all files of an export job, or none: if one fails, the call fails and the others are deleted again.
     *
     * @param job a job that has ended well
     * @param directory where to; is created if need be; files in it are never overwritten
     * @return the files
     * @throws ImpexException if a file could not be had; the message says which
     */
    public ExportResult download(ExportJob job, Path directory) {
        return wiring.calls().block(wiring.step(), call -> {
            call.watch(job.id());
            return downloads.all(call, job, directory, true);
        });
    }

    ExportJob initiate(Operation call, ExportRequest request) {
        request.check();
        return jobs.initiate(call, JsonExchange.of("start the export", jobs.url(), "POST", request.body()));
    }

    ExportJob await(Operation call, Waiting waiting, String jobId) {
        return jobs.succeeded(call, jobs.await(call, waiting, jobId));
    }

    /** The whole call. */
    ExportResult run(Operation call, ExportRequest request) {
        String resumed = request.options().jobId();
        String jobId = resumed == null ? initiate(call, request).id() : resumed;
        ExportJob job = await(call, wiring.waiting(request.options()), jobId);
        return downloads.all(call, job, request.directory().orElse(null), request.checksHashes());
    }
}
