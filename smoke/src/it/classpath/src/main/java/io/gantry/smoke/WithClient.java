// SPDX-License-Identifier: Apache-2.0
package io.gantry.smoke;

import static io.gantry.smoke.Smoke.require;

import io.gantry.sdk.Credentials;
import io.gantry.sdk.ExportRequest;
import io.gantry.sdk.ExportResult;
import io.gantry.sdk.ImpexClient;
import io.gantry.sdk.testserver.ImpexTestServer;
import java.nio.file.Path;
import java.util.Map;

/** An export by the SDK client from the test server. */
final class WithClient {

    private WithClient() {}

    static void run(Path folder) {
        try (ImpexTestServer server = ImpexTestServer.start();
                ImpexClient client = ImpexClient.builder()
                        .baseUrl(server.baseUrl("acme"))
                        .variables(Map.of())
                        .credentials(Credentials.none())
                        .build()) {
            ExportResult result =
                    client.impex().exp(ExportRequest.create().services("f/s").into(folder));
            require(result.files().size() == 1, "one file is exported: " + result);
        }
    }
}
