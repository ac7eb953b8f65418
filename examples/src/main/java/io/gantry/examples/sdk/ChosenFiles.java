// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples.sdk;

import io.gantry.sdk.ApiException;
import io.gantry.sdk.ExportJob;
import io.gantry.sdk.ExportRequest;
import io.gantry.sdk.Exports;
import io.gantry.sdk.ImpexClient;
import io.gantry.sdk.RemoteFile;
import io.gantry.sdk.Waiting;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Takes the steps of an export one by one without blocking, and reads its first file into memory. */
public final class ChosenFiles {
    private ChosenFiles() {}

    /**
     * Exports a folder. Server, tenant and credentials are taken from the environment variables.
     *
     * @param args the folder
     */
    public static void main(String... args) {
        try (ImpexClient client = ImpexClient.builder().build()) {
            first(client, args[0], System.out);
        }
    }

    static byte[] first(ImpexClient client, String folder, PrintStream out) {
        Exports exports = client.impex().exports();
        ExportJob ended = join(
                exports.initiateAsync(ExportRequest.create().folders(folder))
                        .thenCompose(job -> exports.awaitAsync(job.id(), Waiting.defaults())),
                out);
        RemoteFile file = ended.files().get(0);
        byte[] content = exports.bytes(file);
        out.println(
                file + ": " + content.length + " bytes, 1 of " + ended.files().size() + " files");
        return content;
    }

    private static ExportJob join(CompletableFuture<ExportJob> steps, PrintStream out) {
        try {
            return steps.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ApiException refusal) {
                out.println(refusal.code() + ": " + refusal.body());
            }
            throw e;
        }
    }
}
