// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples.sdk;

import io.gantry.sdk.ExportRequest;
import io.gantry.sdk.ExportResult;
import io.gantry.sdk.ImpexClient;
import io.gantry.sdk.ImpexException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Exports several folders at once and reports each as it comes, good or bad. */
public final class ExportWithoutWaiting {
    private ExportWithoutWaiting() {}

    /**
     * Exports folders. Server, tenant and credentials are taken from the environment variables.
     *
     * @param args directory for the files, then the folders
     */
    public static void main(String... args) {
        try (ImpexClient client = ImpexClient.builder().build()) {
            export(client, List.of(args).subList(1, args.length), Path.of(args[0]), System.out)
                    .join();
        }
    }

    static CompletableFuture<Void> export(ImpexClient client, List<String> folders, Path directory, PrintStream out) {
        List<CompletableFuture<?>> reports = new ArrayList<>();
        for (String folder : folders) {
            CompletableFuture<ExportResult> export = client.impex()
                    .expAsync(ExportRequest.create().folders(folder).into(directory));
            reports.add(export.handle((result, failure) -> {
                out.println(folder + ": " + (failure == null ? result.files().size() + " files" : reason(failure)));
                return folder;
            }));
        }
        return CompletableFuture.allOf(reports.toArray(CompletableFuture<?>[]::new));
    }

    private static String reason(Throwable failure) {
        return failure instanceof ImpexException known
                ? known.code() + (known.isRetryable() ? ", may be tried again" : "")
                : failure.toString();
    }
}
