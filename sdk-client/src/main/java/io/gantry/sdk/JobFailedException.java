// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

/** The job has ended without success: failed, cancelled, closed with errors, or an export without files. */
public final class JobFailedException extends ImpexException {
    private static final long serialVersionUID = 1;

    private final transient Job job;

    JobFailedException(ErrorCode code, String message, Circumstances circumstances, Job job) {
        super(code, message, circumstances, null);
        this.job = job;
    }

    /** {@return the last document of the job, an {@link ExportJob} or an {@link ImportJob}} */
    public Job job() {
        return job;
    }
}
