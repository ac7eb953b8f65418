// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples.sdk;

import io.gantry.sdk.ExportRequest;
import io.gantry.sdk.ExportResult;
import io.gantry.sdk.ImpexClient;
import io.gantry.sdk.WaitTimeoutException;
import java.io.PrintStream;
import java.time.Duration;

/** Gives up waiting after a while, does something else, and takes the same job up again. */
public final class ResumeAfterTimeout {
    private ResumeAfterTimeout() {}

    /**
     * Exports a folder. Server, tenant and credentials are taken from the environment variables.
     *
     * @param args the folder
     */
    public static void main(String... args) {
        try (ImpexClient client = ImpexClient.builder().build()) {
            export(client, ExportRequest.create().folders(args[0]).deadline(Duration.ofMinutes(1)), System.out);
        }
    }

    static ExportResult export(ImpexClient client, ExportRequest request, PrintStream out) {
        try {
            return client.impex().exp(request);
        } catch (WaitTimeoutException e) {
            // Without a job the server had not even accepted the request.
            String jobId = e.jobId().orElseThrow(() -> e);
            out.println("job " + jobId + " needs longer; this id is all that has to be kept, in a file or a table");
            return client.impex()
                    .exp(request.resume(jobId).deadline(Duration.ofHours(2)).maxRetries(10_000));
        }
    }
}
