// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The single steps of an export.
 *
 * <p>Each call ends at the latest at the deadline of the client's {@link Waiting}, or of the request's. A cancelled
 * future ends its call, but leaves the job alone.
 */
public final class Exports {
    private static final Map<String, String> CANCELLED = Map.of("export_status", "cancelled");

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
     * @param request what to export; only the deadline of its waiting is used, and not its directory
     * @return the job as the server first describes it, possibly with no more than its id
     * @throws ImpexException if the job was not, or may not have been, created
     */
    public ExportJob initiate(ExportRequest request) {
        return wiring.calls().block(wiring.operation(request.options()), call -> initiate(call, request));
    }

    /**
     * Does the same as {@link #initiate} without blocking.
     *
     * @param request what to export
     * @return the job, or the exception that {@link #initiate} would throw
     */
    public CompletableFuture<ExportJob> initiateAsync(ExportRequest request) {
        return wiring.calls().start(wiring.operation(request.options()), call -> initiate(call, request));
    }

    /**
     * Checks the status of an export job once.
     *
     * @param jobId the job
     * @return its document
     */
    public ExportJob status(String jobId) {
        return wiring.calls().block(wiring.step(), call -> jobs.status(call, jobId));
    }

    /**
     * Checks the status of an export job once, at the address that the server named.
     *
     * @param statusUrl an absolute http or https URL, such as {@link Job#statusUrl()}; credentials are sent there only if
     *     it belongs to the client's own server
     * @return its document
     */
    public ExportJob status(URI statusUrl) {
        return wiring.calls().block(wiring.step(), call -> jobs.status(call, statusUrl));
    }

    /**
     * Does the same as {@link #status(String)} without blocking.
     *
     * @param jobId the job
     * @return its document, or the exception that {@link #status(String)} would throw
     */
    public CompletableFuture<ExportJob> statusAsync(String jobId) {
        return wiring.calls().start(wiring.step(), call -> jobs.status(call, jobId));
    }

    /**
     * Checks the status of an export job until the job has ended.
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

    /**
     * Does the same as {@link #await} without blocking.
     *
     * @param jobId the job
     * @param waiting how long and how often
     * @return its last document, or the exception that {@link #await} would throw
     */
    public CompletableFuture<ExportJob> awaitAsync(String jobId, Waiting waiting) {
        return wiring.calls().start(wiring.operation(waiting, ImpexListener.NONE), call -> await(call, waiting, jobId));
    }

    /** {@return the export jobs that run or ended lately} */
    public JobList<ExportJob> list() {
        return wiring.calls().block(wiring.step(), jobs::list);
    }

    /** {@return what {@link #list} returns or throws, without blocking} */
    public CompletableFuture<JobList<ExportJob>> listAsync() {
        return wiring.calls().start(wiring.step(), jobs::list);
    }

    /**
     * Asks the server to cancel an export job.
     *
     * @param jobId the job
     * @return its document, which need not show the cancellation yet
     */
    public ExportJob cancel(String jobId) {
        return wiring.calls().block(wiring.step(), call -> jobs.cancel(call, jobId, CANCELLED));
    }

    /**
     * Does the same as {@link #cancel} without blocking.
     *
     * @param jobId the job
     * @return its document, or the exception that {@link #cancel} would throw
     */
    public CompletableFuture<ExportJob> cancelAsync(String jobId) {
        return wiring.calls().start(wiring.step(), call -> jobs.cancel(call, jobId, CANCELLED));
    }

    /**
     * Downloads all files of an export job, or none: if one fails, the call fails and the others are deleted again.
     *
     * @param job a job that has ended well
     * @param directory the directory for the files; created if it does not exist; files in it are never overwritten
     * @return the files
     * @throws ImpexException if a file could not be downloaded; the message says which
     */
    public ExportResult download(ExportJob job, Path directory) {
        return wiring.calls().block(wiring.step(), call -> download(call, job, directory));
    }

    /**
     * Does the same as {@link #download(ExportJob, Path)} without blocking.
     *
     * @param job a job that has ended well
     * @param directory the directory for the files
     * @return the files, or the exception that {@link #download(ExportJob, Path)} would throw
     */
    public CompletableFuture<ExportResult> downloadAsync(ExportJob job, Path directory) {
        return wiring.calls().start(wiring.step(), call -> download(call, job, directory));
    }

    /**
     * Downloads chosen files, or none: if one fails, the call fails and the others are deleted again.
     *
     * @param files some of {@link ExportJob#files()}, or {@link RemoteFile#at}
     * @param directory the directory for the files; created if it does not exist; files in it are never overwritten
     * @return the downloaded files, in the same order
     * @throws ImpexException if a file could not be downloaded; the message says which
     */
    public List<ExportedFile> download(List<RemoteFile> files, Path directory) {
        return wiring.calls().block(wiring.step(), call -> {
            Downloads.check(directory, call);
            return downloads.chosen(call, files, directory);
        });
    }

    /**
     * Downloads a file by its address.
     *
     * @param url an absolute http or https URL; credentials are sent there only if it belongs to the client's own server
     * @param directory the directory for the file; created if it does not exist; files in it are never overwritten
     * @return the downloaded file
     * @throws ImpexException if the file could not be downloaded
     */
    public ExportedFile download(URI url, Path directory) {
        return download(List.of(RemoteFile.at(url)), directory).get(0);
    }

    /**
     * Downloads a file into memory; nothing is written to disk.
     *
     * @param file one of {@link ExportJob#files()}, or {@link RemoteFile#at}
     * @return its content
     * @throws ImpexException if the file could not be downloaded
     */
    public byte[] bytes(RemoteFile file) {
        return wiring.calls().block(wiring.step(), call -> downloads.bytes(call, file));
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
        request.directory().ifPresent(directory -> Downloads.check(directory, call));
        String resumed = request.options().jobId();
        String jobId = resumed == null ? initiate(call, request).id() : resumed;
        ExportJob job = await(call, wiring.waiting(request.options()), jobId);
        return downloads.all(call, job, request.directory().orElse(null), request.checksHashes());
    }

    private ExportResult download(Operation call, ExportJob job, Path directory) {
        call.watch(job.id());
        Downloads.check(directory, call);
        return downloads.all(call, job, directory, true);
    }
}
