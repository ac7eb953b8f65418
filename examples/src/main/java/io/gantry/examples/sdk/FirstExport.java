// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples.sdk;

import io.gantry.sdk.Credentials;
import io.gantry.sdk.ExportRequest;
import io.gantry.sdk.ExportResult;
import io.gantry.sdk.ImpexClient;

/** The first call: export a service and say where its files are. */
public final class FirstExport {
    private FirstExport() {}

    /**
     * Exports one service to a temporary directory.
     *
     * @param args base URL with the tenant, API key, service URI
     */
    public static void main(String... args) {
        try (ImpexClient client = ImpexClient.builder()
                .baseUrl(args[0])
                .credentials(Credentials.apiKey(args[1]))
                .build()) {
            ExportResult result = client.impex().exp(ExportRequest.create().services(args[2]));
            result.files().forEach(file -> System.out.println(file.path() + ", " + file.length() + " bytes"));
        }
    }
}
