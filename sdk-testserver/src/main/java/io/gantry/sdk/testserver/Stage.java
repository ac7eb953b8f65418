// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk.testserver;

/** What a request is about. */
public enum Stage {
    /** Fetching an access token. */
    TOKEN,
    /** Starting an export or an import. */
    START,
    /** Asking for the status of a job. */
    STATUS,
    /** Cancelling a job. */
    CANCEL,
    /** Listing jobs. */
    LIST,
    /** Downloading a file. */
    FILE,
    /** Anything else. */
    OTHER
}
