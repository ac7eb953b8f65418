// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples.sdk;

import io.gantry.sdk.ExportRequest;
import io.gantry.sdk.ExportedFile;
import io.gantry.sdk.IfPresent;
import io.gantry.sdk.ImpexClient;
import io.gantry.sdk.ImportJob;
import io.gantry.sdk.ImportRequest;
import io.gantry.sdk.JobItem;
import io.gantry.sdk.ServiceMapping;
import io.gantry.sdk.Upgrade;
import io.gantry.sdk.VersionFilter;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/** Exports a service with all its versions from one tenant and imports it into another, with a progress bar. */
public final class MoveBetweenTenants {
    private MoveBetweenTenants() {}

    /**
     * Moves a service. Server, source tenant and credentials are taken from the environment variables.
     *
     * @param args destination tenant, service URI, directory for the package
     */
    public static void main(String... args) {
        try (ImpexClient from = ImpexClient.builder().build();
                ImpexClient to = from.derive().tenant(args[0]).build()) {
            move(from, to, args[1], Path.of(args[2]), System.out);
        }
    }

    static void move(ImpexClient from, ImpexClient to, String service, Path directory, PrintStream out) {
        ProgressBar bar = new ProgressBar(out);
        ExportRequest export = ExportRequest.create()
                .services(service)
                .versionFilter(VersionFilter.ALL)
                .deadline(Duration.ofMinutes(20))
                .listener(bar)
                .into(directory);
        for (ExportedFile file : from.impex().exp(export).files()) {
            ImportJob done = to.impex()
                    .imp(ImportRequest.create()
                            .file(file.path())
                            .destination(ServiceMapping.of(service).upgrade(Upgrade.PATCH))
                            .ifPresent(IfPresent.ADD_VERSION)
                            .listener(bar));
            for (JobItem version : done.serviceVersions()) {
                out.println(version);
            }
        }
    }
}
