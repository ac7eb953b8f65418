// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

/**
 * Receives events of calls. The events of one call arrive in order on the thread that carries the call out; calls that run
 * at the same time may call the listener at the same time. It should return quickly. Exceptions that it throws are logged
 * and otherwise ignored.
 */
public interface ImpexListener {
    /** A listener that does nothing. */
    ImpexListener NONE = new ImpexListener() {};

    /**
     * A request has been answered or has failed; it may be repeated after this.
     *
     * @param event the request and its outcome
     */
    default void onRequest(RequestEvent event) {}

    /**
     * The status of a job was checked.
     *
     * @param job the document of the job, as the server sent it
     */
    default void onJob(Job job) {}

    /**
     * A part of the package to import has been sent. The count starts again when an upload is repeated.
     *
     * @param transfer the progress
     */
    default void onUpload(Transfer transfer) {}

    /**
     * A part of an exported file has arrived. The count falls back when a download is repeated from an earlier position.
     *
     * @param transfer the progress
     */
    default void onDownload(Transfer transfer) {}
}
