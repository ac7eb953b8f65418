// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

/**
 * Is told what the client does. Called on the client's own threads, for one call in order; calls that run at once may
 * call it at once. It should return quickly. What it throws is logged and otherwise ignored.
 */
public interface ImpexListener {
    /** A listener that does nothing. */
    ImpexListener NONE = new ImpexListener() {};

    /**
     * A request has been answered or has failed; it may be repeated after this.
     *
     * @param event what was asked and how it ended
     */
    default void onRequest(RequestEvent event) {}

    /**
     * The status of a job was checked.
     *
     * @param job its document
     */
    default void onJob(Job job) {}

    /**
     * A part of the package to import has been sent. Begins anew when an upload is repeated.
     *
     * @param transfer how much so far
     */
    default void onUpload(Transfer transfer) {}

    /**
     * A part of an exported file has arrived. Falls back when a download is repeated from an earlier place.
     *
     * @param transfer how much so far
     */
    default void onDownload(Transfer transfer) {}
}
